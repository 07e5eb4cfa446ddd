"""Representatives, Chair terms and nominations in the admin (clauses C1, C2)."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.base import SOURCE, RecordAdmin, TenureAdmin
from iscg_portal.adminkit.record_form import PeriodForm
from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.tenure.dates import today
from members.admin.appointing import AppointForm, Appointing, AppointRepresentativeForm
from members.admin.entering import FOR_WHOM, WHO, Adding
from members.admin.replacing import Replaceable, ReplaceForm
from members.models import ChairTerm, Conference, Nomination, Representative, chair_rules


class GroupFilter(admin.SimpleListFilter):
    """The terms in the seats of one advisory group."""

    title = _("advisory group")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        return [(code, body_in_words(code)) for code in GroupCode.values]

    def queryset(self, request, queryset):
        return queryset.filter(seat__group=self.value()) if self.value() else queryset


@admin.register(Representative)
class RepresentativeAdmin(ImportExportPages, Appointing, Replaceable, TenureAdmin):
    """One of the two representatives of an advisory group (C1)."""

    appoint_form = AppointRepresentativeForm
    office_fields = ["seat"]
    office_filters = [GroupFilter]
    list_select_related = ["person", "country", "seat"]
    ordering = ["seat", "-starts_on"]


class ChairReplaceForm(ReplaceForm):
    """Who follows in the chair: also after which conference, and whether the term is an extension (C2)."""

    kind = forms.ChoiceField(
        label=_("The new term is"),
        choices=ChairTerm.Kind,
        help_text=_("Extended: the same person stays for the next interval; once only, if nobody else is nominated."),
    )
    follows = forms.ModelChoiceField(
        Conference.objects.filter(body="PP"),
        label=_("Follows"),
        required=False,
        help_text=_("The Plenipotentiary Conference shortly after which the Chair is appointed."),
    )
    fieldsets = [
        (None, {"fields": [*WHO, *FOR_WHOM, "on", "kind", "follows", "how_ended"]}),
        *ReplaceForm.fieldsets[1:],
    ]
    facts = [*ReplaceForm.facts, "kind", "follows"]

    def __init__(self, tenure, *args, **kwargs):
        last = Conference.objects.filter(body="PP", ends_on__lt=today()).order_by("-ends_on").first()
        given = {"follows": last, "kind": "appointed", "decision_body": "ISCG", **_only_candidate(last)}
        kwargs["initial"] = given | kwargs.get("initial", {})
        super().__init__(tenure, *args, **kwargs)

    def act(self, by):
        """The successor's row, with remarks on what clause C2 prefers."""
        successor = super().act(by)
        successor.remarks = chair_rules.remarks(successor)
        return successor


class AppointChairForm(ChairReplaceForm, AppointForm):
    """Who takes the chair that nobody holds (C2)."""


def _only_candidate(conference):
    """Who is nominated for the term after the conference, where that is one person and nobody has taken office yet."""
    standing = Nomination.objects.filter(conference=conference, withdrawn_on=None, person__chairterm=None)[:2]
    return {"person": standing[0].person_id, "country": standing[0].country_id} if len(standing) == 1 else {}


class ChairTermForm(PeriodForm):
    """A Chair's term; its seat is always the Chair's."""

    class Meta:
        help_texts = {"kind": _("Extended: for the next interval; once only, if nobody else is nominated.")}


@admin.register(ChairTerm)
class ChairTermAdmin(ImportExportPages, Appointing, Replaceable, TenureAdmin):
    """A Chair's term (C2), with remarks on what the clause prefers."""

    form = ChairTermForm
    replace_form = ChairReplaceForm
    appoint_form = AppointChairForm
    office_fields = ["kind", "follows"]
    office_filters = ["kind"]
    list_select_related = ["person", "country", "follows"]
    ordering = ["-starts_on"]
    readonly_fields = ["remarks"]

    def get_list_display(self, request):
        return ["person", "sits_for", "begins", "ends", "kind", "follows", "last_confirmed_on"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [(_("Remarks on clause C2"), {"fields": ["remarks"]}), *fieldsets]

    @admin.display(description=_("what to know"))
    def remarks(self, term):
        found = chair_rules.remarks(term)
        return format_html_join("", "<p>{}</p>", ((remark,) for remark in found)) or _("No remarks.")


@admin.register(Nomination)
class NominationAdmin(Adding, RecordAdmin):
    """A candidate for the Chair (C2). Seen by staff only."""

    list_display = ["person", "country", "conference", "nominated_on", "nominated_by", "withdrawn_on"]
    list_select_related = ["person", "country", "conference"]
    list_filter = ["conference", ("withdrawn_on", admin.EmptyFieldListFilter)]
    search_fields = ["person__search_key", "nominated_by"]
    autocomplete_fields = ["person", "country"]
    help_at_fields = {
        "conference": _("The Plenipotentiary Conference after which the Chair is appointed."),
        "person": _("Search by any part of the name."),
        "country": _("The Member State of the candidate."),
        "nominated_on": _("The day of the nomination."),
        "nominated_by": _("Who made the nomination."),
        "note": _("Only staff read it."),
    }
    nomination_fieldsets = [
        (
            None,
            {
                "description": _("Only staff see nominations. While one stands, nobody else’s term can be extended."),
                "fields": ["conference", "person", "country", "nominated_on", "nominated_by", "withdrawn_on", "note"],
            },
        ),
        SOURCE,
    ]

    def get_fieldsets(self, request, obj=None):
        fieldsets = self.nomination_fieldsets
        return fieldsets if obj else list(self.with_new(request, fieldsets))
