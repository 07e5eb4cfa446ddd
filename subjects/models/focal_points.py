"""Since when it is known who stood for a body on a subject, and what is so on a day (clauses A0, A3)."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import SECRETARIAT_BODIES, FocalPointBody
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.history import tracked
from iscg_portal.languages import in_a_row
from iscg_portal.tenure.completeness import RecordKeeper
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.office_on import OfficeOn, OfficeState, office_on
from iscg_portal.visibility import PublicQuerySet


class FocalPointRecord(RecordKeeper, models.Model):
    """From which day the record of a subject's Focal Points for one body has no holes (A0, A3)."""

    subject = models.ForeignKey("Subject", models.CASCADE, verbose_name=_("subject"))
    body = models.CharField(_("for"), max_length=4, choices=FocalPointBody)
    recorded_from = DayField(
        _("record complete from"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on the record of this body’s Focal Points has no holes: a day without one is a vacancy."
            " Before it, or while this is blank, such a day is “not recorded”."
        ),
    )

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("record of Focal Points")
        verbose_name_plural = _("records of Focal Points")
        ordering = ["subject__code", "body"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_focalpointrecord_once",
                fields=["subject", "body"],
                violation_error_message=_("The record of this body’s Focal Points stands there already."),
            ),
            models.CheckConstraint(
                name="subjects_focalpointrecord_body",
                condition=models.Q(body__in=FocalPointBody.values),
                violation_error_message=_("A Focal Point stands for an advisory group, a Bureau or GS."),
            ),
        ]

    def __str__(self):
        names = {"subject": self.subject.code, "body": body_in_words(self.body)}
        return gettext("%(subject)s, Focal Points for %(body)s") % names

    @classmethod
    def of(cls, subject_id, body):
        """The record of a body's Focal Points of a subject; a new one, unsaved, where there is none."""
        found = cls.objects.filter(subject=subject_id, body=body).select_related("subject").first()
        return found or cls(subject_id=subject_id, body=body)

    @property
    def keeper_key(self):
        return f"{self.subject_id}-{self.body}"

    def tenures(self):
        """The rows that say who stood for the body."""
        return self.subject.focalpoint_set.filter(body=self.body)


class BodyOn(NamedTuple):
    """A body's Focal Points of a subject on a day: the state of the office, and all who hold it."""

    body: str
    office: OfficeOn
    holders: list

    @property
    def is_secretariat(self):
        """Whether these are the secretariat's own (A3)."""
        return self.body in SECRETARIAT_BODIES

    @property
    def state_printed(self):
        """“vacant since 1 May 2023”, “not recorded”; “held” where somebody holds it."""
        return self.office.state_printed


_COLUMNS = [(body, body.sector, f"complete_from_{body.lower()}") for body in FocalPointBody]


@cache
def complete_from():
    """Columns of a query of subjects: for each body the day from which its record is complete. Made once."""
    records = FocalPointRecord.objects.filter(subject=OuterRef("pk")).order_by().values("recorded_from")
    return {column: Subquery(records.filter(body=body)[:1]) for body, _sector, column in _COLUMNS}


def bodies_on(subject, on, rows):
    """The bodies that a subject's Sectors ask for, and others of which something is recorded, in their order.

    The subject is read with the columns of `complete_from`. `rows` are the Focal Points in office on the day, and of
    each body who left last before it.
    """
    of_bodies, scope = defaultdict(list), subject.scope
    for row in sorted(rows, key=lambda row: (row.starts_on, row.pk)):
        of_bodies[row.body].append(row)
    for body, sector, column in _COLUMNS:
        office = office_on(on, getattr(subject, column), of_bodies[body])
        if office.state != OfficeState.NOT_RECORDED or sector in scope:
            yield BodyOn(body.value, office, [row for row in of_bodies[body] if row.covers(on)])


def lines_of(bodies, named=body_in_words):
    """The bodies as a cell prints them: those of which nothing is recorded share one line, the last one."""
    unrecorded = []
    for body in bodies:
        if body.office.state == OfficeState.NOT_RECORDED:
            unrecorded.append(body)
        else:
            yield body
    if unrecorded:
        yield unrecorded[0]._replace(body=in_a_row(named(body.body) for body in unrecorded))
