"""One office holder follows another, or the terms in a group's seats end."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.joint_validation import save_together
from members.models import Representative


@dataclass(frozen=True, slots=True)
class DecisionBehind:
    """Who decided, in which document (its number), and where that can be read; any may be unknown."""

    body: str = ""
    document: str = ""
    url: str = ""

    def on_side(self, side):
        """The fields of a tenure for the decision behind its start (`starts`) or end (`ends`)."""
        return {
            f"{side}_decision_body": self.body,
            f"{side}_decision": self.document,
            f"{side}_decision_url": self.url,
        }


UNKNOWN = DecisionBehind()


def office_of(tenure):
    """The fields that identify the office: the seat; the subject; the subject and the body.

    They are the fields of the model's `NoOverlap` rules, without the person.
    """
    rules = [rule for rule in tenure._meta.constraints if isinstance(rule, NoOverlap)]
    names = {name for rule in rules for name in rule.partition if isinstance(name, str)} - {"person"}
    return {name: getattr(tenure, name) for name in names}


@transaction.atomic
def succeed(
    tenure,
    person,
    on,
    decision=UNKNOWN,
    *,
    country=None,
    organization="",
    how_ended="replaced",
    reason="",
    by=None,
    **office,
):
    """End one term and begin the next on the day `on`, which belongs to the successor (A0, A3, C1, C2).

    For a Representative, a ChairTerm, a Coordinator or a FocalPoint. `country` or `organization` is that for
    which the successor sits; `office` gives further fields of the new row, such as `kind` and `follows` of a
    Chair term. A person who goes on in a new term is not “replaced”: the first term is “over”; and sits for whom the
    person sat, where nothing else is said. Returns the successor's row.
    Errors: ValidationError if the term has already ended or not begun; RefusedTogether if a rule forbids the result.
    """
    record_version.bump()  # the first lock of every writer: what is read now still holds when it is written
    tenure.refresh_from_db()
    _refuse_a_day_outside(tenure, on)
    if person == tenure.person and how_ended == "replaced":
        how_ended = "term over"
    if person == tenure.person and country is None and not organization:
        country, organization = tenure.country, tenure.organization
    already_ended = tenure.ends_on == on and tenure.how_ended
    if not already_ended:
        end(tenure, on, decision, how_ended)
    successor = type(tenure)(
        person=person,
        country=country,
        organization=organization,
        starts_on=on,
        starts_precision="day",
        **decision.on_side("starts"),
        **{**office_of(tenure), **office},
    )
    save_together([tenure, successor], reason=reason, by=by)
    return successor


def end(tenure, on, decision, how_ended):
    """Write the end into a row, unsaved: `on` is the first day on which the office is no longer held."""
    tenure.ends_on, tenure.ends_precision, tenure.how_ended = on, "day", how_ended
    for field, value in decision.on_side("ends").items():
        setattr(tenure, field, value)


def _refuse_a_day_outside(tenure, on):
    if on <= tenure.starts_on:
        message = _("%(person)s took office on %(day)s; a successor can begin on a later day.")
        raise ValidationError(
            message % {"person": tenure.person, "day": print_date(tenure.starts_on, tenure.starts_precision)}
        )
    if tenure.ends_on and tenure.ends_on < on:
        message = _("The term of %(person)s ended before that day (%(until)s). Enter the successor as a new term.")
        raise ValidationError(message % {"person": tenure.person, "until": tenure.until})


@transaction.atomic
def vacate(tenure, on, decision=UNKNOWN, *, how_ended="resigned", reason="", by=None, answers=None):
    """End one term on the day `on`, from which nobody holds the office (A0, A3, C1, C2). Returns the row.

    `answers` as in `save_together`. Errors: ValidationError if the term has already ended or not begun.
    """
    record_version.bump()
    tenure.refresh_from_db()
    _refuse_a_day_outside(tenure, on)
    end(tenure, on, decision, how_ended)
    save_together([tenure], reason=reason, by=by, answers=answers)
    return tenure


@transaction.atomic
def end_seats_of_group(group, on, decision=UNKNOWN, *, how_ended="term over", reason="", by=None, answers=None):
    """End on the day `on` every term in the seats of an advisory group, as after its assembly (C1).

    Terms that begin on that day or later, such as those of the new representatives, stay as they are.
    Returns the rows that were ended. `answers` as in `save_together`.
    Errors: ValidationError if nobody holds a seat of the group on the eve.
    """
    record_version.bump()
    held = Representative.objects.in_office(on).filter(seat__group=group, starts_on__lt=on)
    rows = list(held.select_related("seat__group", "person"))
    if not rows:
        message = _("Nobody holds a seat of %(group)s on the day before %(day)s and after it.")
        raise ValidationError(message % {"group": group, "day": print_date(on)})
    for row in rows:
        end(row, on, decision, how_ended)
    save_together(rows, reason=reason, by=by, answers=answers)
    return rows
