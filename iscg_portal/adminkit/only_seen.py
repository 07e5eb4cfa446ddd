"""Rows that follow from something else: the admin shows them, and nobody writes them there."""


class OnlySeen:
    """Mixin of a ModelAdmin: nothing is added, changed or removed, whatever rights there are."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
