"""What clauses A0, A3 and F1 ask of the subjects on the list, and where the record falls short of it on a day."""

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.bodies import SECRETARIAT_BODIES, FocalPointBody
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import listed, with_colon, with_full_stop
from iscg_portal.tenure.office_on import OfficeState
from secretariat.findings import NOT_RECORDED, OPEN, Finding, topic
from subjects import theme_rule
from subjects.models import Edition, Subject
from subjects.models.resolutions import of_verdicts
from subjects.models.subjects import in_office_state, lacks_focal_points

COORDINATOR_VACANT = topic("A0", OPEN, "%(count)d subject has no Coordinator", "%(count)d subjects have no Coordinator")
COORDINATOR_NOT_RECORDED = topic(
    "A0",
    NOT_RECORDED,
    "%(count)d subject with no Coordinator recorded",
    "%(count)d subjects with no Coordinator recorded",
)
FOCAL_POINT_MISSING = topic(
    "A0", OPEN, "%(count)d subject lacks a Focal Point", "%(count)d subjects lack a Focal Point"
)
FOCAL_POINT_NOT_RECORDED = topic(
    "A0",
    NOT_RECORDED,
    "%(count)d subject with Focal Points not recorded",
    "%(count)d subjects with Focal Points not recorded",
)
SECRETARIAT_MISSING = topic(
    "A3", OPEN, "%(count)d subject lacks a secretariat focal point", "%(count)d subjects lack a secretariat focal point"
)
SECRETARIAT_NOT_RECORDED = topic(
    "A3",
    NOT_RECORDED,
    "%(count)d subject with secretariat focal points not recorded",
    "%(count)d subjects with secretariat focal points not recorded",
)
NOT_OF_MUTUAL_INTEREST = topic(
    "F1", OPEN, "%(count)d subject does not meet the theme rule", "%(count)d subjects do not meet the theme rule"
)
CANNOT_BE_TOLD = topic(
    "F1",
    NOT_RECORDED,
    "%(count)d subject for which the theme rule cannot be told",
    "%(count)d subjects for which the theme rule cannot be told",
)
NO_EDITION = topic("F1", NOT_RECORDED, "No edition of the list is recorded", "No edition of the list is recorded")


def to_count(on):
    """The rows that `ask_subjects` wants counted (see `secretariat.findings`)."""
    return {"editions": Edition.objects.filter(adopted_on__lte=on, withdrawn_because="")}


def conditions(on):
    """{topic: the condition under which a subject on the list belongs to it}; `tally_conditions` counts them."""
    groups = [body for body in FocalPointBody if body not in SECRETARIAT_BODIES]
    secretariat = [FocalPointBody(body) for body in SECRETARIAT_BODIES]
    verdicts = of_verdicts(on)
    return {
        NOT_OF_MUTUAL_INTEREST: verdicts[theme_rule.NOT_MET],
        CANNOT_BE_TOLD: verdicts[theme_rule.CANNOT_BE_TOLD],
        COORDINATOR_VACANT: in_office_state(OfficeState.VACANT, on),
        COORDINATOR_NOT_RECORDED: in_office_state(OfficeState.NOT_RECORDED, on),
        FOCAL_POINT_MISSING: lacks_focal_points(OfficeState.VACANT, groups, on),
        FOCAL_POINT_NOT_RECORDED: lacks_focal_points(OfficeState.NOT_RECORDED, groups, on),
        SECRETARIAT_MISSING: lacks_focal_points(OfficeState.VACANT, secretariat, on),
        SECRETARIAT_NOT_RECORDED: lacks_focal_points(OfficeState.NOT_RECORDED, secretariat, on),
    }


def ask_subjects(on, count):
    """Findings on the subjects that are on the list on a day; four queries, whatever their number."""
    subjects = Subject.objects.on_the_list(on).read_mandates(on).read_coordinator(on).read_focal_points(on)
    if not count["editions"]:
        sentence = _("No edition of the list, as adopted on a day, is recorded.")
        yield Finding(NO_EDITION, sentence, admin_address(Edition))
    for subject in subjects.order_by("code"):
        address = admin_address(Subject, subject.pk)
        yield from _theme_rule(subject, address)
        yield from _coordinator(subject, address)
        yield from ask_focal_points(subject, address)


def _theme_rule(subject, address):
    verdict = subject.theme
    if verdict.verdict != theme_rule.MET:
        topic = NOT_OF_MUTUAL_INTEREST if verdict.verdict == theme_rule.NOT_MET else CANNOT_BE_TOLD
        yield Finding(topic, with_full_stop(with_colon(subject.code, verdict.sentence)), address)


def _coordinator(subject, address):
    office = subject.office
    if office.state == OfficeState.VACANT:
        names = {"subject": subject.code, "since": office.since}
        sentence = _("%(subject)s: no Coordinator (%(since)s).") % names
        yield Finding(COORDINATOR_VACANT, sentence, address)
    elif office.state == OfficeState.NOT_RECORDED:
        sentence = _("%s: who coordinates it is not recorded.") % subject.code
        yield Finding(COORDINATOR_NOT_RECORDED, sentence, address)


def ask_focal_points(subject, address=""):
    """A Focal Point is missing where the record of the body is complete; else it is not recorded who it is."""
    for kind, bodies in _absent_focal_points(subject):
        named = {"subject": subject.code, "bodies": listed(map(initials, bodies), "or")}
        yield Finding(kind, _sentence_on(kind) % named, address)


def _absent_focal_points(subject):
    """(topic, bodies) of each finding on the Focal Points of a subject."""
    asked = (
        (subject.bodies_of_groups, FOCAL_POINT_MISSING, FOCAL_POINT_NOT_RECORDED),
        (subject.bodies_of_secretariat, SECRETARIAT_MISSING, SECRETARIAT_NOT_RECORDED),
    )
    for bodies, missing, not_recorded in asked:
        for state, kind in ((OfficeState.VACANT, missing), (OfficeState.NOT_RECORDED, not_recorded)):
            absent = [body.body for body in bodies if body.office.state == state]
            if absent:
                yield kind, absent


def _sentence_on(kind):
    return {
        FOCAL_POINT_MISSING: _("%(subject)s: no Focal Point for %(bodies)s."),
        FOCAL_POINT_NOT_RECORDED: _("%(subject)s: who is Focal Point for %(bodies)s is not recorded."),
        SECRETARIAT_MISSING: _("%(subject)s: no secretariat focal point for %(bodies)s."),
        SECRETARIAT_NOT_RECORDED: _("%(subject)s: who is secretariat focal point for %(bodies)s is not recorded."),
    }[kind]
