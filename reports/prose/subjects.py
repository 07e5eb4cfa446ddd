"""What a report says of each subject: who coordinates it, what was done, what its Coordinator reports (A1, A2, A4)."""

from collections import defaultdict

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.fixed_terms import place_name
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import with_commas
from iscg_portal.scheduled import CALLED_OFF, State
from reports.prose.meetings import decision_line, link, public_url, with_days
from reports.prose.offices import of_subject
from reports.prose.papers import numbers
from reports.prose.sentences import bullets, heading, joined, linked, listed, paragraph, rendered, said, together
from studies.models.activity_words import region_in_words

PART_NAMES = {  # without the guidance to the secretariat, which stays inside the group and the secretariat (A3)
    "activities": gettext_lazy("Activities examined"),
    "duplication": gettext_lazy("Duplication found or avoided"),
    "organizations": gettext_lazy("External organizations"),
    "results": gettext_lazy("Results"),
    "next_steps": gettext_lazy("Next steps"),
}
REPORTED = in_forms("%(person)s, its Coordinator, reported to %(meeting)s.")
REPORTED_AS_FOLLOWS = in_forms("%(person)s, its Coordinator, reported to %(meeting)s as follows.")
OF_LIST = {
    "began": gettext_lazy("It came onto the list of subjects (%(day)s)."),
    "ended": gettext_lazy("It was taken off the list of subjects (%(day)s)."),
    "first recorded": gettext_lazy("It is first recorded on the list of subjects (%(day)s)."),
    "last recorded": gettext_lazy("It is last recorded on the list of subjects (%(day)s)."),
}
OF_MANDATES = {
    "began": gettext_lazy("%(resolution)s became one of its mandates (%(day)s)."),
    "ended": gettext_lazy("%(resolution)s ceased to be one of its mandates (%(day)s)."),
    "first recorded": gettext_lazy("%(resolution)s is first recorded among its mandates (%(day)s)."),
    "last recorded": gettext_lazy("%(resolution)s is last recorded among its mandates (%(day)s)."),
}
OF_ACTIVITIES = {
    "held": gettext_lazy("%(activity)s was held (%(when)s)."),
    "announced": gettext_lazy("%(activity)s was announced (%(when)s); whether it was held is not recorded."),
    "cancelled": gettext_lazy("%(activity)s was cancelled (%(when)s)."),
    "postponed": gettext_lazy("%(activity)s was postponed (%(when)s)."),
}


class _Told(defaultdict):
    """What there is to tell of each subject, by its code and the kind of it."""

    def __init__(self):
        super().__init__(lambda: defaultdict(list))


def by_subject(facts, only=""):
    """The text of each subject of which there is something to tell, below its heading, by its slug.

    They are in the order of the codes. With a slug that one alone.
    """
    told, subjects = _told(facts), {one.code: one for one in facts.subjects}
    there = [subjects[code] for code in sorted(told) if code in subjects]
    there = [subject for subject in there if only in ("", subject.slug)]
    return {subject.slug: joined(_subject(subject, told[subject.code], facts.as_on)) for subject in there}


def nothing():
    """What stands where there is none."""
    return paragraph(_("Nothing is on record of any subject for the period."))


def _told(facts):
    told = _Told()
    for event in facts.events:
        if event.topic in ("listings", "mandates", "offices"):
            told[event.where][event.topic].append(event)
    for report in facts.received:
        told[report.subject.code]["reports"].append(report)
    for document in facts.papers.documents:
        for code in document.subject_codes:
            told[code]["papers"].append(document)
    for issue in facts.issues:
        if issue.subject:
            told[issue.subject.code]["issues"].append(issue)
    for decision in facts.papers.decisions:
        if decision.subject:
            told[decision.subject.code]["decisions"].append(decision)
    meetings = {meeting.pk: meeting for meeting in [*facts.meetings, *facts.of_groups] if meeting.state == State.HELD}
    places = {pk: place for place, pk in enumerate(meetings)}
    for item in sorted(facts.papers.agenda, key=lambda one: places.get(one.meeting_id, -1)):
        for code in item.subject_codes:
            if item.meeting_id in meetings and meetings[item.meeting_id] not in told[code]["agendas"]:
                told[code]["agendas"].append(meetings[item.meeting_id])
    for meeting in facts.meetings:
        if meeting.subject_id:
            told[meeting.subject.code]["meetings"].append(meeting)
    for activity in facts.activities:
        for code in activity.subject_codes:
            told[code]["activities"].append(activity)
    return told


def _subject(subject, told, as_on):
    yield heading(
        said(
            _("%(subject)s: %(title)s"),
            subject=linked(subject.code, subject.get_absolute_url()),
            title=subject.title_shown,
        )
    )
    yield paragraph(*_list_and_mandates(told), *of_subject(told["offices"]))
    yield paragraph(*_work(told))
    if told["decisions"]:
        yield paragraph(_("Meetings decided about it, or agreed on who does what:"))
        yield bullets(decision_line(one, as_on, with_meeting=True) for one in told["decisions"])
    yield paragraph(*(_issue(one, as_on) for one in told["issues"]))
    for report in told["reports"]:
        yield from _report(report)


def _issue(issue, as_on):
    """With whom it is raised, what it says, how it stands on the last day, and what was answered by then."""
    state = issue.state_on(as_on)
    words = {
        "addressee": linked(issue.get_addressee_display(), issue.get_absolute_url()),
        "issue": issue.text("statement"),
        "state": state.label,
    }
    first = said(_("A key issue was raised with the %(addressee)s (%(state)s): %(issue)s"), **words)
    is_answered = issue.answer and issue.answered_on and issue.answered_on <= as_on
    return together(first, said(_("The answer: %(answer)s"), answer=issue.text("answer")) if is_answered else "")


def _list_and_mandates(told):
    for event in told["listings"]:
        yield said(OF_LIST[event.kind], day=event.printed)
    for event in told["mandates"]:
        resolution = event.about.resolution
        words = {"resolution": linked(resolution, resolution.get_absolute_url()), "day": event.printed}
        yield said(OF_MANDATES[event.kind], **words)


def _work(told):
    if told["meetings"]:
        yield said(_("Its Coordinators met: %(meetings)s."), meetings=listed(map(with_days, told["meetings"])))
    if told["agendas"]:
        yield said(_("It was on the agenda of %(meetings)s."), meetings=listed(map(link, told["agendas"])))
    if papers := told["papers"]:
        sentence = ngettext("The paper %(papers)s is about it.", "The papers %(papers)s are about it.", len(papers))
        yield said(sentence, papers=numbers(papers))
    for activity in told["activities"]:
        yield _activity(activity)


def _activity(activity):
    state = activity.state if activity.state in (State.HELD, *CALLED_OFF) else "announced"
    when = with_commas((activity.dates, place_name(activity.place), *map(region_in_words, activity.regions)))
    name = linked(activity.text("title"), activity.get_absolute_url())
    return said(OF_ACTIVITIES[state], activity=name, when=when)


def _report(report):
    """The five parts that are public, each below its name."""
    words = {"person": linked(report.person, public_url(report)), "meeting": link(report.meeting)}
    shown = {} if report.is_internal else PART_NAMES
    parts = [(name, report.text(name)) for name in shown if getattr(report, name).strip()]
    if not parts:
        yield paragraph(said(of_holder(REPORTED, report.person), **words))
        return
    yield paragraph(said(of_holder(REPORTED_AS_FOLLOWS, report.person), **words))
    for name, text in parts:
        yield format_html("<h4>{}</h4>", PART_NAMES[name])
        yield rendered(text)
