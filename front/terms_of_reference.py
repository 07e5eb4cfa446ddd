"""The Terms of Reference, clause by clause: in short, in full where a text is on record, and how each is kept today."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from iscg_portal.languages import HTML_LANG
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.web.public_page import public_page
from members.clauses import IN_SHORT, PARTS
from members.models import ClauseText, TermsOfReference
from members.models.groups import PROPOSED_ON
from secretariat.clause_states import Kept, how_kept, score

# A word with what follows it; in Chinese each sign is a word.
WORDS = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")


class Piece(NamedTuple):
    """A stretch of a text: `is_changed` where the other text does not have it."""

    text: str
    is_changed: bool


class WordingComparison(NamedTuple):
    """The older and the newer text, each in pieces."""

    older: list[Piece]
    newer: list[Piece]


def compare(older, newer) -> WordingComparison:
    """What was taken out of the older text, and what the newer one brought."""
    before, after = WORDS.findall(older), WORDS.findall(newer)
    plain = [[word.strip() for word in words] for words in (before, after)]
    # In long texts words that come very often anchor nothing: without that, repetitions would take minutes.
    matched = SequenceMatcher(None, *plain).get_opcodes()
    left = [Piece("".join(before[start:end]), tag != "equal") for tag, start, end, _from, _to in matched if end > start]
    right = [Piece("".join(after[start:end]), tag != "equal") for tag, _from, _to, start, end in matched if end > start]
    return WordingComparison(left, right)


# Where a reader sees for herself: the page, and its title; and a second page where one is not all.
WHERE = {
    "B1": ("subjects:resolution-list", gettext_lazy("Resolutions")),
    "F1": ("subjects:subject-list", gettext_lazy("Subjects")),
    "F2": ("studies:activity-list", gettext_lazy("Joint activities")),
    "F3": ("reports:report-list", gettext_lazy("Annual reports")),
    "A0": ("subjects:coordinator-list", gettext_lazy("Coordinators and Focal Points")),
    "A1": ("studies:mapping", gettext_lazy("Mapping of studies")),
    "A2": ("subjects:subject-list", gettext_lazy("Subjects")),
    "A3": ("subjects:coordinator-list", gettext_lazy("Coordinators and Focal Points")),
    "A4": ("reports:coordinator-report-list", gettext_lazy("Coordinators’ reports")),
    "C1": ("members:composition", gettext_lazy("Composition")),
    "C2": ("members:composition", gettext_lazy("Composition")),
    "C3": ("members:composition", gettext_lazy("Composition")),
    "C4": ("subjects:coordinator-list", gettext_lazy("Coordinators and Focal Points")),
    "C5": ("workspace:join", gettext_lazy("Take part")),
    "S1": ("meetings:document-list", gettext_lazy("Documents")),
    "W1": ("front:contact", gettext_lazy("Contact")),
    "W2": ("front:contact", gettext_lazy("Contact")),
    "W3": ("meetings:meeting-list", gettext_lazy("Meetings")),
    "W4": ("meetings:meeting-list", gettext_lazy("Meetings")),
    "W5": ("front:contact", gettext_lazy("Contact")),
}
ALSO = {"A1": ("reports:duplication-list", gettext_lazy("Duplications found and avoided"))}


class ShownClause(NamedTuple):
    """A clause on the page. `texts` are its texts on record, the newest first; `changed` compares the first two.

    `where` are pairs of an address and a title.
    """

    id: str
    short: str
    kept: Kept
    holds: str
    texts: list
    changed: WordingComparison | None
    changed_lang: str
    where: list


@public_page
def terms_of_reference(request):
    """Every clause, in the parts of the Terms of Reference; seven queries at most."""
    on = today()
    kept = how_kept(on)
    terms = TermsOfReference.objects.public().filter(effective_on__lte=on).first()
    texts = {}
    for text in ClauseText.objects.public().join_public("terms").order_by("-dated_on", "-pk"):
        texts.setdefault(text.clause, []).append(text)
    clauses = [_shown(clause, kept[clause], terms, texts.get(clause, []), on) for clause in IN_SHORT]
    parts = [(title, [one for one in clauses if one.id.startswith(letter)]) for letter, title in PARTS.items()]
    context = {"parts": parts, "terms": terms, "proposed_on": PROPOSED_ON, "score": score(kept), "number": len(clauses)}
    return render(request, "front/terms_of_reference.html", context)


def _shown(clause, kept, terms, texts, on):
    pages = [WHERE[clause], *([ALSO[clause]] if clause in ALSO else [])]
    where = [(reverse(page), title) for page, title in pages]
    for text in texts:
        text.holds = _holds(text.terms, on) or _proposed(text.dated_on)
    holds = _holds(terms, on) if terms else _proposed(PROPOSED_ON)
    changed, lang = _changed(texts)
    return ShownClause(clause, IN_SHORT[clause], kept, holds, texts, changed, lang, where)


def _holds(terms, on):
    """Since when it binds; from when, where that is to come (rule 17). Blank for a proposal."""
    if terms is None:
        return ""
    sentence = _("in effect since %(day)s") if terms.effective_on <= on else _("in effect from %(day)s")
    return sentence % {"day": print_date(terms.effective_on)}


def _proposed(day):
    return _("proposal of %(day)s") % {"day": print_date(day)}


def _changed(texts):
    """What the newest text changed in the one before, in a language of both, and that language if it is another."""
    if len(texts) < 2:
        return None, ""
    newer, older = (text.texts("wording") for text in texts[:2])
    own = HTML_LANG[get_language()]
    common = [lang for lang in (own, HTML_LANG[texts[0].original_language], *newer) if lang in newer and lang in older]
    if not common:
        return None, ""
    return compare(older[common[0]], newer[common[0]]), "" if common[0] == own else common[0]
