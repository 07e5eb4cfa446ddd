"""The words of a clause of the Terms of Reference, where staff have entered them. None is shipped."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import with_commas
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LongTextField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from members.clauses import Clause
from members.models.groups import TermsOfReference

LONGEST = 5_000  # characters


class ClauseText(Translated, Sourced):
    """One text of a clause, as a document has it. Without Terms of Reference in effect it is a proposal."""

    TRANSLATED = ("wording",)

    clause = models.CharField(_("clause"), max_length=2, choices=Clause)
    terms = models.ForeignKey(
        TermsOfReference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Terms of Reference in effect"),
        help_text=_("Those of which this is a part. Blank: the text is a proposal, and the page says so."),
    )
    dated_on = DayField(_("day of the document"), help_text=_("The newest text of a clause stands first."))
    wording = LongTextField(_("text"), max_length=LONGEST, help_text=_("In full, as the document has it."))

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a clause")
        verbose_name_plural = _("texts of clauses")
        ordering = ["clause", "-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="members_clausetext_once",
                fields=["clause", "dated_on"],
                violation_error_message=_("This clause has a text of this day already."),
            ),
            models.CheckConstraint(
                name="members_clausetext_clause",
                condition=Q(clause__in=Clause.values),
                violation_error_message=_("There is no clause of this name."),
            ),
        ]

    def __str__(self):
        return with_commas([self.clause, print_date(self.dated_on)])

    @property
    def wording_shown(self):
        """The text in the page's language, else in the original one, as a `Text`."""
        return self.text("wording")
