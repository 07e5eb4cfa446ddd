"""The delivery of reports in the admin: one row a group, “Send…”, “Send again…” and the log (clause F3)."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.inlines import RowsToSee
from reports.delivery import NO_MAILBOX, send
from reports.models import Transmission, TransmissionMail


class SendForm(ActForm):
    """Nothing to fill in: the page says to whom it goes."""

    reason = None


class MailRows(RowsToSee):
    """What was sent to whom, and what came of it."""

    model = TransmissionMail
    fields = ["to", "title", "tried_at", "delivered_at", "failure", "by"]
    readonly_fields = fields
    show_change_link = False


class OverdueFilter(SimpleListFilter):
    """Not sent though the day is past."""

    title = gettext_lazy("overdue")
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        return [("yes", _("overdue"))]

    def queryset(self, request, queryset):
        return queryset.overdue() if self.value() == "yes" else queryset


@admin.register(Transmission)
class TransmissionAdmin(RecordAdmin):
    """A report on its way to one advisory group."""

    list_display = ["report", "group", "state", "due_on", "sent_on", "answered_on", "meeting"]
    list_filter = [OverdueFilter, "state", "group"]
    list_select_related = ["report", "group", "meeting"]
    search_fields = ["report__code", "number"]
    autocomplete_fields = ["meeting"]
    inlines = [MailRows]
    fieldsets = [
        (None, {"fields": ["report", "group", "meeting", "due_on", "action"]}),
        (gettext_lazy("How far it is"), {"fields": ["state", "sent_on", "number", "answered_on", "reply"]}),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.send_view)
        return [path("<path:object_id>/send/", view, name="reports_transmission_send"), *super().get_urls()]

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            if obj.mail_claimed_at:
                acts.append((_("Send again…"), f"{self.act_url('send', obj)}?_again=1"))
            elif obj.state == Transmission.State.TO_SEND:
                acts.append((_("Send…"), self.act_url("send", obj)))
        return acts

    def send_view(self, request, object_id):
        transmission = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, transmission))
        again = "_again" in request.GET  # the page of the first sending never sends again
        form = SendForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                mail = send(transmission, again=again, by=request.user)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                if not mail.failure:
                    self.act_done(request, _("Sent to %(to)s.") % {"to": mail.to})
                    return HttpResponseRedirect(self.change_url(transmission))
                form.add_error(None, _("The mail was not taken: %(failure)s") % {"failure": mail.failure})
        group = transmission.group
        words = {"report": transmission.report, "group": group.code, "to": group.mailbox}
        first, anew = _("Send the report %(report)s to %(group)s"), _("Send the report %(report)s to %(group)s again")
        page = {"title": (anew if again else first) % words, "act": _("Send the mail")}
        if group.mailbox:
            page["lead"] = _("The link and the files of the report go to %(to)s; the log keeps it.") % words
        else:
            page["refusal"] = format_html('{} <a href="{}">{}</a>', NO_MAILBOX, self.change_url(group), group.code)
        return self.act_page(request, transmission, form, **page)
