"""What documents are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import with_colon
from meetings.models.documents import Document
from subjects.models import Subject


class DocumentSubject(models.Model):
    """Says that a document is about a subject."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="subject_links", verbose_name=_("document"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="document_links", verbose_name=_("subject"))

    history = tracked()

    class Meta:
        verbose_name = _("subject of a document")
        verbose_name_plural = _("subjects of documents")
        ordering = ["document_id", "subject__code"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_documentsubject_once",
                fields=["document", "subject"],
                violation_error_message=_("The document is already about this subject."),
            )
        ]

    def __str__(self):
        return with_colon(self.document, self.subject.code)
