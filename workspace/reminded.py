"""What reminders are about and when they are said, in words: for the list of what will be said."""

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.tenure.dates import print_date
from workspace.reminding import MENTIONED


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
