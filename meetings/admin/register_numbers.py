"""The numbers of the register in the admin: looked at, and explained where they have no document."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.base import RecordAdmin
from meetings.models import RegisterNumber


class UnusedFilter(SimpleListFilter):
    """Those without a document."""

    title = gettext_lazy("document")
    parameter_name = "document"

    def lookups(self, request, model_admin):
        return [("none", _("none, explained")), ("unexplained", _("none, not explained"))]

    def queryset(self, request, queryset):
        if self.value() == "unexplained":
            return queryset.unexplained()
        return queryset.without_document().exclude(unused_because="") if self.value() == "none" else queryset


@admin.register(RegisterNumber)
class RegisterNumberAdmin(RecordAdmin):
    """A number that was given. It is never given again, so none is removed."""

    list_display = ["number", "document_of_it", "unused_because"]
    list_filter = [UnusedFilter]
    list_select_related = ["meeting", "document"]
    search_fields = ["meeting__code", "document__title_en", "unused_because"]
    fields = ["meeting", "serial", "document_of_it", "unused_because"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        has_document = obj is not None and hasattr(obj, "document")
        return ["meeting", "serial", "document_of_it", *(["unused_because"] if has_document else [])]

    @admin.display(description=gettext_lazy("number"))
    def number(self, number):
        return str(number)

    @admin.display(description=gettext_lazy("document"))
    def document_of_it(self, number):
        return number.document.text("title") if hasattr(number, "document") else _("none")
