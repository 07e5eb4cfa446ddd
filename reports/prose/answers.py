"""What the advisory groups did in the period with the reports that they got, and what they said (clause F3)."""

from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_date
from iscg_portal.terms import body_in_words
from reports.prose.sentences import joined, linked, paragraph, rendered, said


def answers(facts):
    """A sentence for each answer, and comments as the group wrote them; blank where no group answered."""
    return joined(part for one in facts.answers for part in _answer(one))


def _answer(answer):
    report, meeting = answer.transmission.report, answer.meeting
    facts = {"group": body_in_words(answer.transmission.group_id), "day": print_date(answer.said_on)}
    facts["report"] = linked(report.code, report.get_absolute_url())
    facts["meeting"] = meeting and linked(meeting.name, meeting.get_absolute_url())
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
