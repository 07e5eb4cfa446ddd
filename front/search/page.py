"""The page of the search: what was asked, what was found, and how to ask for less."""

from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from front.search.asking import LONGEST, understand
from front.search.excerpts import marked, piece_of
from front.search.finding import Found, Narrowed, Pages, texts_of_files
from front.search.misses import count_miss
from iscg_portal.languages import HTML_LANG, PREFIX_OF_LANGUAGE, direction_of_language, in_brackets
from iscg_portal.tables import read_choice, read_page
from iscg_portal.tables.addresses import query_without
from iscg_portal.tenure.as_on import read_day
from iscg_portal.translated import text_in
from iscg_portal.web.public_page import public_page, takes
from meetings.filters import Question, read_year
from reports.models import AnnualReport

KINDS = {
    "person": gettext_lazy("Persons"),
    "subject": gettext_lazy("Subjects"),
    "page": gettext_lazy("Pages"),
    "resolution": gettext_lazy("Resolutions"),
    "unit": gettext_lazy("Study groups and Questions"),
    "activity": gettext_lazy("Activities"),
    "meeting": gettext_lazy("Meetings"),
    "agenda item": gettext_lazy("Agenda items"),
    "decision": gettext_lazy("Decisions and actions"),
    "document": gettext_lazy("Documents"),
    "report": gettext_lazy("Reports"),
    "key issue": gettext_lazy("Key issues"),
    "coordinators report": gettext_lazy("Coordinators’ reports"),
}
ONE_OF = {
    "person": gettext_lazy("Person"),
    "subject": gettext_lazy("Subject"),
    "page": pgettext_lazy("search", "Page"),
    "resolution": gettext_lazy("Resolution"),
    "unit": gettext_lazy("Study group or Question"),
    "activity": gettext_lazy("Activity"),
    "meeting": gettext_lazy("Meeting"),
    "agenda item": gettext_lazy("Agenda item"),
    "decision": gettext_lazy("Decision or action"),
    "document": gettext_lazy("Document"),
    "report": gettext_lazy("Report"),
    "key issue": gettext_lazy("Key issue"),
    "coordinators report": gettext_lazy("Coordinator’s report"),
}
MARK = "<mark>"
NAMES = dict(settings.LANGUAGES)


class ShownWords(NamedTuple):
    """A piece of text as HTML, with the language and the direction that it has where they are not the page's."""

    html: SafeString
    lang: str = ""
    dir: str = ""


class Withdrawn(NamedTuple):
    """That a record is withdrawn: the word, blank for that of a document; why, and in which language that stands."""

    word: str
    because: str
    language: str


class Hit(NamedTuple):
    """One line of what was found."""

    kind: str
    href: str
    title: ShownWords
    line: ShownWords | None
    piece: ShownWords | None
    in_file: str
    is_over: bool
    withdrawn: Withdrawn | None = None


@public_page
@takes("q", "kind", "year", "language", "on", "page")
def search(request):
    """What everything public has of the words that were typed. At most five queries, also where nothing has them."""
    day = read_day(request)
    typed = _typed(request)
    narrowed = Narrowed(
        read_choice(request, "kind", KINDS),
        read_year(request),
        _language(request),
    )
    asked = understand(typed)
    context = {"typed": asked.typed, "asked": asked, "longest": LONGEST, "narrowed": narrowed, "no_search": True}
    context |= day.context
    if asked:
        context |= _found(request, asked, narrowed, day)
    return render(request, "front/search.html", context)


def _typed(request):
    values = request.GET.getlist("q")
    if len(values) > 1:
        raise BadRequest(_("The address gives “%(name)s” more than once.") % {"name": "q"})
    return values[0] if values else ""


def _language(request):
    prefixes = {prefix: code for code, prefix in PREFIX_OF_LANGUAGE.items()}
    return prefixes.get(read_choice(request, "language", prefixes), "")


def _found(request, asked, narrowed, day):
    """On the first page the entries are read before they are counted: so a miss is known without counting."""
    found = Found(asked, narrowed, day.on, request.GET.getlist("page") in ([], ["1"]))
    page = None if found.is_missed else read_page(request, Pages(found))
    entries = list(page.object_list) if page else found.first
    if not narrowed and found.is_missed:
        count_miss(asked.typed, get_language())
    texts = texts_of_files(entries)
    return {
        "found": found,
        "page": page,
        "query": query_without(request, "page"),
        "hits": [hit_of(entry, asked.words, texts, day) for entry in entries],
        "questions": _questions(found, narrowed),
    }


def _questions(found, narrowed):
    kinds = [(kind, f"{label}{in_brackets(found.kinds[kind])}") for kind, label in KINDS.items() if found.kinds[kind]]
    if narrowed.kind and narrowed.kind not in dict(kinds):
        kinds.append((narrowed.kind, KINDS[narrowed.kind]))
    years = sorted({*found.years, *([narrowed.year] if narrowed.year else [])}, reverse=True)
    languages = [(PREFIX_OF_LANGUAGE[code], text_in(HTML_LANG[code], name)) for code, name in settings.LANGUAGES]
    asked_language = PREFIX_OF_LANGUAGE.get(narrowed.language, "")
    return [
        Question("kind", _("Kind"), kinds, narrowed.kind),
        Question("year", _("Year"), [(str(year), str(year)) for year in years], str(narrowed.year or "")),
        Question("language", _("Language"), languages, asked_language),
    ]


def hit_of(entry, words, texts, day) -> Hit:
    """An entry as a reader of the active language sees it."""
    language = get_language()
    titles = entry.texts_in("titles", language)
    code, title = titles[0] if titles else ("", entry.record)
    lines = entry.texts_in("lines", language)
    head = _shown(marked(title, words), code)
    line = _shown(marked(lines[0][1], words), lines[0][0]) if lines else None
    is_seen = any(MARK in shown.html for shown in (head, line) if shown)
    piece, in_file = _piece(entry, words, texts, language, is_seen)
    is_over = entry.ended_on is not None and entry.ended_on <= day.on
    return Hit(
        ONE_OF.get(entry.kind, entry.kind),
        f"/{PREFIX_OF_LANGUAGE[language]}/{entry.address}{day.query if entry.takes_day else ''}",
        head,
        line,
        piece,
        in_file,
        is_over,
        _withdrawn(entry) if is_over else None,
    )


def _withdrawn(entry):
    word = AnnualReport.State.WITHDRAWN.label if entry.kind == "report" else ""
    said = entry.shown.get("withdrawn")
    return said and Withdrawn(word, *said)


def _piece(entry, words, texts, language, is_seen):
    """Of the texts of the record, then of its files, then of its titles in other languages: the first with a word.

    Where title or line have one (`is_seen`), only what stands in the page's language is of use, and the files.
    """
    own = (language, "")
    for code, text in entry.texts_in("texts", language):
        if (code in own or not is_seen) and (html := piece_of(text, words)):
            return _shown(html, code), ""
    for code, sha256 in sorted(entry.files, key=lambda pair: pair[0] != language):
        if html := piece_of(texts.get(sha256, ""), words):
            return _shown(html, code), NAMES[code]
    for what in () if is_seen else ("titles", "lines"):
        for code, text in entry.texts_in(what, language)[1:]:
            if html := piece_of(text, words):
                return _shown(html, code), ""
    beginnings = [(code, text) for code, text in entry.texts_in("texts", language) if code in own]
    return (_shown(marked(_beginning(beginnings[0][1]), ()), beginnings[0][0]), "") if beginnings else (None, "")


def _beginning(text):
    line = text.strip().partition("\n")[0]
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rpartition(' ')[0]} …"


def _shown(html, code):
    if not code or code == get_language():
        return ShownWords(html)
    return ShownWords(html, HTML_LANG[code], direction_of_language(code))
