"""What every data file holds, field by field, for the page that describes them. A test compares it with the files."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iscg_portal.tables.addresses import FORMATS
from iscg_portal.tables.fields import SHEET, published
from members.fields import HOLDER_FIELDS

HOLDER = {each.key: each.explanation for each in published(HOLDER_FIELDS, SHEET)}
VACANCY = {
    "vacant_since": _("first day of the vacancy, where there is one"),
    "vacant_since_precision": _("how exactly that is known"),
}
AS_ON = {"as_on": _("the day of the file")}
STATE = {"state": _("held, vacant or not recorded")}

COMPOSITION = {
    "office": _("Chair or representative"),
    "group": _("RAG, TSAG or TDAG; empty for the Chair"),
    **STATE,
    **HOLDER,
    **VACANCY,
    **AS_ON,
}
TERMS = COMPOSITION | {"state": _("in office, ended or upcoming on the day of the file")}
for _name in VACANCY:
    del TERMS[_name]
SUBJECTS = {
    "code": _("short name of the subject"),
    "slug": _("the last part of the address of its page"),
    "title": _("in the language of the file, else in the original one"),
    "scope": _("the Sectors concerned: R, T, D, GS"),
    "state": _("listed, day-not-recorded (on the list, since when is not recorded), delisted or not-listed-yet"),
    "listed_on": _("first day on the list"),
    "listed_precision": _("how exactly that is known"),
    "delisted_on": _("first day after it"),
    "delisted_precision": _("how exactly that is known"),
    "mandates": _("the resolutions behind it on the day"),
    "theme_rule": _("met, not met or cannot be told"),
    "theme_rule_rests_on": _("on which resolutions that rests"),
    "coordinator_state": STATE["state"],
    "coordinator": _("the Coordinator as printed, with the country"),
    "focal_points": _("Focal Points, each with the body for which it stands"),
    "source": HOLDER["source"],
    "indicative": HOLDER["indicative"],
    **AS_ON,
}
COORDINATORS = {
    "code": SUBJECTS["code"],
    "subject": SUBJECTS["title"],
    "office": _("Coordinator or Focal Point"),
    "for": _("the body for which a Focal Point stands: RAG, TSAG, TDAG, BR, TSB, BDT or GS"),
    **STATE,
    **HOLDER,
    **VACANCY,
    **AS_ON,
}
RESOLUTIONS = {
    "citation": _("as cited: PP Res. 191, ITU-R 75"),
    "slug": SUBJECTS["slug"],
    "body": _("PP, RA, WRC, WTSA or WTDC"),
    "number": _("without the revision"),
    "title": SUBJECTS["title"],
    "calls_for_coordination": _("yes, no, or empty where that is not recorded; counts for PP only"),
    "revisions": _("every revision with place and year, the newest first"),
    "replaced_by": _("the resolution that took its place"),
    "subjects": _("codes of the subjects that rest on it on the day"),
    "source": HOLDER["source"],
    "indicative": HOLDER["indicative"],
    **AS_ON,
}
MEETINGS = {
    "code": _("the last part of the address of its page, as in 25-1"),
    "body": _("ISCG, RAG, TSAG, TDAG, Council, Coordinators or study unit"),
    "unit": _("the study group or working party"),
    "title": SUBJECTS["title"],
    "starts_on": _("first day; where only the month or the year is known, the first day of it"),
    "ends_on": _("last day on which it sits; empty where it was not found"),
    "precision": _("how exactly the days are known: day, month or year"),
    "opens_at": _("hour at which it opens, in the time zone of the meeting"),
    "closes_at": _("hour at which it closes on the last day"),
    "time_zone": _("as in Europe/Zurich"),
    "place": _("where it is held"),
    "mode": _("physical, electronic or hybrid; empty where that is not recorded"),
    "state": _("planned, confirmed, held, cancelled or postponed"),
    "state_note": _("why, or until when"),
    "subject": _("code of the subject, of a meeting of Coordinators"),
    "together_with": _("code of the meeting beside which it is held"),
    "deadlines": _("what is due when, in Geneva time; counted from the first day, so that they move with it"),
    "attendance": _("how many took part, by the code of the country and the capacity; no names"),
    "registration_url": _("where to register"),
    "web_url": _("its page elsewhere"),
    "source": HOLDER["source"],
    "indicative": HOLDER["indicative"],
    **AS_ON,
}
DOCUMENTS = {
    "number": _("as printed, without the letter of the language: ISCG/25-1/03 (Rev.1)"),
    "slug": SUBJECTS["slug"],
    "title": SUBJECTS["title"],
    "type": _("agenda, contribution, report, liaison statement, information or temporary"),
    "purpose": _("Admin, Information, Discussion or Proposal, where the header says it"),
    "submitted_by": _("whose document it is, as the header says"),
    "dated_on": _("the date in the header"),
    "meeting": _("code of the meeting"),
    "original_language": _("code of the language in which it was written"),
    "subjects": _("codes of the subjects that it is about"),
    "files": _("addresses of its files, one for each language"),
    "belongs_to": _("number of the document of which it is a revision, corrigendum or addendum"),
    "withdrawn_on": _("day on which it was withdrawn"),
    "withdrawn_because": _("why it was withdrawn"),
    "source": HOLDER["source"],
    "indicative": HOLDER["indicative"],
}
REPORTS = {
    "code": _("the last part of the address of its page, as in 2025 or 2025-rev1"),
    "number": _("the number of the document, where it has one"),
    "period_from": _("its events come after this day"),
    "period_to": _("the closing day"),
    "state": _("published, superseded or withdrawn"),
    "dated_on": DOCUMENTS["dated_on"],
    "original_language": DOCUMENTS["original_language"],
    "belongs_to": _("code of the report of which it is a revision, corrigendum or addendum"),
    "files": _("addresses of its files, one for each language and format"),
    "sha256": _("SHA-256 of each of these files, in the same order"),
}


class DataFile(NamedTuple):
    """One table as it is published: its page, its three files, and the fields of CSV and XLSX."""

    title: str
    about: str
    url: str
    files: list[tuple[str, str]]
    fields: list[tuple[str, str]]
    filters: str


# Title, what is in it, the name of the page's address, the fields, the filters; in the order of the navigation.
FILES = [
    (
        _("Composition"),
        _("the seven seats on a day; in JSON the Chair, and the groups with their two seats each"),
        "members:composition",
        COMPOSITION,
    ),
    (_("All terms"), _("every term of every seat"), "members:composition-history", TERMS, "group (CHAIR, RAG…)"),
    (
        _("Subjects"),
        _("the subjects on a day; in JSON with the whole Coordinator and Focal Points of each"),
        "subjects:subject-list",
        SUBJECTS,
        "sector (R, T, D, GS), state (listed…), vacancy (held, vacant, not-recorded)",
    ),
    (
        _("Coordinators and Focal Points"),
        _("one line an office; in JSON by subject"),
        "subjects:coordinator-list",
        COORDINATORS,
        "sector, vacancy",
    ),
    (
        _("Resolutions"),
        _("the mandates with their revisions; in JSON each revision by its parts"),
        "subjects:resolution-list",
        RESOLUTIONS,
        "body (PP, RA, WRC, WTSA, WTDC)",
    ),
    (
        _("Meetings"),
        _("the meetings of the group and of the bodies around it"),
        "meetings:meeting-list",
        MEETINGS,
        "body, state, when (coming, over), year, subject",
    ),
    (
        _("Documents"),
        _("the register of documents: those that everyone may see"),
        "meetings:document-list",
        DOCUMENTS,
        "meeting, type, year, subject",
    ),
    (
        _("Annual reports"),
        _("every published report, the newest first"),
        "reports:report-list",
        REPORTS,
    ),
]


def data_files():
    """All of them, in the page's language."""
    return [_data_file(*one) for one in FILES]


def _data_file(title, about, name, fields, filters=""):
    files = [(format.upper(), reverse(f"{name}-file", kwargs={"format": format})) for format in FORMATS]
    return DataFile(title, about, reverse(name), files, list(fields.items()), filters)
