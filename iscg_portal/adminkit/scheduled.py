"""What is held on days, in the admin: dates as exactly as they are known, “Cancel…” and “Postpone or move…”."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.record_form import DateAsText, HowExactly, RecordForm, as_entered
from iscg_portal.languages import with_colon
from iscg_portal.scheduled import Precision, State, read_first_day
from iscg_portal.scheduled_acts import cancel, postpone
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import WideLine


class ScheduledForm(RecordForm):
    """What is held on days; the first day is written as exactly as it is known."""

    starts_on = DateAsText(
        label=gettext_lazy("First day"), help_text=gettext_lazy("15 March 2026, March 2026 or 2026.")
    )
    precision = HowExactly(Precision, label=gettext_lazy("How exactly"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day, precision = self.initial.get("starts_on"), self.initial.get("precision") or "day"
        if day and not isinstance(day, str):
            self.initial["starts_on"], self.initial["precision"] = as_entered(day, precision)
            if precision != Precision.DAY:
                self.initial["ends_on"] = None  # follows from the month or year

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("starts_on")
        if text:
            try:
                cleaned["starts_on"], cleaned["precision"] = read_first_day(text, cleaned.get("precision") or "")
            except ValidationError as error:
                self.add_error("starts_on", error)
        return cleaned


class WhenFilter(OfferedFilter):
    """To come, or over."""

    title = gettext_lazy("when")
    parameter_name = "when"
    offered = [
        ("coming", gettext_lazy("to come"), lambda rows: rows.not_over()),
        ("over", gettext_lazy("over"), lambda rows: rows.over()),
    ]


class CancelForm(ActForm):
    """Why it is called off."""

    because = WideLine(
        label=gettext_lazy("Why, for the public?"),
        max_length=300,
        help_text=gettext_lazy("Public: shown on pages, in the calendar and in files."),
    )
    field_order = ["because"]


class PostponeForm(CancelForm):
    """Why, and until when if that is known."""

    starts_on = DayInput(
        label=gettext_lazy("New first day"),
        required=False,
        help_text=gettext_lazy("Blank while it is not known: it is then postponed."),
    )
    ends_on = DayInput(
        label=gettext_lazy("New last day"),
        required=False,
        help_text=gettext_lazy("Blank: it keeps its length."),
    )
    field_order = ["starts_on", "ends_on", "because"]


class ScheduledActs:
    """Mixin of a ModelAdmin: “Cancel…” and “Postpone or move…”."""

    cancel_button = gettext_lazy("Cancel it")
    postpone_lead = gettext_lazy("Calendars that follow the feed are updated.")
    acts_of_it = ("cancel", "postpone")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.has_change_permission(request, obj) and obj.state != State.HELD:
            yield _("Postpone or move…"), self.act_url("postpone", obj)
            if obj.state != State.CANCELLED:
                yield _("Cancel…"), self.act_url("cancel", obj)

    def get_changeform_initial_data(self, request):
        return {"starts_on": "", **super().get_changeform_initial_data(request)}

    def cancel_view(self, request, object_id):
        lead = _("It stays on record: pages, calendar and files say that it does not take place.")
        words = _("Cancel %(meeting)s"), self.cancel_button, lead
        return self._act(request, object_id, CancelForm, words, cancel)

    def postpone_view(self, request, object_id):
        words = _("Postpone or move %(meeting)s"), _("Postpone or move"), self.postpone_lead
        return self._act(request, object_id, PostponeForm, words, postpone)

    def _act(self, request, object_id, form_class, words, carry_out):
        title, act, lead = words
        record = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, record))
        form = form_class(request.POST or None)
        follows = self._what_follows(record, form, carry_out, request.user)
        if follows and not form.rehearses:
            return self._done(request, record, *follows)
        record = self.get_object(request, object_id)
        if carry_out is postpone:
            lead = f"{lead} {self.before_moving(record)}".strip()
        words = {"title": title % {"meeting": record}, "act": act, "lead": lead, "follows": follows}
        return self.act_page(request, record, form, can_preview=True, **words)

    def before_moving(self, record):
        """What a move changes beside the record itself; blank where nothing else."""
        return ""

    def moved_along(self, record):
        """Sentences on what moves with the record; after a move."""
        return []

    def _what_follows(self, record, form, carry_out, by):
        """Carry it out; the sentences on what comes of it, that on the record first. None where it is refused."""

        def act():
            parted = carry_out(record, **form.cleaned_data, by=by)
            return [_sentence(record), *map(_parting, parted or ()), *self.moved_along(record)]

        return attempt(form, act, rehearse=form.rehearses)

    def _done(self, request, record, sentence, *others):
        for other in others:
            messages.warning(request, other)
        self.log_change(request, record, with_colon(record.get_state_display(), record.state_note))
        return self.act_done(request, sentence, record)


def _sentence(record):
    if record.takes_place:
        return _("%(meeting)s is now on %(dates)s.") % {"meeting": record, "dates": record.dates}
    return _("%(meeting)s is %(state)s.") % {"meeting": record, "state": record.get_state_display()}


def _parting(pair):
    one, other = pair
    words = {"one": one, "other": other, "dates": other.dates}
    return _("%(one)s is no longer held together with %(other)s (%(dates)s).") % words
