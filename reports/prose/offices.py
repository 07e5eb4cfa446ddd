"""Who took and left which office, as sentences; who follows another on one day is told with the one before."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iscg_portal.bodies import GroupCode
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import with_semicolons
from iscg_portal.terms import body_in_words
from reports.prose.sentences import joined, linked, paragraph, said

CHAIR = {
    "began": in_forms("%(person)s became Chair of the group (%(day)s)."),
    "ended": in_forms("%(person)s ceased to be Chair of the group (%(day)s)."),
    "continues": in_forms("%(person)s continued as Chair of the group (%(day)s)."),
    "first recorded": in_forms("%(person)s is first recorded as Chair of the group (%(day)s)."),
    "last recorded": in_forms("%(person)s is last recorded as Chair of the group (%(day)s)."),
}
AFTER_A_CHAIR = {"began": in_forms("%(person)s took the place of %(before)s as Chair of the group (%(day)s).")}
REPRESENTATIVE = {
    "began": in_forms("%(person)s became a representative of %(group)s (%(day)s)."),
    "ended": in_forms("%(person)s ceased to be a representative of %(group)s (%(day)s)."),
    "continues": in_forms("%(person)s continued as a representative of %(group)s (%(day)s)."),
    "first recorded": in_forms("%(person)s is first recorded as a representative of %(group)s (%(day)s)."),
    "last recorded": in_forms("%(person)s is last recorded as a representative of %(group)s (%(day)s)."),
}
AFTER_A_REPRESENTATIVE = {
    "began": in_forms("%(person)s took the place of %(before)s as a representative of %(group)s (%(day)s).")
}
COORDINATOR = {
    "began": in_forms("%(person)s became its Coordinator (%(day)s)."),
    "ended": in_forms("%(person)s ceased to be its Coordinator (%(day)s)."),
    "continues": in_forms("%(person)s continued as its Coordinator (%(day)s)."),
    "first recorded": in_forms("%(person)s is first recorded as its Coordinator (%(day)s)."),
    "last recorded": in_forms("%(person)s is last recorded as its Coordinator (%(day)s)."),
}
AFTER_A_COORDINATOR = {"began": in_forms("%(person)s took the place of %(before)s as its Coordinator (%(day)s).")}
FOCAL_POINT = {
    "began": gettext_noop("%(person)s became its Focal Point for %(group)s (%(day)s)."),
    "ended": gettext_noop("%(person)s ceased to be its Focal Point for %(group)s (%(day)s)."),
    "continues": gettext_noop("%(person)s continued as its Focal Point for %(group)s (%(day)s)."),
    "first recorded": gettext_noop("%(person)s is first recorded as its Focal Point for %(group)s (%(day)s)."),
    "last recorded": gettext_noop("%(person)s is last recorded as its Focal Point for %(group)s (%(day)s)."),
}
SECRETARIAT = {
    "began": gettext_noop("%(person)s became its focal point in the secretariat, %(group)s (%(day)s)."),
    "ended": gettext_noop("%(person)s ceased to be its focal point in the secretariat, %(group)s (%(day)s)."),
    "continues": gettext_noop("%(person)s continued as its focal point in the secretariat, %(group)s (%(day)s)."),
    "first recorded": gettext_noop(
        "%(person)s is first recorded as its focal point in the secretariat, %(group)s (%(day)s)."
    ),
    "last recorded": gettext_noop(
        "%(person)s is last recorded as its focal point in the secretariat, %(group)s (%(day)s)."
    ),
}


def appointments(facts):
    """What changed in the seven seats in the period."""
    told = list(_sentences([one for one in facts.events if one.topic == "seats"]))
    said_nothing = _("No change in the seven seats is on record for the period.")
    return joined([paragraph(*told) if told else paragraph(said_nothing), _chair_remark(facts)])


def of_subject(events):
    """What changed among the Coordinators and Focal Points of one subject."""
    return list(_sentences(events))


def _chair_remark(facts):
    remark = facts.composition.chair_remark
    return paragraph(linked(remark, composition_url(facts))) if remark else ""


def composition_url(facts):
    """Where the seven seats stand as on the last day that is told."""
    return f"{reverse('members:composition')}?on={facts.as_on.isoformat()}"


def _sentences(events):
    named = [(event, (_office(event), event.on), holder) for event in events if (holder := event.holder)]
    ended = {key: holder for event, key, holder in named if event.kind == "ended"}
    followed = {key for event, key, _holder in named if event.kind == "began"}
    for event, key, holder in named:
        if event.kind == "ended" and key in followed:
            continue
        before = ended.get(key) if event.kind == "began" else None
        yield said(of_holder(_words(event, before), holder), **_facts(event, holder, before))


def _office(event):
    """One holder follows another in it; of Focal Points there may be several."""
    return event.seat_id if event.topic == "seats" else (event.where, event.body or "Coordinator")


def _facts(event, holder, before):
    url = event.about.person.get_absolute_url() if event.about.person_id else ""
    return {
        "person": linked(holder, url),
        "before": before or "",
        "group": body_in_words(event.group if event.topic == "seats" else event.body),
        "day": with_semicolons((event.printed, _decision(event))),
    }


def _decision(event):
    """The document by which it was decided."""
    term = event.about
    return term.ends_decision if event.is_end else term.starts_decision if event.kind == "began" else ""


def _words(event, before):
    if event.topic == "seats":
        chair, representative = (AFTER_A_CHAIR, AFTER_A_REPRESENTATIVE) if before else (CHAIR, REPRESENTATIVE)
        return (representative if event.group else chair)[event.kind]
    if not event.body:
        return (AFTER_A_COORDINATOR if before else COORDINATOR)[event.kind]
    return (FOCAL_POINT if event.body in GroupCode.values else SECRETARIAT)[event.kind]
