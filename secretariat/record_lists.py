"""Lists of what the record itself lacks, beside the findings: old confirmations, missing sources, grades."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.integrity.findings import is_too_old, last_verification, words
from iscg_portal.languages import in_a_row, with_colon
from iscg_portal.sourced import LESS_THAN_A_COPY, Grade
from iscg_portal.tenure.dates import print_moment
from secretariat.checks.office_care import last_word, offices_to_care_for, what_lacks
from secretariat.checks.record_care import count_grades


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One line of a list: what it says, where it leads, and a note below it."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class RecordLists:
    """What the record lacks on a day."""

    unconfirmed: list[DeskEntry]
    unfounded: list[DeskEntry]
    grades: list[DeskEntry]
    read_again: list[DeskEntry]
    all_as_stored: str


def record_lists(on) -> RecordLists:
    """The lists of a day. Three queries."""
    offices = offices_to_care_for(on)
    return RecordLists(
        [DeskEntry(str(office), office.url, last_word(office)) for office in offices if office.is_unconfirmed(on)],
        [DeskEntry(str(office), office.url, what_lacks(office)) for office in offices if what_lacks(office)],
        _grades(count_grades()),
        *read_again(last_verification()),
    )


def _grades(counts):
    """How many facts of the record have evidence of each grade, and of which kinds they are."""
    return [_grade(word, label, counts) for word, label in [*Grade.choices, ("", _("not stated"))]]


def _grade(word, label, counts):
    kinds = {model: counted[word] for model, counted in counts.items() if word in counted}
    names = (f"{capfirst(model._meta.verbose_name_plural)} {count}" for model, count in kinds.items())
    href = reverse("front:help-us-verify") if word in LESS_THAN_A_COPY else ""
    return DeskEntry(with_colon(label, str(sum(kinds.values()))), href, note=in_a_row(names))


def read_again(last):
    """(what was found not to be as it was stored, the sentence where that is nothing): `manage.py verify`."""
    if last.finished_at is None:
        when = _("Nobody has read all stored files and published reports again yet: manage.py verify does.")
    else:
        at = {"at": print_moment(last.finished_at)}
        when = _("All stored files and published reports were read again: %(at)s.") % at
        if is_too_old(last):
            when = _("Not read again for more than a fortnight, since %(at)s: manage.py verify does it.") % at
    found = [DeskEntry(words(one), note=when if one is last.findings[0] else "") for one in last.findings]
    return found or ([DeskEntry(when)] if is_too_old(last) else []), when
