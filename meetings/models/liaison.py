"""Liaison statements: to whom, for what, by when, and in reply to which."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.history import tracked
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from meetings.models.documents import Document, sees_every_document


class LiaisonQuerySet(PublicQuerySet):
    """Questions about liaison statements."""

    def visible_to(self, user):
        """The statements whose documents the user may see (rule 5)."""
        return self if sees_every_document(user) else self.filter(document__visibility=Document.Visibility.PUBLIC)

    def unanswered(self, on=None):
        """Statements in force that ask for action or comment and that no statement in force answers.

        With a day, an answer that is dated later is none yet. One that a revision replaced is not asked about any more.
        """
        asking = Addressee.objects.asking().filter(liaison=OuterRef("pk"))
        in_force = LiaisonStatement.objects.filter(document__in=Document.objects.in_force())
        replaced = in_force.filter(document__base=OuterRef("document"), document__variant=Document.Variant.REVISION)
        answers = in_force.filter(in_reply_to=OuterRef("pk"))
        if on:
            answers = answers.filter(Q(document__dated_on=None) | Q(document__dated_on__lte=on))
        return self.filter(
            Exists(asking), ~Exists(answers), ~Exists(replaced), document__in=Document.objects.in_force()
        )

    def overdue(self, on=None):
        """Of those that nobody answered, the ones whose deadline is past."""
        return self.unanswered().filter(deadline_on__lt=on or today())


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
        help_text=_("A group or organization: “ITU-T SG5”."),
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
        return f"{self.body}, {self.get_purpose_display()}"
