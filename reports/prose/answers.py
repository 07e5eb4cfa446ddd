"""What the advisory groups did in the period with the reports that they got, and what they said (clause F3)."""

from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_date
from iscg_portal.terms import body_in_words
from reports.prose.sentences import joined, linked, paragraph, rendered, said


def answers(facts):
    """A sentence for each group, and its comments as it wrote them; blank where no group answered."""
    return joined(part for one in facts.answers for part in _answer(one))


def _answer(transmission):
    report = transmission.report
    facts = {"group": body_in_words(transmission.group_id), "report": linked(report.code, report.get_absolute_url())}
    facts["day"] = print_date(transmission.answered_on)
    if transmission.reply:
        yield paragraph(said(_("%(group)s commented on the report %(report)s (%(day)s):"), **facts))
        yield rendered(transmission.reply)
    elif transmission.meeting:
        facts["meeting"] = linked(transmission.meeting.name, transmission.meeting.get_absolute_url())
        yield paragraph(said(_("%(group)s noted the report %(report)s at its meeting %(meeting)s (%(day)s)."), **facts))
    else:
        yield paragraph(said(_("%(group)s noted the report %(report)s (%(day)s)."), **facts))
