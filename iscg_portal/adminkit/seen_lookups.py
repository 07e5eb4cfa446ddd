"""What the address of a list may ask for: only what the pages of the admin show."""

from django.contrib.admin.utils import flatten
from django.db.models.constants import LOOKUP_SEP


class SeenLookups:
    """Mixin of a ModelAdmin: a list is narrowed down by fields that staff see, and by no others.

    Django takes every field of the model in an address (`?text__startswith=…`), with which a password's hash, or a
    code in a mail, could be guessed letter by letter from how many rows there are.
    """

    def lookup_allowed(self, lookup, value, request):
        seen = {self.opts.pk.name, self.date_hierarchy, *self.get_list_display(request)}
        for _title, options in self.get_fieldsets(request):
            seen.update(flatten(options["fields"]))
        for one in self.get_list_filter(request):
            seen.add(one if isinstance(one, str) else getattr(one, "parameter_name", None) or one[0])
        fields = self.opts.get_fields()
        unseen = {name for field in fields for name in (field.name, getattr(field, "attname", field.name))}
        unseen -= {str(name).partition(LOOKUP_SEP)[0] for name in seen}
        return lookup.partition(LOOKUP_SEP)[0] not in unseen and super().lookup_allowed(lookup, value, request)
