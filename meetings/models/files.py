"""The files of documents: one for each language, kept under its SHA-256."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import HTML_LANG
from iscg_portal.models import StoredFile
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from meetings.models.documents import Document, sees_every_document
from meetings.numbers import LANGUAGE_LETTERS, file_name_of

LANGUAGE_NAMES = dict(settings.LANGUAGES)


class DocumentFileQuerySet(PublicQuerySet):
    """Questions about files."""

    def visible_to(self, user):
        """Files of the documents that the user may see (rule 5); for the public none that waits for a decision."""
        if sees_every_document(user):
            return self
        return self.publishable().filter(document__visibility=Document.Visibility.PUBLIC)

    def publishable(self):
        """Files without personal addresses, or with the decision to publish them anyway."""
        return self.filter(Q(addresses_found={}) | ~Q(addresses_decision=""))

    def public(self):
        """The files that anyone may have, each with its content, in the order of their languages."""
        return super().public().select_related("stored").order_by("language")

    def waiting_for_decision(self):
        """Files of public documents that nobody can read yet: they have personal addresses, and nobody decided."""
        waiting = self.filter(addresses_decision="", document__visibility=Document.Visibility.PUBLIC)
        return waiting.filter(document__withdrawn_on__isnull=True).exclude(addresses_found={})


class DocumentFile(models.Model):
    """The file of a document in one language, stored under its SHA-256.

    It is never changed in its place (rule 6): what changes is a revision, and a file added by mistake is removed
    with a reason.
    """

    PRIVATE = ("addresses_found", "addresses_decision")

    document = models.ForeignKey(Document, models.CASCADE, related_name="files", verbose_name=_("document"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    stored = models.ForeignKey(StoredFile, models.PROTECT, editable=False, verbose_name=_("content"))
    name = models.CharField(_("file name"), max_length=120, editable=False)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    addresses_found = models.JSONField(
        _("personal addresses found"), default=dict, blank=True, editable=False, help_text=_("Counts only.")
    )
    addresses_decision = LineField(
        _("reason for publishing it anyway"),
        max_length=300,
        blank=True,
        help_text=_("A file with e-mail addresses or phone numbers is public only with this reason."),
    )

    history = tracked()
    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ["document_id", "language"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_documentfile_once",
                fields=["document", "language"],
                violation_error_message=_("This document already has a file in this language."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def letter(self):
        """The letter of the language in a document's number: E for English."""
        return LANGUAGE_LETTERS[self.language]

    @property
    def html_lang(self):
        """The language as HTML writes it: “zh-Hans”."""
        return HTML_LANG[self.language]

    @property
    def language_name(self):
        """The language by its name in that language."""
        return LANGUAGE_NAMES[self.language]

    @property
    def address(self):
        """Where it is read: `/documents/iscg-25-1-03/en.docx`, the same in every language."""
        return f"/documents/{self.document.slug}/{self.language.partition('-')[0]}.{self.stored.kind}"

    @property
    def is_out(self):
        """Whether it is published, so that what was done with it cannot be undone (rule 18)."""
        return self.document.is_out and not self.waits_for_decision

    @property
    def waits_for_decision(self):
        """Whether somebody has to decide before it can be public."""
        return bool(self.addresses_found) and not self.addresses_decision

    def clean_fields(self, exclude=None):
        """The name under which it is sent follows from number, language and kind."""
        if not self.name and self.document_id and self.language in LANGUAGE_LETTERS and self.stored_id:
            self.name = file_name_of(self.document.number, self.language, self.stored.kind)
        super().clean_fields(exclude=exclude)

    def clean(self):
        """A stored file is never changed."""
        if self.pk:
            fields = ("document_id", "language", "stored_id")
            stored = type(self).objects.filter(pk=self.pk).values(*fields).first()
            if stored and any(stored[name] != getattr(self, name) for name in fields):
                message = _(
                    "A stored file cannot be changed: enter a revision, or remove the file if it was a mistake."
                )
                raise ValidationError(message)
