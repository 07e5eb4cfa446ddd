"""The reminders in the admin: those to come, and those put into the outbox."""

from django.apps import apps
from django.contrib import admin
from django.db.models import F
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.base import LookedAt
from iscg_portal.adminkit.filters import OfferedFilter
from iscg_portal.adminkit.site import admin_address
from iscg_portal.tenure.dates import print_date
from workspace.models import Reminder
from workspace.reminders.planning import MENTIONED


class SaidFilter(OfferedFilter):
    """Whether it is in the outbox."""

    title = gettext_lazy("put into the outbox")
    parameter_name = "said"
    offered = [
        ("no", gettext_lazy("not yet"), lambda rows: rows.filter(queued_at__isnull=True)),
        ("yes", gettext_lazy("done"), lambda rows: rows.filter(queued_at__isnull=False)),
    ]


@admin.register(Reminder)
class ReminderAdmin(LookedAt):
    """First the reminders to come, then those put into the outbox, the newest first."""

    list_display = ["kind", "record_page", "said", "due_on", "queued_at"]
    list_display_links = None  # the list says all there is
    list_filter = [SaidFilter, "kind"]
    ordering = [F("queued_at").desc(nulls_first=True), "due_on", "pk"]

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        attach_rows(changelist.result_list)
        return changelist

    @admin.display(description=gettext_lazy("record"))
    def record_page(self, reminder):
        """A link to the record that it is about; nothing if that is gone."""
        about = reminder.about
        if about is None:
            return None
        return format_html('<a href="{}">{}</a>', admin_address(type(about), about.pk), about)

    @admin.display(description=gettext_lazy("said"), ordering="counts_from")
    def said(self, reminder):
        return when_it_is_said(reminder)


def attach_rows(reminders):
    """Give each reminder its `about`: the row of the record, None where it is gone. One query a kind of record."""
    keys = {}
    for reminder in reminders:
        keys.setdefault(reminder.record, set()).add(reminder.row)
    found = {}
    for label, pks in keys.items():
        rows = apps.get_model(label).objects.filter(pk__in=pks).select_related(*MENTIONED.get(label, ()))
        found |= {(label, str(row.pk)): row for row in rows}
    for reminder in reminders:
        reminder.about = found.get((reminder.record, reminder.row))


def when_it_is_said(reminder):
    """“30 days before 3 March 2027”, in the active language."""
    number, _space, unit = reminder.step.partition(" ")
    day = {"day": print_date(reminder.counts_from)}
    if unit:
        count = int(number)
        sentence = {
            "days": ngettext("%(count)d day before %(day)s", "%(count)d days before %(day)s", count),
            "months": ngettext("%(count)d month before %(day)s", "%(count)d months before %(day)s", count),
        }[unit]
        return sentence % {"count": count, **day}
    return (_("once %(day)s is past") if reminder.step == "overdue" else _("on %(day)s, or as soon as known")) % day
