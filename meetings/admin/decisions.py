"""Decisions, actions and the presence of the seven seats in the admin; on the page of their meeting too."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.base import RecordAdmin, TranslatedRecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.inlines import RowsInFull, RowsInTable
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.adminkit.site import admin_address
from iscg_portal.collation import InWords
from iscg_portal.importing.admin import ImportExportPages
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedText
from meetings.acts.meetings import close
from meetings.models import Decision, DecisionState, Presence


class CloseForm(ActForm):
    """On which day, and how it ended."""

    on = DayInput(label=gettext_lazy("Closed on"), has_happened=True)
    because = TypedText(
        label=gettext_lazy("How it ended"),
        max_length=500,
        help_text=gettext_lazy("Public. The next meeting no longer carries it."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    field_order = ["on", "because"]


class DecisionForm(RecordForm):
    """A decision or an action, in English here; its other languages are on its own page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "wording_en" in self.fields:
            self.fields["wording_en"].label = gettext_lazy("Text")
            self.fields["wording_en"].widget.attrs["rows"] = 3


class ClosedFromRows:
    """Mixin: the state of an action today, with the way to close it; only for whoever may change it."""

    @admin.display(description=gettext_lazy("state"))
    def state_to_close(self, decision):
        if not decision.pk:
            return "—"
        state = decision.state_on()
        if state not in (DecisionState.OPEN, DecisionState.OVERDUE):
            return state.label
        way, word = admin_address(Decision, decision.pk, page="close"), _("Close…")
        return format_html('{} · <a href="{}" aria-label="{} {}">{}</a>', state.label, way, word, decision, word)


class DecisionRows(ClosedFromRows, RowsInFull):
    """What the meeting decided, and who is to do what."""

    model = Decision
    form = DecisionForm
    autocomplete_fields = ["subject"]
    readonly_fields = ["state_to_close"]
    fields = [
        ("kind", "number", "state_to_close"),
        "wording_en",
        "subject",
        "owner",
        ("due_on", "closed_on"),
        "closed_because",
    ]
    related = ["subject"]

    def get_fields(self, request, obj=None):
        if self.has_change_permission(request, obj):
            return self.fields
        return [("kind", "number"), *self.fields[1:]]


class PresenceRows(RowsInTable):
    """Which of the seven seats were filled."""

    model = Presence
    fields = ["seat", "state"]
    related = ["seat"]
    max_num = 7


class DecisionStateFilter(OfferedFilter):
    """How it stands today."""

    title = gettext_lazy("state")
    parameter_name = "standing"
    offered = [
        (DecisionState.OPEN.value, DecisionState.OPEN.label, lambda rows: rows.in_state(DecisionState.OPEN)),
        (DecisionState.OVERDUE.value, DecisionState.OVERDUE.label, lambda rows: rows.in_state(DecisionState.OVERDUE)),
        (DecisionState.CLOSED.value, DecisionState.CLOSED.label, lambda rows: rows.in_state(DecisionState.CLOSED)),
        (DecisionState.DECIDED.value, DecisionState.DECIDED.label, lambda rows: rows.in_state(DecisionState.DECIDED)),
    ]


@admin.register(Decision)
class DecisionAdmin(ClosedFromRows, ImportExportPages, TranslatedRecordAdmin):
    """A decision, or an action that is carried from meeting to meeting until it is closed."""

    form = DecisionForm
    list_display = ["number_in_list", "kind", "wording_in_words", "owner", "due_on", "state_today"]
    list_filter = [DecisionStateFilter, "kind"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__code", "wording_en", "owner", "subject__code", "subject__title_en"]
    search_help_text = gettext_lazy("By meeting, words of the text, who does it, or subject.")
    autocomplete_fields = ["meeting", "agenda_item", "subject"]
    help_at_fields = {
        "meeting": gettext_lazy("The meeting that took it; search by code or title."),
        "kind": gettext_lazy("A decision stands; an action is done by somebody."),
        "wording_en": gettext_lazy("As the record of the meeting has it."),
        "subject": gettext_lazy("Search by the code or by words of the title."),
        "due_on": gettext_lazy("The last day for doing it."),
        "closed_on": gettext_lazy("The day on which it was done or given up."),
    }
    record_fieldsets = [
        (None, {"fields": ["meeting", ("kind", "number"), "wording", "agenda_item", "subject", "original_language"]}),
        (gettext_lazy("Of an action"), {"fields": ["owner", "due_on", "closed_on", "closed_because"]}),
    ]
    acts_of_it = ("close",)

    def get_list_display(self, request):
        may_close = self.has_change_permission(request)
        return [*self.list_display[:-1], "state_to_close"] if may_close else self.list_display

    def get_view_on_site_url(self, obj=None):
        return obj and f"{obj.meeting.get_absolute_url()}#{obj.anchor}"

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if obj.kind == Decision.Kind.ACTION and not obj.closed_on and self.has_change_permission(request, obj):
            yield _("Close…"), self.act_url("close", obj)

    def close_view(self, request, object_id):
        """How the action ended, and when."""
        action = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, action))
        form = CloseForm(request.POST or None, initial={"on": today()})
        if attempt(form, lambda: close(action, **form.cleaned_data, by=request.user)):
            done = _("The action is closed.")
            self.log_change(request, action, done)
            return self.act_done(request, done, action)
        action = self.get_object(request, object_id)
        title, lead = _("Close %(action)s") % {"action": action}, action.wording_shown
        return self.act_page(request, action, form, title=title, act=_("Close the action"), lead=lead)

    @admin.display(description=gettext_lazy("meeting, number"), ordering="meeting__code")
    def number_in_list(self, decision):
        return str(decision)

    @admin.display(description=gettext_lazy("text"), ordering=InWords("wording", translated=True))
    def wording_in_words(self, decision):
        return decision.wording_shown[:120]

    @admin.display(description=gettext_lazy("state"))
    def state_today(self, decision):
        return decision.state_on().label


@admin.register(Presence)
class PresenceAdmin(ImportExportPages, RecordAdmin):
    """Whether the holder of a seat was at a meeting."""

    on_index = False
    list_display = ["meeting", "seat", "state"]
    list_select_related = ["meeting", "seat"]
    list_filter = ["state"]
    search_fields = ["meeting__code", "seat__code"]
    autocomplete_fields = ["meeting"]
