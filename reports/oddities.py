"""What is odd about a report before it is frozen: whoever publishes it reads this above its text (rule 18).

The apps above register what they alone know, from their `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE, in_a_row
from iscg_portal.tenure.dates import print_moment
from meetings.models import Document, Meeting
from members.models import ChairTerm, Representative
from members.models.groups import CHAIR
from reports.acts.blocks import as_markdown, moved
from reports.composing import block_names, generated
from reports.facts import Facts
from reports.models import AnnualReport, CoordinatorReport
from subjects.models import Coordinator


class Oddity(NamedTuple):
    """A sentence, and the record at which it is mended, where there is one: its model and key."""

    sentence: str
    model: type[models.Model] | None = None
    pk: int | None = None


checks: list[Callable[[AnnualReport, Facts], Iterable[Oddity]]] = []


def register(check):
    """Let `check(report, facts)` give further oddities."""
    checks.append(check)


def oddities(report, facts) -> list[Oddity]:
    """Everything that is odd, in the active language; empty where nothing is."""
    blocks = list(report.blocks.all())
    found = [*_number(report), *(_evidence(facts) if report.is_whole else ()), *_meetings(facts), *_drafts(facts)]
    found += _comments(report)
    for check in checks:
        found += check(report, facts)
    called = block_names(facts)
    return [*found, *_untranslated(report, blocks, called), *_moved(report, facts, blocks, called)]


def _number(report):
    document = Document.objects.filter(number=report.number).first() if report.number else None
    if document:
        words = {"number": report.number, "title": document.text("title")}
        yield Oddity(
            _("Its number %(number)s is that of a document in the register: %(title)s.") % words, Document, document.pk
        )


def _evidence(facts):
    """Offices that the report shows as held, on evidence that is more than a year older than its last day."""
    offices = [
        (ChairTerm if seat.code == CHAIR else Representative, seat.seat_name, seat.office.tenure)
        for seat in facts.composition.seats
    ]
    offices += [(Coordinator, subject.code, subject.office.tenure) for subject in facts.listed]
    for model, office, term in offices:
        if term and (old := term.old_evidence(facts.as_on)):
            words = {"person": term.person, "office": office, "old": old}
            yield Oddity(_("%(person)s, %(office)s: %(old)s.") % words, model, term.pk)


def _meetings(facts):
    for meeting in facts.announced:
        words = {"meeting": meeting.name, "days": meeting.dates}
        said = _("%(meeting)s: announced for %(days)s; whether it was held is not recorded.")
        yield Oddity(said % words, Meeting, meeting.pk)
    for meeting in facts.meetings:
        if not meeting.text("result"):
            yield Oddity(
                _("%(meeting)s: it was held, and has no result.") % {"meeting": meeting.name}, Meeting, meeting.pk
            )


def _drafts(facts):
    """Coordinators' reports that stand on record without the day on which they were received."""
    drafts = CoordinatorReport.objects.filter(received_on=None, meeting__in=meetings_of(facts))
    for draft in drafts.select_related("subject", "meeting", "person"):
        words = {"subject": draft.subject.code, "person": draft.person, "meeting": draft.meeting.name}
        said = _("%(subject)s: the report of %(person)s to %(meeting)s is a draft and not received.")
        yield Oddity(said % words, CoordinatorReport, draft.pk)


def meetings_of(facts):
    """The meetings of the period whose Coordinators' reports belong to the report: those held, or perhaps held."""
    return [*facts.meetings, *facts.announced]


def _comments(report):
    """What the Chair said of the draft, and what is not answered; or that nothing was said."""
    comments = report.comments.select_related("by")
    if not comments:
        yield Oddity(_("The Chair has not commented on this draft."))
    for said in comments:
        words = {"who": said.by, "day": print_moment(said.at), "comment": said.text}
        told = _("%(who)s commented on %(day)s: %(comment)s")
        if not said.answered_at:
            told = _("%(who)s commented on %(day)s, and it is not answered: %(comment)s")
        yield Oddity(told % words)


def _untranslated(report, blocks, called):
    """What was written by hand and not translated: it stands in the original language there, with a note."""
    names, original = dict(settings.LANGUAGES), PREFIX_OF_LANGUAGE[report.original_language]
    for prefix in sorted(LANGUAGE_OF_PREFIX):
        edited = [block for block in blocks if _lacks(block, original, prefix)]
        if edited:
            words = {"language": names[LANGUAGE_OF_PREFIX[prefix]], "original": names[report.original_language]}
            words["blocks"] = in_a_row(called.get(block.key, block.key) for block in edited)
            yield Oddity(_("%(language)s: these blocks stand in %(original)s: %(blocks)s.") % words)


def _lacks(block, original, prefix):
    texts = block.texts if block.mode == block.Mode.EDITED else {}
    return bool(texts.get(original)) and not texts.get(prefix)


def _moved(report, facts, blocks, called):
    with override(report.original_language):
        made = {key: as_markdown(block) for key, block in generated(report, facts).items()}
    for block in blocks:
        if moved(report, block, made.get(block.key, "")):
            said = _("“%(block)s” was written by hand, and the record has moved since.")
            yield Oddity(said % {"block": called.get(block.key, block.key)})
