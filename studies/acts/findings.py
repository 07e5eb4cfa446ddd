"""What the secretariat decides about an overlap or gap: it accepts, assigns or dismisses it (A1).

Each act writes the one decision on it, and changes nothing that was found.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import today
from members.models import Person
from members.models.people import kinds_of_office
from studies.models import FindingDecision, StudyFinding

Act = FindingDecision.Act


def accept(finding, outcome="", *, seen, reason="", by=None):
    """It is so. The annual report of the day tells it, with what comes of it. Errors: ValidationError."""
    return _decide(finding, Act.ACCEPTED, seen, reason, by, outcome=outcome)


def assign(finding, *, person=None, account=None, seen, reason="", by=None):
    """Somebody looks at it: a person with an office, or an account. Errors: ValidationError."""
    if person is not None and not in_office(today()).filter(pk=person.pk).exists():
        raise ValidationError(_("This person holds no office today."))
    return _decide(finding, Act.ASSIGNED, seen, reason, by, person=person, account=account)


def dismiss(finding, because, *, seen, reason="", by=None):
    """It is none, for a reason; that holds until the facts change. Errors: ValidationError."""
    return _decide(finding, Act.DISMISSED, seen, reason or because, by, because=because)


def in_office(on):
    """The persons who hold an office on a day."""
    found = Q(pk__in=[])
    for model in kinds_of_office():
        found |= Q(Exists(model.objects.in_office(on).filter(person=OuterRef("pk"))))
    return Person.objects.filter(found)


@transaction.atomic
def _decide(finding, act, seen, reason, by, **values):
    """`seen` is the fingerprint of the facts that were looked at."""
    record_version.bump()  # the first lock of every writer
    finding = StudyFinding.objects.select_related("decision").get(pk=finding.pk)
    if finding.gone_on is not None:
        raise ValidationError(_("This is no longer so; there is nothing to decide."))
    if finding.fingerprint != seen:
        raise ValidationError(_("The facts have changed since this page was opened. Look at them again."))
    decision = finding.decided or FindingDecision(finding=finding)
    blank = {"person": None, "account": None, "because": "", "outcome": ""}
    for name, value in (blank | values).items():
        setattr(decision, name, value)
    decision.act, decision.decided_on, decision.fingerprint = act, today(), finding.fingerprint
    decision.full_clean()
    save_with_reason(decision, reason, by)
    return decision
