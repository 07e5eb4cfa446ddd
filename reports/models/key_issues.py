"""Key issues for the Bureau Directors and the ISC-TF: open until they are closed (clause F3)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import Bureau
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, LongTextField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from subjects.models import Subject


class KeyIssueQuerySet(PublicQuerySet):
    """Questions about key issues. `on` is a date; None means today in Geneva."""

    def visible_to(self, user):
        """Published issues for everyone; all of them for staff with the right."""
        if user.is_active and user.is_staff and user.has_perm("reports.view_keyissue"):
            return self
        return self.filter(published_on__isnull=False)

    def carried_on(self, on=None):
        """Issues raised by the day and not closed on it: a report that ends on the day carries them."""
        on = on or today()
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), raised_on__lte=on)

    def unanswered_on(self, on=None):
        """Of those that are carried, the ones without an answer on the day."""
        on = on or today()
        return self.carried_on(on).filter(Q(answered_on__isnull=True) | Q(answered_on__gt=on))

    def in_state(self, state, on=None):
        """Those in a state on the day, as `state_on` tells it; a blank state is all that are carried."""
        on = on or today()
        if state == KeyIssue.State.OPEN:
            return self.unanswered_on(on)
        if state == KeyIssue.State.ANSWERED:
            return self.carried_on(on).filter(answered_on__lte=on)
        return self.filter(closed_on__lte=on) if state else self.carried_on(on)


class KeyIssue(Translated):
    """A matter raised with the Director of BR, TSB or BDT, or with the ISC-TF, in an annual report (clause F3).

    Its state follows from its dates: open, answered, closed. It goes from report to report until it is closed.
    """

    TRANSLATED = ("statement", "answer")

    class Addressee(models.TextChoices):
        """With whom it is raised."""

        BR = Bureau.BR.value, _("Director of BR")
        TSB = Bureau.TSB.value, _("Director of TSB")
        BDT = Bureau.BDT.value, _("Director of BDT")
        ISC_TF = "ISC-TF", _("Inter-Sectoral Coordination Task Force")

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    statement = LongTextField(_("key issue"), max_length=5_000, validators=[no_personal_address])
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="key_issues", verbose_name=_("subject")
    )
    addressee = models.CharField(_("addressed to"), max_length=6, choices=Addressee)
    raised_on = DayField(
        _("raised on"), help_text=_("The report whose period includes this day has it first."), has_happened=True
    )
    answer = LongTextField(_("answer"), max_length=5_000, blank=True, validators=[no_personal_address])
    answered_on = DayField(_("answered on"), null=True, blank=True, has_happened=True)
    closed_on = DayField(_("closed on"), null=True, blank=True, has_happened=True)
    closed_because = LineField(_("closed because"), max_length=500, blank=True, validators=[no_personal_address])
    published_on = DayField(
        _("published on"), null=True, blank=True, help_text=_("Blank: only the secretariat sees it."), has_happened=True
    )

    objects = KeyIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("key issue")
        verbose_name_plural = _("key issues")
        ordering = ["-raised_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_keyissue_answered_after_raised",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("raised_on")),
                violation_error_message=_("An answer cannot come before the issue was raised."),
            ),
            models.CheckConstraint(
                name="reports_keyissue_closed_after_raised",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("raised_on")),
                violation_error_message=_("It cannot be closed before it was raised."),
            ),
            models.CheckConstraint(
                name="reports_keyissue_closed_after_answer",
                condition=Q(closed_on__isnull=True) | Q(answered_on__isnull=True) | Q(closed_on__gte=F("answered_on")),
                violation_error_message=_("It cannot be closed before it was answered."),
            ),
            models.CheckConstraint(
                name="reports_keyissue_closed_with_reason",
                condition=Q(closed_on__isnull=True, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                violation_error_message=_("Give the day on which it was closed, and why."),
            ),
        ]

    def __str__(self):
        return with_colon(with_commas([self.addressee, print_date(self.raised_on)]), self.statement_shown[:80])

    def get_absolute_url(self):
        """The public page of key issues, with this one alone."""
        return f"{reverse('reports:key-issue-list')}?issue={self.pk}"

    def state_on(self, on=None):
        """Open, answered or closed on the day."""
        on = on or today()
        if self.closed_on and self.closed_on <= on:
            return self.State.CLOSED
        return self.State.ANSWERED if self.answered_on and self.answered_on <= on else self.State.OPEN

    @property
    def statement_shown(self):
        """`text("statement")`, for templates."""
        return self.text("statement")

    @property
    def answer_shown(self):
        """`text("answer")`, for templates."""
        return self.text("answer")
