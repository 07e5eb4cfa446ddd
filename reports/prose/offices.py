"""Who took and left which office, as sentences; who follows another on one day is told with the one before."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.honorifics import in_forms, of_holder, of_holders
from iscg_portal.languages import with_semicolons
from reports.prose.sentences import joined, linked, listed, paragraph, said

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
BOTH_REPRESENTATIVES = {
    "began": in_forms("%(persons)s became the representatives of %(group)s (%(day)s)."),
    "first recorded": in_forms("%(persons)s are first recorded as the representatives of %(group)s (%(day)s)."),
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
    "began": in_forms("%(person)s became its Focal Point for %(group)s (%(day)s)."),
    "ended": in_forms("%(person)s ceased to be its Focal Point for %(group)s (%(day)s)."),
    "continues": in_forms("%(person)s continued as its Focal Point for %(group)s (%(day)s)."),
    "first recorded": in_forms("%(person)s is first recorded as its Focal Point for %(group)s (%(day)s)."),
    "last recorded": in_forms("%(person)s is last recorded as its Focal Point for %(group)s (%(day)s)."),
}
SECRETARIAT = {
    "began": in_forms("%(person)s became its focal point in the secretariat, %(group)s (%(day)s)."),
    "ended": in_forms("%(person)s ceased to be its focal point in the secretariat, %(group)s (%(day)s)."),
    "continues": in_forms("%(person)s continued as its focal point in the secretariat, %(group)s (%(day)s)."),
    "first recorded": in_forms(
        "%(person)s is first recorded as its focal point in the secretariat, %(group)s (%(day)s)."
    ),
    "last recorded": in_forms(
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
    told = [
        (event, holder, ended.get(key) if event.kind == "began" else None)
        for event, key, holder in named
        if event.kind != "ended" or key not in followed
    ]
    for (event, holder, before), *others in _joined(told):
        facts = _facts(event, holder, before)
        if not others:
            yield said(of_holder(_words(event, before), holder), **facts)
            continue
        names = [holder, *(other for _event, other, _before in others)]
        facts["persons"] = listed([facts["person"], *(_linked(one, other) for one, other, _before in others)])
        yield said(of_holders(BOTH_REPRESENTATIVES[event.kind], names), **facts)


def _joined(told):
    """What is told, in lists: together the two of a group of whom the same is said of the same day."""

    def said_alike(one):
        event, _holder, before = one
        is_alike = event.topic == "seats" and event.group and event.kind in BOTH_REPRESENTATIVES and not before
        return (event.group, event.kind, event.on, event.printed, _decision(event)) if is_alike else id(event)

    alike = defaultdict(list)
    for one in told:
        alike[said_alike(one)].append(one)
    return alike.values()


def _office(event):
    """One holder follows another in it; of Focal Points there may be several."""
    return event.seat_id if event.topic == "seats" else (event.where, event.body or "Coordinator")


def _facts(event, holder, before):
    return {
        "person": _linked(event, holder),
        "before": before or "",
        "group": body_in_words(event.group if event.topic == "seats" else event.body),
        "day": with_semicolons((event.printed, _decision(event))),
    }


def _linked(event, holder):
    return linked(holder, event.about.person.get_absolute_url() if event.about.person_id else "")


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
