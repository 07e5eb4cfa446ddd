"""Advisory groups and seats (who sits where), conferences and the Terms of Reference in the admin (C1, C2)."""

from django import forms
from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import attempt
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import SOURCE, FixedRows, RecordAdmin, TranslatedRecordAdmin
from iscg_portal.adminkit.inlines import DistantRowsInTable, RowsInTable
from iscg_portal.adminkit.record_form import PeriodForm, RecordForm
from iscg_portal.adminkit.site import admin_address
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.languages import with_commas
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.models import Tenure
from iscg_portal.tenure.office_on import office_on
from members.acts.succession import end_seats_of_group
from members.admin.replacing import DecisionForm, ReplaceForm
from members.models import AdvisoryGroup, ChairTerm, ClauseText, Conference, Representative, Seat, TermsOfReference

TERM_FIELDS = ["person", "country", ("starts_on", "starts_precision"), ("ends_on", "ends_precision"), "how_ended"]


def holder_on(on, seat):
    """Who holds the seat on the day and since when; or “vacant”, or “not recorded”."""
    office = office_on(on, seat.recorded_from, seat.tenures())
    if office.tenure:
        return with_commas([office.tenure.person, office.tenure.since])
    return office.label


class SeatRows(RowsInTable):
    """The two seats of a group."""

    model = Seat
    fields = ["seat", "holder", "recorded_from"]
    readonly_fields = ["seat", "holder"]
    exclude = ["code"]  # a hidden field carries the key of the row; the page could not be saved without it
    can_delete = False
    has_add_permission = never

    @admin.display(description=gettext_lazy("seat"))
    def seat(self, row):
        return str(row)

    @admin.display(description=gettext_lazy("today"))
    def holder(self, row):
        return holder_on(today(), row)


class TermsOfGroup(DistantRowsInTable):
    """Every term in the seats of a group."""

    model = Representative
    related = ["person", "country", "seat"]
    ordering = ["-starts_on"]
    form = PeriodForm
    through = "seat__group"
    fields = ["seat", *TERM_FIELDS]
    autocomplete_fields = ["person", "country"]
    verbose_name_plural = gettext_lazy("terms in these seats")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "seat":
            kwargs["queryset"] = Seat.objects.filter(group=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EndSeatsForm(DecisionForm):
    """The first day on which the seats are empty, how the terms end, and the decision."""

    how_ended = forms.ChoiceField(label=gettext_lazy("How the terms end"), choices=Tenure.HowEnded)
    fieldsets = [(None, {"fields": ["on", "how_ended"]}), *ReplaceForm.fieldsets[1:]]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": today(), "how_ended": "term over"}, **kwargs)
        self.fields["on"].help_text = _("The first day on which nobody holds the seats.")


class AdvisoryGroupForm(RecordForm):
    """A group; what a mailbox of a role is, is said at the field."""

    class Meta:
        help_texts = {
            "mailbox": gettext_lazy(
                "Annual reports are sent there; it is not public. A mailbox of a role, never a person’s: an address at"
                " itu.int with no point before the @, as in tsbtsag@itu.int."
            )
        }


@admin.register(AdvisoryGroup)
class AdvisoryGroupAdmin(FixedRows, TranslatedRecordAdmin):
    """An advisory group with its seats and all terms in them (A0, C1)."""

    list_display = ["code", "name", "sector", "bureau", "url"]
    search_fields = ["code", "name_en"]
    form = AdvisoryGroupForm
    inlines = [SeatRows, TermsOfGroup]
    readonly_fields = ["code", "sector", "bureau"]
    record_fieldsets = [
        (
            None,
            {"fields": ["code", "name", "sector", "bureau", "url", "mailbox", "mail_language", "original_language"]},
        ),
        SOURCE,
    ]
    acts_of_it = ("end-seats",)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if request.user.has_perm("members.change_representative"):
            yield _("End all seats of this group…"), self.act_url("end-seats", obj)

    def end_seats_view(self, request, object_id):
        group = self.object_or_404(request, object_id)
        self.require(request.user.has_perm("members.change_representative"))
        form = EndSeatsForm(request.POST or None)
        preview = attempt(form, lambda: self._end_seats(group, form, request.user), rehearse=form.rehearses)
        if preview and not form.rehearses:
            words = {"group": group, "day": print_date(form.cleaned_data["on"])}
            self.log_change(request, group, _("All seats ended."))
            return self.act_done(request, _("The seats of %(group)s are empty from %(day)s.") % words, group)
        title = _("End all seats of %(group)s") % {"group": group}
        return self.act_page(
            request, group, form, title=title, act=_("End all seats"), preview=preview, can_preview=True
        )

    def _end_seats(self, group, form, by):
        data = form.cleaned_data
        facts = {"how_ended": data["how_ended"], "reason": data["reason"], "answers": form.answers}
        return end_seats_of_group(group, data["on"], form.decision(), by=by, **facts)


class TermsOfSeat(RowsInTable):
    """Every term in a seat."""

    model = Representative
    related = ["person", "country", "seat"]
    ordering = ["-starts_on"]
    form = PeriodForm
    fields = TERM_FIELDS
    autocomplete_fields = ["person", "country"]
    verbose_name_plural = gettext_lazy("terms in this seat")


class TermsOfChair(TermsOfSeat):
    """Every Chair's term."""

    model = ChairTerm
    related = [*TermsOfSeat.related, "follows"]
    fields = ["kind", "follows", *TERM_FIELDS]


@admin.register(Seat)
class SeatAdmin(FixedRows, RecordAdmin):
    """A seat with all terms in it. It exists without a holder: a vacancy is a fact."""

    list_display = ["__str__", "holder_today", "recorded_from"]
    list_select_related = ["group"]
    search_fields = ["code"]
    fieldsets = [(None, {"fields": ["holder_today", "recorded_from"]})]
    readonly_fields = ["holder_today"]

    def get_inlines(self, request, obj):
        if obj is None:
            return []
        return [TermsOfSeat] if obj.group_id else [TermsOfChair]

    def get_queryset(self, request):
        terms = (Representative.objects.select_related("person"), ChairTerm.objects.select_related("person"))
        prefetched = [Prefetch(f"{rows.model._meta.model_name}_set", rows) for rows in terms]
        return super().get_queryset(request).prefetch_related(*prefetched)

    @admin.display(description=gettext_lazy("today"))
    def holder_today(self, seat):
        return holder_on(today(), seat)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        kind = Representative if obj.group_id else ChairTerm
        holders = self.admin_site._registry[kind]
        holder = kind.objects.in_office().filter(seat=obj).first()
        if holder is not None:
            yield from holders.row_acts(request, holder)
        elif holders.has_add_permission(request):
            yield _("Appoint…"), admin_address(kind, page="appoint", seat=obj.pk)


@admin.register(Conference)
class ConferenceAdmin(ImportExportPages, TranslatedRecordAdmin):
    """An assembly or conference; a Chair's term follows a Plenipotentiary Conference (C2)."""

    help_at_fields = {
        "body": gettext_lazy("PP, or the assembly or conference of a Sector."),
    }
    list_display = ["code", "name", "place", "starts_on", "ends_on"]
    list_filter = ["body"]
    search_fields = ["code", "name_en", "place"]
    record_fieldsets = [
        (None, {"fields": ["body", "code", "name", "place", "starts_on", "ends_on", "original_language"]}),
        SOURCE,
    ]


@admin.register(TermsOfReference)
class TermsOfReferenceAdmin(RecordAdmin):
    """The day from which the Terms of Reference bind."""

    help_at_fields = {
        "url": gettext_lazy("Where the document can be read."),
    }
    list_display = ["effective_on", "document"]
    search_fields = ["document"]
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "Enter this when the Terms of Reference are adopted. Clause C2 then binds every Chair term that"
                    " starts on or after this day. On older terms the portal only makes remarks."
                ),
                "fields": ["effective_on", "document", "url", "note"],
            },
        ),
        SOURCE,
    ]


@admin.register(ClauseText)
class ClauseTextAdmin(TranslatedRecordAdmin):
    """The words of a clause, as a document has them."""

    help_at_fields = {
        "clause": gettext_lazy("Its number in the Terms of Reference."),
    }
    list_display = ["clause", "dated_on", "terms"]
    list_select_related = ["terms"]
    list_filter = ["clause"]
    search_fields = ["wording_en"]
    autocomplete_fields = ["terms"]
    record_fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "Readers find the text on the page Terms of Reference, and where a clause has several, what changed"
                    " from one to the next."
                ),
                "fields": ["clause", "dated_on", "terms", "wording", "original_language"],
            },
        ),
        SOURCE,
    ]
