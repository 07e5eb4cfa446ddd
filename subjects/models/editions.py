"""Dated editions of the list of subjects, stored as adopted (clause F1)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import with_commas
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.office_on import OfficeState
from iscg_portal.text_fields import LineField, LongTextField, WebAddressField
from iscg_portal.translated import stored_text
from iscg_portal.visibility import PublicQuerySet
from subjects.models.subjects import Subject


class Edition(Sourced):
    """The list of subjects as adopted on a date: its rows are stored, and do not follow later changes.

    Made by `subjects.acts.adopt_edition`. Nothing published is deleted or silently changed: an
    edition is withdrawn with a reason and still answers.
    """

    undone_within_a_day = True  # then it is withdrawn (rules 6, 18)

    adopted_on = DayField(_("adopted on"), unique=True, has_happened=True)
    document = LineField(_("document"), max_length=200, help_text=_("The document that adopted the list."))
    document_url = WebAddressField(_("link to the document"), max_length=500, blank=True)
    withdrawn_because = LongTextField(
        _("withdrawn because"), blank=True, help_text=_("Write the reason here to withdraw the edition.")
    )

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("edition of the list")
        verbose_name_plural = _("editions of the list")
        ordering = ["-adopted_on"]

    def __str__(self):
        return with_commas([self.name, self.document])

    @property
    def is_out(self):
        """A withdrawal is told to the public, and stands."""
        return bool(self.withdrawn_because)

    @property
    def name(self):
        """“Edition of 12 February 2025”."""
        return gettext("Edition of %(date)s") % {"date": print_date(self.adopted_on)}

    def get_absolute_url(self):
        return reverse("subjects:edition-detail", args=[self.adopted_on.isoformat()])


class EditionRow(models.Model):
    """One subject as it stood in an edition: the words of that day, in every language that existed."""

    undone_within_a_day = True

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rows", verbose_name=_("edition"))
    subject = models.ForeignKey(Subject, models.PROTECT, verbose_name=_("subject"))
    position = models.PositiveSmallIntegerField(_("position"))
    code = LineField(_("code"), max_length=20)
    titles = models.JSONField(_("titles by language"))
    scope = models.JSONField(_("Sectors"))
    mandates = models.JSONField(_("mandates"), default=list, blank=True)
    coordinator_state = models.CharField(
        _("state of the Coordinator"), max_length=12, choices=OfficeState, default=OfficeState.NOT_RECORDED
    )
    coordinator = LineField(_("Coordinator"), max_length=300, blank=True)

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("row of an edition")
        verbose_name_plural = _("rows of editions")
        ordering = ["edition_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_editionrow_once",
                fields=["edition", "subject"],
                violation_error_message=_("This subject is already in this edition."),
            )
        ]

    def __str__(self):
        return self.code

    @property
    def title_shown(self):
        """The title in the page's language, else in English, else in any that was stored, as a `Text`."""
        return stored_text(self.titles)

    @property
    def css(self):
        """The class that colours the state of the Coordinator."""
        return OfficeState(self.coordinator_state).css
