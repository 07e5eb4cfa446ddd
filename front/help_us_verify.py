"""What the public record says on less than a copy of a document of the Union, by kind (rule 22)."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Count, F, TextField, Value
from django.db.models.functions import Cast
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iscg_portal.fixed_terms import initials, place_name, with_initials
from iscg_portal.languages import in_brackets, with_colon, with_commas
from iscg_portal.sourced import LESS_THAN_A_COPY, Grade
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tables.addresses import record_address
from iscg_portal.translated import plain
from iscg_portal.web.public_page import public_page, takes
from meetings.models import Document, Meeting
from members.models import (
    AdvisoryGroup,
    ChairTerm,
    ClauseText,
    Conference,
    Country,
    FormerName,
    Person,
    RegionalMembership,
    Representative,
    TermsOfReference,
)
from members.models.countries import short_name_column
from studies.models import Activity, Ending, MappingLink, StudyPeriod, StudyUnit
from subjects.citing import cited_shortly
from subjects.models import (
    Appointment,
    Coordinator,
    Edition,
    FocalPoint,
    Listing,
    Mandate,
    Partner,
    Partnership,
    Resolution,
    Revision,
    Subject,
)

MOST_PARTS = 3
ORDER = [f"of_{name}" for name in ("kind", "grade", "first", "second", "third", "key")]


def _cited(body, number, year=""):
    return cited_shortly(body, number) + (in_brackets(year) if year else "")


def _of_body(code, *parts):
    return with_commas((with_initials(code), *map(place_name, parts)))


def _after_the_first(first, code="", *parts):
    return with_commas((first, with_initials(code), *parts))


def _of_sector(sector, *parts):
    named = initials(f"ITU-{sector}") if sector in ("R", "T", "D") else ""
    return " ".join(filter(None, (named, *parts)))


def _mandate(subject, body, number):
    return with_colon(subject, _cited(body, number))


class RecordKind(NamedTuple):
    """How a row of one kind is called: from up to three of its columns. `page` is the name of the page of its `key`.

    The column “short_name” is that of the page's language.
    """

    parts: tuple[str, ...]
    page: str = ""
    key: str = ""
    named: Callable[..., str] = lambda *parts: with_commas(parts)


_PERSON, _SUBJECT = "members:person-detail", "subjects:subject-detail"
_RESOLUTION, _UNIT = "subjects:resolution-detail", "studies:unit-detail"
KINDS = {
    AdvisoryGroup: RecordKind(("code",), named=_of_body),
    Conference: RecordKind(("code", "place"), named=_of_body),
    TermsOfReference: RecordKind(("document",)),
    ClauseText: RecordKind(("clause", "dated_on")),
    Country: RecordKind(("code", "short_name")),
    FormerName: RecordKind(("country__code", "short_name")),
    RegionalMembership: RecordKind(("country__code", "organization")),
    Person: RecordKind(("name",), _PERSON, "slug"),
    ChairTerm: RecordKind(("person__name",), _PERSON, "person__slug"),
    Representative: RecordKind(("person__name", "group_code"), _PERSON, "person__slug", named=_after_the_first),
    Subject: RecordKind(("code",), _SUBJECT, "slug"),
    Listing: RecordKind(("subject__code",), _SUBJECT, "subject__slug"),
    Mandate: RecordKind(
        ("subject__code", "resolution__body", "resolution__number"), _SUBJECT, "subject__slug", named=_mandate
    ),
    Coordinator: RecordKind(("subject__code", "person__name"), _SUBJECT, "subject__slug"),
    Appointment: RecordKind(
        ("coordinator__subject__code", "group"), _SUBJECT, "coordinator__subject__slug", named=_after_the_first
    ),
    FocalPoint: RecordKind(
        ("subject__code", "body", "person__name"), _SUBJECT, "subject__slug", named=_after_the_first
    ),
    Partner: RecordKind(("abbreviation",)),
    Partnership: RecordKind(("subject__code", "partner__abbreviation"), _SUBJECT, "subject__slug"),
    Edition: RecordKind(("adopted_on",), "subjects:edition-detail", "adopted_on"),
    Resolution: RecordKind(("body", "number"), _RESOLUTION, "slug", named=_cited),
    Revision: RecordKind(
        ("resolution__body", "resolution__number", "year"), _RESOLUTION, "resolution__slug", named=_cited
    ),
    StudyPeriod: RecordKind(("sector", "name"), named=_of_sector),
    StudyUnit: RecordKind(("sector", "number", "period__name"), _UNIT, "slug", named=_of_sector),
    Ending: RecordKind(("unit__sector", "unit__number", "unit__period__name"), _UNIT, "unit__slug", named=_of_sector),
    MappingLink: RecordKind(("first__number", "second__number", "topic_en"), _UNIT, "first__slug"),
    Activity: RecordKind(("code",), "studies:activity-detail", "code"),
    Meeting: RecordKind(("code",), "meetings:meeting-detail", "code", named=_of_body),
    Document: RecordKind(("number",), "meetings:document-detail", "slug"),
}
_MODELS = list(KINDS)


class Doubt(NamedTuple):
    """A fact on the page, as the database gives it: the number of its kind, the parts of its name, and the rest."""

    kind: int
    first: str
    second: str
    third: str
    key: str
    grade: str
    source: str

    @property
    def kind_word(self):
        """“Representative”."""
        return capfirst(_MODELS[self.kind]._meta.verbose_name)

    @property
    def name(self):
        """What the row is called."""
        return KINDS[_MODELS[self.kind]].named(*(self.first, self.second, self.third)[: self._parts])

    @property
    def address(self):
        """The page of the public record that shows it, or blank."""
        page = KINDS[_MODELS[self.kind]].page
        return record_address(page, self.key) if page else ""

    @property
    def label(self):
        """“Representative: Ms Example, RAG”, as a suggested correction names it."""
        return with_colon(self.kind_word, self.name)

    @property
    def evidence(self):
        """The grade in words."""
        return Grade(self.grade).label

    @property
    def _parts(self):
        return len(KINDS[_MODELS[self.kind]].parts)


class Doubts:
    """Every public row whose evidence is less than a copy, as tuples for `Doubt`, by kind and grade.

    One query tells how many there are of each kind, and one reads a page, of those kinds alone that stand on it.
    """

    def __init__(self):
        first, *others = (
            _less_than_a_copy(model).values_list(Value(number)).annotate(found=Count("pk"))
            for number, model in enumerate(KINDS)
        )
        found = dict(first.union(*others, all=True))
        self.numbers = [found.get(number, 0) for number in range(len(KINDS))]

    def __len__(self):
        return sum(self.numbers)

    def __getitem__(self, wanted):
        parts, begins, before = [], 0, 0
        for number, model in enumerate(KINDS):
            ends = begins + self.numbers[number]
            if ends <= wanted.start:
                before = ends
            elif begins < wanted.stop:
                parts.append(_of_kind(number, model))
            begins = ends
        if not parts:
            return []
        rows = parts[0].union(*parts[1:], all=True).order_by(*ORDER)
        return rows[wanted.start - before : wanted.stop - before]


def _less_than_a_copy(model):
    rows = model.objects.public().filter(grade__in=LESS_THAN_A_COPY)
    if hasattr(rows, "with_public_name"):
        rows = rows.with_public_name()
    return plain(rows)


def _of_kind(number, model):
    kind = KINDS[model]
    named = [short_name_column() if path == "short_name" else path for path in kind.parts]
    parts = [*named, *[""] * (MOST_PARTS - len(kind.parts))]
    texts = dict(zip(("first", "second", "third", "key"), (*parts, kind.key), strict=True))
    columns = {
        f"of_{name}": Cast(F(path), TextField()) if path else Value("", TextField()) for name, path in texts.items()
    }
    columns |= {"of_kind": Value(number), "of_grade": F("grade"), "of_source": F("source")}
    return _less_than_a_copy(model).annotate(**columns).values_list(*(f"of_{name}" for name in Doubt._fields))


def count_public_grades() -> dict[str, int]:
    """{grade: how many public facts have it}; blank where it is not stated. One query."""
    facts = (plain(model.objects.public()) for model in KINDS)
    first, *others = (rows.values_list("grade").annotate(found=Count("pk")) for rows in facts)
    counts = Counter()
    for grade, found in first.union(*others, all=True):
        counts[grade] += found
    return counts


@public_page
@takes("page")
def help_us_verify(request):
    """What wants a better source, and how to send one."""
    columns = [Column("kind", _("Kind")), Column("name", _("What")), Column("grade", _("Evidence"))]
    columns += [Column("source", _("Source"))]
    table = shown(request, Table("help-us-verify", columns, Doubts()))
    facts = [Doubt(*row) for row in table.rows]
    return render(request, "front/help_us_verify.html", {"table": table, "facts": facts})
