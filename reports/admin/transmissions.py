"""The delivery of reports in the admin: one row a group, “Send…”, “Send again…” and the log (clause F3)."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.admin import MailAdmin
from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.languages import in_a_row, with_colon
from iscg_portal.mail.models import Mail
from reports.acts.transmissions import (
    NO_MAILBOX,
    UNDER_WAY,
    asked_of,
    files_to_make,
    hold_back,
    is_unsent,
    last_mail,
    send,
)
from reports.admin.group_answers import AnswerRows, GroupAnswers
from reports.admin.sending import DAYS, day_fields
from reports.models import Transmission, TransmissionMail


class SendForm(ActForm):
    """The two days that the mail names; the page says to whom it goes."""

    reason = None

    def __init__(self, transmission, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(day_fields(transmission))


class HoldForm(ActForm):
    """Why it does not go."""


def _done(mail):
    """What happened; without a mail the files of the report are still being made."""
    if mail is None:
        return _("It waits until the files of the report are made, and then goes by itself.")
    sentence = _("The mail to %(to)s is in the queue and goes within seconds; the log below says how it went.")
    return sentence % {"to": mail.to}


class MailRows(RowsToSee):
    """What was sent to whom, and how it went."""

    model = TransmissionMail
    fields = ["to", "subject", "files", "written_at", "how_far", "sent_at", "by"]
    show_change_link = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("mail", "by").prefetch_related("mail__attachments")

    @admin.display(description=pgettext_lazy("addressee", "to"))
    def to(self, row):
        return row.mail.to

    @admin.display(description=gettext_lazy("subject line"))
    def subject(self, row):
        return row.mail.subject

    @admin.display(description=gettext_lazy("attached files"))
    def files(self, row):
        return in_a_row(file.name for file in row.mail.attachments.all())

    @admin.display(description=gettext_lazy("written"))
    def written_at(self, row):
        return row.mail.written_at

    @admin.display(description=gettext_lazy("state"))
    def how_far(self, row):
        """The state, with what the mail server said."""
        return with_colon(row.mail.get_state_display(), row.mail.error)

    @admin.display(description=pgettext_lazy("time", "sent"))
    def sent_at(self, row):
        return row.mail.sent_at


class OverdueFilter(OfferedFilter):
    """Not sent though the day is past."""

    title = gettext_lazy("overdue")
    parameter_name = "overdue"
    offered = [
        ("yes", gettext_lazy("overdue"), lambda rows: rows.overdue()),
    ]


@admin.register(Transmission)
class TransmissionAdmin(GroupAnswers, RecordAdmin):
    """A report on its way to one advisory group."""

    help_at_fields = {
        "action": gettext_lazy("What the group is asked to do with the report."),
        "state": gettext_lazy("How far the group is with the report."),
        "sent_on": gettext_lazy("The day on which the mail left."),
    }
    list_display = ["report", "group", "state", "due_on", "sent_on", "answered_on", "meeting"]
    list_filter = [OverdueFilter, "state", "group"]
    list_select_related = ["report", "group", "meeting"]
    search_fields = ["report__code", "number"]
    autocomplete_fields = ["meeting"]
    inlines = [AnswerRows, MailRows]
    readonly_fields = ["asked", "answered_on"]
    fieldsets = [
        (None, {"fields": ["report", "group", "meeting", "due_on", "answer_due_on", "action", "asked"]}),
        (
            gettext_lazy("How far it is"),
            {"fields": ["state", "sent_on", "received_on", "number", "answered_on"]},
        ),
    ]
    acts_of_it = ("send", "hold")

    def get_form(self, request, obj=None, **kwargs):
        """That a group noted or commented is entered by the acts, which say at which meeting, and mail it."""
        form = super().get_form(request, obj, **kwargs)
        if state := form.base_fields.get("state"):
            by_acts = {Transmission.State.NOTED, Transmission.State.COMMENTS} - {obj and obj.state}
            state.choices = [choice for choice in state.choices if choice[0] not in by_acts]
        return form

    @admin.display(description=gettext_lazy("What the report asks"))
    def asked(self, transmission):
        """Sentence by sentence; a dash where it asks nothing."""
        said = asked_of(transmission) if transmission.report_id else []
        return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in said)) or self.get_empty_value_display()

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        last = last_mail(obj)
        if not self.has_change_permission(request, obj) or (last and last.state in UNDER_WAY):
            return
        if obj.sends_when_made:
            yield _("Hold back…"), self.act_url("hold", obj)
        elif is_unsent(obj, last):
            yield _("Send…"), self.act_url("send", obj)
        elif last:
            yield _("Send again…"), f"{self.act_url('send', obj)}?after={last.pk}"

    def send_view(self, request, object_id):
        transmission = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, transmission))
        seen = request.GET.get("after", "")  # the page of the first sending never sends again
        last = last_mail(transmission)
        after = last if last and str(last.pk) == seen else None
        form = SendForm(transmission, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                days = tuple(form.cleaned_data[name] for name in DAYS)
                mail = send(transmission, days=days, after=after, by=request.user)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                return self.act_done(request, _done(mail), transmission)
        return self._send_page(request, transmission, form, again=bool(seen))

    def hold_view(self, request, object_id):
        transmission = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, transmission))
        form = HoldForm(request.POST or None)
        if attempt(form, lambda: hold_back(transmission, reason=form.cleaned_data["reason"], by=request.user) or 1):
            return self.act_done(request, _("It is not sent until somebody sends it again."), transmission)
        title = _("Hold back: %(transmission)s") % {"transmission": transmission}
        lead = _("It waits for the files of the report. Held back, it does not go when they are made.")
        return self.act_page(request, transmission, form, title=title, act=_("Hold it back"), lead=lead)

    def _send_page(self, request, transmission, form, *, again):
        group = transmission.group
        words = {"report": transmission.report, "group": body_in_words(group.code), "to": group.mailbox}
        first, anew = _("Send the report %(report)s to %(group)s"), _("Send the report %(report)s to %(group)s again")
        page = {"title": (anew if again else first) % words, "act": _("Send the mail")}
        if group.mailbox:
            page["lead"] = _("The link and the files of the report go to %(to)s; the log records it.") % words
            if files_to_make(transmission.report).exists():
                waits = _("Some files are still being made: the mail goes by itself once all of them are.")
                page["lead"] = f"{page['lead']} {waits}"
        else:
            page["refusal"] = format_html('{} <a href="{}">{}</a>', NO_MAILBOX, self.change_url(group), group)
        return self.act_page(request, transmission, form, **page)


admin.site.unregister(Mail)


@admin.register(Mail)
class MailOfReportsAdmin(MailAdmin):
    """The outbox, which does not send a report again that was withdrawn or superseded since."""

    @admin.action(description=gettext_lazy("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        stopped = TransmissionMail.objects.of_no_more_sent().values("mail")
        for mail in queryset.filter(pk__in=stopped):
            messages.warning(request, with_colon(mail, _("Only a published report is sent.")))
        super().send_again(request, queryset.exclude(pk__in=stopped))
