"""Editions of the list as their pages print them: the stored rows only, and the editions there are."""

import datetime
import re

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.fragments import remembered
from iscg_portal.prepared import ask
from iscg_portal.tenure.dates import print_date
from iscg_portal.translated import HTML_LANG
from members.rows import CSS_OF_STATE
from members.url_base import url_base
from subjects.models import Edition
from subjects.rows import state_words

SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def find_edition(text):
    """The edition adopted on the date that an address names; None for another date and for nonsense."""
    if not SHAPE.fullmatch(text):
        return None
    try:
        adopted_on = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return Edition.objects.filter(adopted_on=adopted_on).first()


def edition_rows(page):
    """The rows of one page of an edition as stored: the words of that day, whatever changed since. One query."""
    stored = page.object_list.values_list("code", "titles", "scope", "mandates", "coordinator", "coordinator_state")
    return _edition_row.each([_facts(*row) for row in stored])


def _facts(code, titles, scope, mandates, coordinator, state):
    citations = tuple(mandate["citation"] for mandate in mandates)
    return code, *title_in_page_language(titles), tuple(scope), citations, coordinator, state


@remembered
def _edition_row(facts):
    code, title, lang, scope, citations, coordinator, state = facts
    row = {
        "code": code,
        "title": title,
        "lang": lang,
        "scope": scope,
        "citations": citations,
        "coordinator": coordinator,
        "css": CSS_OF_STATE[state],
        "state": state_words().get(state, ""),
    }
    return render_to_string("subjects/_edition_row.html", {"row": row})


def title_in_page_language(titles):
    """(title, language to mark it with): the page's own, else English, else any that was stored."""
    language = get_language() or "en"
    own = HTML_LANG.get(language, language)
    for code in (own, "en", *titles):
        if titles.get(code):
            return titles[code], "" if code == own else code
    return "", ""


def editions_adopted(on):
    """The editions adopted by a day, the newest first, for lists of links. One query."""
    base = url_base("subjects:edition-detail")
    for adopted_on, document, withdrawn_because in ask(_adopted, on):
        yield {
            "url": f"{base}{adopted_on.isoformat()}/",
            "name": _("Edition of %(date)s") % {"date": print_date(adopted_on)},
            "document": document,
            "withdrawn": bool(withdrawn_because),
        }


def _adopted(on):
    editions = Edition.objects.filter(adopted_on__lte=on).order_by("-adopted_on")
    return editions.values_list("adopted_on", "document", "withdrawn_because")
