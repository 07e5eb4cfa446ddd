"""“Send to the groups…”: one act for a report, with a line to check for each advisory group (clause F3)."""

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.languages import listed
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.day_field import DayInput
from reports.acts.transmissions import NO_MAILBOX, is_unsent, send_to_groups
from reports.models import Transmission

SEND = "reports.change_transmission"
NAMED = gettext_lazy("The mail names this day.")


DAYS = ("due_on", "answer_due_on")


def day_fields(transmission):
    """{name: field} of the two days that the mail names."""
    initial = {"due_on": transmission.last_day_to_send, "answer_due_on": transmission.answer_due_on}
    labels = {name: capfirst(Transmission._meta.get_field(name).verbose_name) for name in DAYS}
    return {name: DayInput(label=labels[name], initial=initial[name], help_text=NAMED) for name in DAYS}


class GroupsForm(ActForm):
    """Which groups get the mail, and the two days that it names to each; those that can get it are checked."""

    reason = None
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Check at least one group.")},
    )

    def __init__(self, data, ready):
        super().__init__(data)
        self.ready = {str(one.pk): one for one in ready}
        self.fields["groups"].choices = [(key, _line(one)) for key, one in self.ready.items()]
        self.fields["groups"].initial = list(self.ready)
        self.fieldsets = [(None, {"fields": ["groups"]})]
        for key, one in self.ready.items():
            for name, field in day_fields(one).items():
                field.required = not self.is_bound or key in self.data.getlist("groups")
                self.fields[f"{name}_{key}"] = field
            days = [tuple(f"{name}_{key}" for name in DAYS)]
            self.fieldsets.append((body_in_words(one.group_id), {"fields": days}))

    @property
    def chosen(self):
        """(transmission, its two days) of the groups that are checked."""
        data = self.cleaned_data
        return [(self.ready[key], tuple(data[f"{name}_{key}"] for name in DAYS)) for key in data["groups"]]


def _line(transmission):
    """The group, its mailbox, and by when it is to be sent."""
    words = {"group": body_in_words(transmission.group_id), "to": transmission.group.mailbox}
    if transmission.last_day_to_send is None:
        return _("%(group)s: to %(to)s") % words
    return _("%(group)s: to %(to)s, by %(day)s") % (words | {"day": print_date(transmission.last_day_to_send)})


class Sending:
    """Mixin of the report's ModelAdmin: the page, and its button while a group waits for the report."""

    acts_of_it = ("send",)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if obj.state == obj.State.PUBLISHED and request.user.has_perm(SEND) and _unsent(obj):
            yield _("Send to the groups…"), self.act_url("send", obj)

    def send_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm(SEND))
        unsent = _unsent(report)
        ready = [one for one in unsent if one.group.mailbox]
        form = GroupsForm(request.POST if request.method == "POST" else None, ready)
        sent = attempt(form, lambda: send_to_groups(form.chosen, request.user))
        if sent is not None:
            return self.act_done(request, _done(sent), report)
        return self.act_page(request, report, form, **self._words(report, unsent))

    def _words(self, report, unsent):
        """Title and lead; where nothing can be sent, why."""
        page = {"title": _("Send the report %(report)s to the groups") % {"report": report}, "act": _("Send the mails")}
        without = [one.group for one in unsent if not one.group.mailbox]
        if report.state != report.State.PUBLISHED:
            return page | {"refusal": _("Only a published report is sent.")}
        if not unsent:
            return page | {"refusal": _("The report is sent, or being sent, to every group.")}
        if len(without) == len(unsent):
            link = format_html('<a href="{}">{}</a>', self.change_url(without[0]), without[0])
            return page | {"refusal": format_html("{} {}", NO_MAILBOX, link)}
        lead = _("Each group gets a mail with the link and the files of the report; its log records it.")
        if without:
            names = listed(map(str, without))
            lead = f"{lead} {_('No mailbox is known of: %(groups)s.') % {'groups': names}}"
        return page | {"lead": lead}


def _done(sent):
    if None in sent:
        return _("Some files are still being made: the mails go by themselves once all of them are.")
    words = ngettext(
        "%(count)d mail is in the queue and goes within seconds; the page of its group says how it went.",
        "%(count)d mails are in the queue and go within seconds; the page of each group says how it went.",
        len(sent),
    )
    return words % {"count": len(sent)}


def _unsent(report):
    """The transmissions that wait, or whose mail came to nothing."""
    waiting = (
        report.transmissions.to_send()
        .filter(sends_when_made=False)
        .select_related("group", "meeting")
        .prefetch_related("mails__mail")
        .order_by("group_id")
    )
    return [one for one in waiting if is_unsent(one, next((row.mail for row in one.mails.all()), None))]
