"""Staff groups and their rights in plain words: for each kind of record, see, enter, change, remove, publish."""

from operator import itemgetter

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.collation import in_order
from iscg_portal.languages import in_a_row, with_colon
from members.staff_groups import record_rights

ACTS = {
    "view": _("see"),
    "add": _("enter"),
    "change": _("change"),
    "delete": _("remove"),
    "import": _("import"),
    "export": _("export"),
    "publish": _("approve, publish, withdraw"),
    "decide": _("decide"),
}


class NamedBoxes(forms.CheckboxSelectMultiple):
    """Boxes in lines; each names its line for readers who do not see the lines."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        kind = next((kind for kind, found in self.choices if (value, label) in found), "")
        option["attrs"]["aria-label"] = with_colon(kind, label)
        return option


class RightsField(forms.ModelMultipleChoiceField):
    """Boxes to tick, grouped by kind of record."""

    widget = NamedBoxes

    def __init__(self, **options):
        super().__init__(Permission.objects.none(), required=False, **options)

    def offer(self, rights):
        """Offer these rights, a line for each kind of record."""
        self.queryset = rights
        lines = {}
        order = list(ACTS)
        for right in rights.select_related("content_type"):
            act = right.codename.partition("_")[0]
            model = right.content_type.model_class()
            if model is not None and act in ACTS:
                lines.setdefault(capfirst(model._meta.verbose_name_plural), []).append((order.index(act), right, act))
        self.choices = [
            (kind, [(right.pk, ACTS[act]) for _place, right, act in sorted(found, key=lambda one: one[0])])
            for kind, found in in_order(lines.items(), itemgetter(0))
        ]


class GroupForm(RecordForm):
    """A group of staff and what its accounts may do. Staff give and take only rights that they have."""

    permissions = RightsField(label=_("May"))
    by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "permissions" in self.fields:
            self.fields["permissions"].offer(record_rights("auth").exclude(content_type__model="permission"))

    def clean_permissions(self):
        chosen = self.cleaned_data["permissions"]
        held = set(self.instance.permissions.all()) if self.instance.pk else set()
        own = self.by.get_all_permissions()
        beyond = [
            str(right) for right in held ^ set(chosen) if f"{right.content_type.app_label}.{right.codename}" not in own
        ]
        if beyond:
            raise ValidationError(
                _("You cannot give or take rights that you do not have: %(rights)s.") % {"rights": in_a_row(beyond)}
            )
        return chosen


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(RecordAdmin):
    """A staff group: accounts in it may do what is ticked here."""

    form = GroupForm
    list_display = ["name"]
    search_fields = ["name"]
    fieldsets = [(None, {"fields": ["name", "permissions"]})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form
