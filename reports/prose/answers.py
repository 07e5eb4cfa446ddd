"""What the advisory groups did in the period with the reports that they got, and what they said (clause F3)."""

from django.utils.translation import gettext as _

from iscg_portal.fixed_terms import body_in_words, document_number
from iscg_portal.tenure.dates import print_date
from reports.prose.meetings import link
from reports.prose.sentences import heading, joined, linked, paragraph, rendered, said, with_brackets


def answers(facts):
    """A sentence for each answer, and comments as the group wrote them, below a heading; blank where there is none."""
    told = [part for one in facts.answers for part in _answer(one)]
    return joined([heading(_("What the advisory groups said of earlier reports")), *told] if told else [])


def _named(report):
    """“ISCG/25-3/07 (2025)”; of a report without a number its code."""
    if not report.number:
        return report.code
    return with_brackets(document_number(report.number), report.code)


def _answer(answer):
    report, meeting = answer.transmission.report, answer.meeting
    facts = {"group": body_in_words(answer.transmission.group_id), "day": print_date(answer.said_on)}
    facts["report"] = linked(_named(report), report.get_absolute_url())
    facts["meeting"] = meeting and link(meeting)
    if answer.text and meeting:
        sentence = _("%(group)s commented on the report %(report)s at its meeting %(meeting)s (%(day)s):")
    elif answer.text:
        sentence = _("%(group)s commented on the report %(report)s (%(day)s):")
    elif meeting:
        sentence = _("%(group)s noted the report %(report)s at its meeting %(meeting)s (%(day)s).")
    else:
        sentence = _("%(group)s noted the report %(report)s (%(day)s).")
    yield paragraph(said(sentence, **facts))
    if answer.text:
        yield rendered(answer.text_shown)
