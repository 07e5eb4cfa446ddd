"""What takes too long to be asked while somebody waits: the sender asks it whenever the record has changed.

Those are the published reports that no longer agree with the record, the Coordinators' reports that are missing, the
office holders who have not confirmed their entry, and what clause C2 says of the Chair's term. The numbers are kept
beside the token of the record.
"""

import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from iscg_portal import record_version
from iscg_portal.tenure.dates import print_moment, today
from secretariat.checks import seats
from secretariat.checks.answers import ask_entries
from secretariat.checks.reports import Disagreement, ask_missing, read_disagreements
from secretariat.findings import tally

KEY, KEPT_FOR = "secretariat.kept_checks.2", 14 * 24 * 3600  # seconds


class KeptChecks(NamedTuple):
    """What was found, of which record and day, and when; the moment is None where nobody asked yet."""

    token: str = ""
    day: datetime.date | None = None
    at: datetime.datetime | None = None
    disagreements: tuple[Disagreement, ...] = ()
    missing: int = 0
    silent: int = 0
    against_c2: int = 0

    @property
    def printed(self):
        """The moment in words."""
        return print_moment(self.at)


def last_asked() -> KeptChecks:
    """What was found last. One query at most."""
    return cache.get(KEY) or KeptChecks()


def ask_if_due() -> bool:
    """Ask where the record changed since, or a day is over; whether it was done."""
    token, asked = record_version.current(), last_asked()
    if (asked.token, asked.day) == (token, today()):
        return False
    ask()
    return True


def ask() -> KeptChecks:
    """Ask now, and keep what was found."""
    token, day = record_version.current(), today()
    missing, silent = (sum(1 for _finding in found) for found in (ask_missing(day), ask_entries(day)))
    asked = KeptChecks(token, day, timezone.now(), tuple(read_disagreements()), missing, silent, _against_c2(day))
    cache.set(KEY, asked, KEPT_FOR)
    return asked


def _against_c2(day):
    team = seats.team_on(day)
    found = seats.ask_seats(team, tally(seats.to_count(team)))
    return sum(1 for finding in found if finding.topic is seats.CHAIR_AGAINST_C2)
