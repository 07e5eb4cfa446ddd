"""Liaison statements: to whom, for what, by when, and in reply to which."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.history import tracked
from iscg_portal.languages import with_commas
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from meetings.models.documents import Document, sees_every_document


class Standing(models.TextChoices):
    """How a statement stands on a day."""

    OPEN = "open", pgettext_lazy("liaison statement", "open")
    DUE = "due", _("the deadline is past, no answer on record")
    ANSWERED = "answered", pgettext_lazy("liaison statement", "answered")
    INFORMATION = "information", _("for information only")
    NOT_RECORDED = "not recorded", _("to whom it goes is not recorded")
    REPLACED = "replaced", _("replaced by a revision")
    WITHDRAWN = "withdrawn", pgettext_lazy("liaison statement", "withdrawn")


class LiaisonQuerySet(PublicQuerySet):
    """Questions about liaison statements. `on` is a date; None means today in Geneva."""

    def visible_to(self, user):
        """The statements whose documents the user may see (rule 5)."""
        return self if sees_every_document(user) else self.filter(document__visibility=Document.Visibility.PUBLIC)

    def sent_by(self, on):
        """Those whose document has no later date than the day."""
        # Each is of this type, by whose index the others are not even read; a plain `lte` would take that of the days.
        return self.filter(document__type=Document.Type.LIAISON).exclude(document__dated_on__gt=on)

    def with_standing(self, on=None):
        """The statements, each with its `standing` on the day, one of `Standing`.

        An answer is a statement in force of that day, whoever may read it: nobody is called late who has answered.
        """
        on = on or today()
        is_replaced, is_answered, asks = _conditions(on)
        cases = (
            When(document__withdrawn_on__lte=on, then=Value(Standing.WITHDRAWN.value)),
            When(is_replaced, then=Value(Standing.REPLACED.value)),
            When(is_answered, then=Value(Standing.ANSWERED.value)),
            When(~Exists(Addressee.objects.filter(liaison=OuterRef("pk"))), then=Value(Standing.NOT_RECORDED.value)),
            When(~asks, then=Value(Standing.INFORMATION.value)),
            When(deadline_on__lt=on, then=Value(Standing.DUE.value)),
        )
        return self.annotate(standing=Case(*cases, default=Value(Standing.OPEN.value)))

    def unanswered(self, on=None):
        """Statements in force that ask for action or comment and that no statement in force answers.

        With a day, an answer that is dated later is none yet. One that a revision replaced is not asked about any more.
        """
        in_force = self.filter(document__type=Document.Type.LIAISON, document__withdrawn_on__isnull=True)
        in_force = in_force.exclude(document__visibility=Document.Visibility.DRAFT)
        is_replaced, is_answered, asks = _conditions(on or today())
        return in_force.filter(asks, ~is_replaced, ~is_answered)

    def overdue(self, on=None):
        """Of those that nobody answered, the ones whose deadline is past."""
        return self.unanswered().filter(deadline_on__lt=on or today())


def _conditions(on):
    """That a statement is replaced by a revision in force on a day, is answered by then, and asks for something."""
    in_force = LiaisonStatement.objects.sent_by(on).exclude(document__visibility=Document.Visibility.DRAFT)
    in_force = in_force.exclude(document__withdrawn_on__lte=on)
    replacing = in_force.filter(document__base=OuterRef("document"), document__variant=Document.Variant.REVISION)
    asking = Addressee.objects.asking().filter(liaison=OuterRef("pk"))
    return Exists(replacing), Exists(in_force.filter(in_reply_to=OuterRef("pk"))), Exists(asking)


class LiaisonStatement(models.Model):
    """What makes a document a liaison statement: its deadline, and the statement to which it replies."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="liaison", verbose_name=_("document"))
    deadline_on = DayField(
        _("deadline"), null=True, blank=True, help_text=_("By when the addressees are asked to act or comment.")
    )
    in_reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("in reply to")
    )

    history = tracked()
    objects = LiaisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("liaison statement")
        verbose_name_plural = _("liaison statements")
        ordering = ["-document__sort_key"]
        constraints = [
            models.CheckConstraint(
                name="meetings_liaisonstatement_not_to_itself",
                condition=Q(in_reply_to__isnull=True) | ~Q(in_reply_to=F("id")),
                violation_error_message=_("A liaison statement cannot answer itself."),
            )
        ]

    def __str__(self):
        return str(self.document)

    @property
    def number(self):
        """The number of its document."""
        return self.document.number

    @property
    def public_answered(self):
        """The statement that it answers, where everyone may see it; else None."""
        answered = self.in_reply_to
        return answered if answered and answered.document.visibility == Document.Visibility.PUBLIC else None

    @property
    def standing_in_words(self):
        """How it stands on the day on which it was read `with_standing`."""
        return Standing(self.standing).label

    def clean(self):
        """Only a document of this type; a chain of replies must have a beginning."""
        if self.document_id and self.document.type != Document.Type.LIAISON:
            raise ValidationError(_("Only a document of the type “liaison statement” has addressees and a deadline."))
        seen, step = {self.pk}, self.in_reply_to
        while step is not None and self.pk:
            if step.pk in seen:
                raise ValidationError({"in_reply_to": _("These statements would answer each other in a circle.")})
            seen.add(step.pk)
            step = step.in_reply_to


class AddresseeQuerySet(PublicQuerySet):
    """Questions about addressees."""

    def asking(self):
        """Those who are asked to act or to comment."""
        return self.filter(purpose__in=(Addressee.Purpose.ACTION, Addressee.Purpose.COMMENT))


class Addressee(models.Model):
    """To whom a liaison statement goes, and for what."""

    class Purpose(models.TextChoices):
        """What is asked of the addressee."""

        ACTION = "action", _("for action")
        COMMENT = "comment", _("for comment")
        INFORMATION = "information", _("for information")

    liaison = models.ForeignKey(
        LiaisonStatement, models.CASCADE, related_name="addressees", verbose_name=_("liaison statement")
    )
    body = LineField(
        pgettext_lazy("addressee", "to"),
        max_length=100,
        validators=[no_personal_address],
        help_text=pgettext_lazy("code", "A group or organization: “ITU-T SG5”."),
    )
    purpose = models.CharField(_("for"), max_length=11, choices=Purpose)

    history = tracked()
    objects = AddresseeQuerySet.as_manager()

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ["purpose", "body"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_addressee_once",
                fields=["liaison", "body"],
                violation_error_message=_("This addressee is already named."),
            )
        ]

    def __str__(self):
        return with_commas([self.body, self.get_purpose_display()])
