"""What clauses A0, A3 and F1 ask of the subjects on the list, and where the record falls short of it on a day."""

from babel.lists import format_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.languages import BABEL_LOCALES
from secretariat.findings import NOT_RECORDED, OPEN, Finding, admin_address, topic
from subjects import theme_rule
from subjects.models import Edition, FocalPoint, Subject

# Which advisory group and which Bureau answer for a Sector; the General Secretariat has no advisory group.
GROUP_OF_SECTOR = {"R": "RAG", "T": "TSAG", "D": "TDAG"}
SECRETARIAT_OF_SECTOR = {"R": "BR", "T": "TSB", "D": "BDT", "GS": "GS"}

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


def ask_subjects(on, count):
    """Findings on the subjects that are on the list on a day; four queries, whatever their number."""
    subjects = Subject.objects.on_the_list(on).read_mandates(on).read_coordinator(on).order_by("code")
    bodies = {}
    for subject, body in FocalPoint.objects.in_office(on).values_list("subject", "body"):
        bodies.setdefault(subject, set()).add(body)
    if not count["editions"]:
        sentence = _("No edition of the list, as adopted on a day, is recorded.")
        yield Finding(NO_EDITION, sentence, admin_address(Edition))
    for subject in subjects:
        address = admin_address(Subject, subject.pk)
        yield from _theme_rule(subject, address)
        yield from _coordinator(subject, address)
        yield from _focal_points(subject, bodies.get(subject.pk, set()), on, address)


def _theme_rule(subject, address):
    verdict = subject.theme
    if verdict.verdict != theme_rule.MET:
        topic = NOT_OF_MUTUAL_INTEREST if verdict.verdict == theme_rule.NOT_MET else CANNOT_BE_TOLD
        yield Finding(topic, f"{subject.code}: {verdict.sentence}.", address)


def _coordinator(subject, address):
    office = subject.office
    if office.state == "vacant":
        names = {"subject": subject.code, "since": office.since}
        sentence = _("%(subject)s: no Coordinator (%(since)s).") % names
        yield Finding(COORDINATOR_VACANT, sentence, address)
    elif office.state == "not recorded":
        sentence = _("%s: who coordinates it is not recorded.") % subject.code
        yield Finding(COORDINATOR_NOT_RECORDED, sentence, address)


def _focal_points(subject, bodies, on, address):
    """A missing Focal Point is open once the subject's record has begun; before that it is not recorded."""
    begun = subject.recorded_from is not None and subject.recorded_from <= on
    asked = (
        (
            GROUP_OF_SECTOR,
            FOCAL_POINT_MISSING,
            FOCAL_POINT_NOT_RECORDED,
            _("%(subject)s: no Focal Point for %(bodies)s."),
        ),
        (
            SECRETARIAT_OF_SECTOR,
            SECRETARIAT_MISSING,
            SECRETARIAT_NOT_RECORDED,
            _("%(subject)s: no secretariat focal point for %(bodies)s."),
        ),
    )
    for body_of_sector, missing, not_recorded, sentence in asked:
        absent = [
            body_of_sector[sector]
            for sector in subject.scope
            if sector in body_of_sector and body_of_sector[sector] not in bodies
        ]
        if absent:
            listed = format_list(absent, style="or", locale=BABEL_LOCALES.get(get_language(), "en_GB"))
            names = {"subject": subject.code, "bodies": listed}
            yield Finding(missing if begun else not_recorded, sentence % names, address)
