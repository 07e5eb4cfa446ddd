"""What a filter offers to choose from: a list while it is short, else a field in which a code is written.

So a page costs the same however many meetings and subjects are on record.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from iscg_portal.prepared import ask
from iscg_portal.tables import read_choice
from iscg_portal.translated import columns_of, first_text
from meetings.filters import ANYONE
from meetings.models import Document, Meeting
from subjects.models import Subject

MOST = 60


@dataclass(frozen=True)
class Offered:
    """Values with their labels. Where they are not the `whole` of it, the page offers a field instead of a list."""

    name: str
    choices: tuple[tuple[str, str], ...]
    whole: bool
    on_record: Callable[[str], bool]

    def read(self, request):
        """The value that the address asks for, blank for none. Errors: BadRequest with a sentence."""
        value = read_choice(request, self.name, _Everything())
        if value and value not in dict(self.choices) and not self.on_record(value):
            message = _("“%(value)s” is not a value of “%(name)s”: no such code is on record.")
            raise BadRequest(message % {"value": value[:40], "name": self.name})
        return value


class _Everything:
    """Holds every value."""

    def __contains__(self, value):
        return True


def offered_subjects():
    """The subjects by code, with their titles. One query."""
    rows = ask(_subjects)
    choices = [(code, f"{code}: {first_text(titles, original)}") for code, original, *titles in rows[:MOST]]
    return Offered("subject", tuple(choices), len(rows) <= MOST, _is_subject)


def offered_meetings():
    """The meetings that have documents, the newest first. One query."""
    rows = ask(_meetings_with_documents)
    return Offered("meeting", tuple((code, code) for (code,) in rows[:MOST]), len(rows) <= MOST, _is_meeting)


def _subjects():
    subjects = Subject.objects.rewrite(False).order_by("code")
    return subjects.values_list("code", "original_language", *columns_of("title"))[: MOST + 1]


def _meetings_with_documents():
    public = Document.objects.rewrite(False).visible_to(ANYONE)
    meetings = Meeting.objects.rewrite(False).filter(Exists(public.filter(meeting=OuterRef("pk"))))
    return meetings.order_by("-starts_on", "code").values_list("code")[: MOST + 1]


def _is_subject(code):
    return Subject.objects.filter(code=code).exists()


def _is_meeting(code):
    return Meeting.objects.filter(code=code).exists()
