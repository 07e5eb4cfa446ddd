"""Rows as the pages' tables show them: each is made from the facts of one meeting or document, and remembered."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fragments import joined, remembered
from iscg_portal.tenure.dates import print_date
from iscg_portal.translated import HTML_LANG
from meetings.numbers import LANGUAGE_LETTERS

LANGUAGE_NAMES = dict(settings.LANGUAGES)


def meeting_rows(meetings):
    """The rows of the list of meetings."""
    return joined(_meeting_row(row, row.title.lang) for row in meetings)


@remembered
def _meeting_row(row, lang):
    return render_to_string("meetings/_meeting_row.html", {"row": row, "lang": lang, "sector": sector_of(row.body)})


def sector_of(body):
    """The letter of the Sector of an advisory group; blank for other bodies."""
    return GroupCode(body).sector if body in GroupCode.values else ""


def document_rows(documents):
    """The rows of the register."""
    return joined(_document_row(row, row.title.lang) for row in documents)


@remembered
def _document_row(row, lang):
    dated = print_date(row.dated_on) if row.dated_on else ""
    letters = _letters(row.slug, row.files) if row.files else ()
    context = {"row": row, "lang": lang, "dated": dated, "letters": letters}
    return render_to_string("meetings/_document_row.html", context)


def file_links(slug, files):
    """What is said of each file: the language in that language itself, the kind, the size."""
    return [
        {
            "url": file.address(slug),
            "hreflang": HTML_LANG.get(file.language, file.language),
            "name": LANGUAGE_NAMES[file.language],
            "kind": file.kind.upper(),
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in files
    ]


def _letters(slug, files):
    """A place for each of the six languages: its letter, and the file where there is one."""
    links = {link["hreflang"]: link for link in file_links(slug, files)}
    return [(letter, links.get(HTML_LANG.get(code, code))) for code, letter in LANGUAGE_LETTERS.items()]


def deadline_rows(dossier):
    """The deadlines as printed, the first one due first: each with its hour and “Geneva time”."""
    return [{"label": each.label, "due": _due(dossier.meeting, each)} for each in dossier.deadlines]


def _due(meeting, deadline):
    hour = _("%(hour)s Geneva time") % {"hour": f"{deadline.hour:%H:%M}"}
    if deadline.due_on:
        return f"{print_date(deadline.due_on)}, {hour}"
    if not meeting.takes_place:
        return meeting.state_label
    days = {"days": deadline.days_before, "hour": hour}
    return _("%(days)d days before the meeting, whose day is not known yet, at %(hour)s") % days
