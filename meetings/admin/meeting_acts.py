"""The pages of the acts on a meeting: “Cancel…”, “Postpone or move…”, usual deadlines, unused numbers."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.scheduled import ScheduledActs
from iscg_portal.bodies import MeetingBody
from iscg_portal.languages import in_brackets, with_colon, with_semicolons
from iscg_portal.tenure.dates import print_date, with_hour
from iscg_portal.text_fields import WideLine
from meetings.acts import register
from meetings.acts.meetings import copy_deadlines, meeting_with_usual_deadlines
from meetings.models import Deadline, Meeting


class GapsForm(ActForm):
    """Why numbers have no document: a line for each."""

    reason = None
    most = 50

    def __init__(self, meeting, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for serial, because in register.gaps(meeting)[: self.most]:
            self.fields[f"number-{serial}"] = WideLine(
                label=f"ISCG/{meeting.code}/{serial:02d}",
                initial=because,
                required=False,
                max_length=300,
            )

    def explained(self):
        """{serial: why} for the lines that were written."""
        written = {name: self.cleaned_data[name] for name in self.changed_data if self.cleaned_data[name]}
        return {int(name.removeprefix("number-")): because for name, because in written.items()}


class MeetingActs(ScheduledActs):
    """Mixin of the meeting's ModelAdmin: its acts and their buttons."""

    cancel_button = gettext_lazy("Cancel the meeting")
    postpone_lead = gettext_lazy("Its deadlines move with it. Calendars that follow the feed are updated.")
    acts_of_it = ("usual-deadlines", "unused-numbers")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            if self._wants_deadlines(request, obj):
                yield _("Deadlines as for the last meeting…"), self.act_url("usual-deadlines", obj)
            if obj.body == MeetingBody.ISCG and any(not because for _serial, because in register.gaps(obj)):
                yield _("Explain unused numbers…"), self.act_url("unused-numbers", obj)
        if obj.body == MeetingBody.ISCG and request.user.has_perm("meetings.add_document"):
            yield _("Enter a document…"), f"{reverse('admin:meetings_document_add')}?meeting={obj.pk}"
            yield _("Upload a document…"), f"{reverse('admin:meetings_document_upload')}?meeting={obj.pk}"

    def before_moving(self, meeting):
        """Beside which meetings it lies, and no longer will on days far from theirs."""
        beside = [*([meeting.together_with] if meeting.together_with else []), *meeting.beside.all()]
        if not beside:
            return ""
        named = with_semicolons(f"{one}{in_brackets(one.dates)}" for one in beside)
        message = _("It is held together with %(meetings)s: a move to days away from these takes that off the record.")
        return message % {"meetings": named}

    def moved_along(self, meeting):
        """The deadlines with their new days."""
        deadlines = [_in_words(meeting, one) for one in meeting.deadlines.all()]
        known = deadlines and meeting.takes_place
        return [with_colon(capfirst(Deadline._meta.verbose_name_plural), with_semicolons(deadlines))] if known else []

    def _wants_deadlines(self, request, obj):
        allowed = request.user.has_perm("meetings.add_deadline") and obj.state != Meeting.State.HELD
        return allowed and not obj.deadlines.exists() and meeting_with_usual_deadlines(obj) is not None

    def usual_deadlines_view(self, request, object_id):
        """The deadlines that the last meeting had, as they would fall on this one."""
        meeting = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, meeting) and request.user.has_perm("meetings.add_deadline"))
        form = ActForm(request.POST or None)
        made = attempt(form, lambda: copy_deadlines(meeting, by=request.user, **form.cleaned_data))
        if made is not None:
            self.log_change(request, meeting, _("Deadlines as for the last meeting."))
            return self.act_done(request, _("%(count)d deadlines were entered.") % {"count": len(made)}, meeting)
        last = meeting_with_usual_deadlines(meeting)
        title = _("Deadlines of %(meeting)s as for the last meeting") % {"meeting": meeting}
        lead = _("Counted from the first day as for %(last)s: %(list)s.") % {
            "last": last or "—",
            "list": with_semicolons(_in_words(meeting, usual) for usual in last.deadlines.all()) if last else "—",
        }
        return self.act_page(request, meeting, form, title=title, act=_("Enter these deadlines"), lead=lead)

    def unused_numbers_view(self, request, object_id):
        """A line for each number without a document."""
        meeting = self.object_or_404(request, object_id)
        self.require(request.user.has_perm("meetings.change_registernumber"))
        form = GapsForm(meeting, request.POST or None)

        def act():
            for serial, because in form.explained().items():
                register.explain_gap(meeting, serial, because, by=request.user)

        if attempt(form, act):
            return self.act_done(request, _("The register now says why these numbers were not used."), meeting)
        title = _("Unused numbers of %(meeting)s") % {"meeting": meeting}
        lead = _("These numbers have no document and are never given again. Say why; it is public.")
        return self.act_page(request, meeting, form, title=title, act=_("Explain"), lead=lead)


def _in_words(meeting, usual):
    usual.meeting = meeting
    when = print_date(usual.due_on) if usual.due_on else _("%(days)d days before") % {"days": usual.days_before}
    return with_colon(usual.get_kind_display(), with_hour(when, f"{usual.hour:%H:%M}"))
