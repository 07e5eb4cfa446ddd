"""How old the evidence of an office is: what rests on old evidence says so beside the fact (rule 17)."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.sourced import Sourced
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.day_field import DayField

# Evidence older than this is old.
A_YEAR = datetime.timedelta(days=365)
# By how exactly the start is known: many languages need another word or case before a day, a month and a year.
NOT_CONFIRMED = {
    "day": pgettext_lazy("a day", "not confirmed since %(day)s"),
    "month": pgettext_lazy("a month", "not confirmed since %(day)s"),
    "year": pgettext_lazy("a year", "not confirmed since %(day)s"),
}


class Evidenced(Sourced):
    """A sourced fact that holds until something else is known, so that its evidence grows old."""

    source_dated_on = DayField(
        gettext_lazy("day of the source"),
        has_happened=True,
        null=True,
        blank=True,
        help_text=gettext_lazy("The day of the document that is the source: how old the evidence is counts from it."),
    )
    last_confirmed_on = DayField(
        gettext_lazy("last confirmed on"),
        has_happened=True,
        null=True,
        blank=True,
        help_text=gettext_lazy("The last day on which a document or the office holder confirmed this entry."),
    )

    class Meta:
        abstract = True

    @property
    def evidence_on(self):
        """The day from which the evidence ages: of the last confirmation, else of the source, else of the start."""
        return self.last_confirmed_on or self.source_dated_on or self.starts_on

    def old_evidence(self, on, printed=print_date):
        """“last confirmed 23 January 2025” where the evidence is over a year old on the day; else blank.

        Only of what holds on the day and has not ended since: that an office ended is known from newer evidence.
        `printed` prints its day.
        """
        over = self.ends_on is not None and self.ends_on <= today()
        if over or not self.covers(on) or self.evidence_on >= on - A_YEAR:
            return ""
        return self.print_evidence(printed)

    def print_evidence(self, printed=print_date):
        """“last confirmed 23 January 2025”, or what else the evidence is."""
        if self.last_confirmed_on:
            return _("last confirmed %(day)s") % {"day": printed(self.last_confirmed_on)}
        if self.source_dated_on:
            return _("as in a document of %(day)s") % {"day": printed(self.source_dated_on)}
        pattern = NOT_CONFIRMED.get(self.starts_precision, NOT_CONFIRMED["day"])
        return pattern % {"day": printed(self.starts_on, self.starts_precision)}
