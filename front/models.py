"""What the search keeps of its own: words that mean the same, and what readers looked for in vain."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.text_fields import LineField
from iscg_portal.translated import columns_of
from subjects.models import Subject

WORDS = columns_of("words")


def _words(language):
    return LineField(format_lazy("{} ({})", _("words"), dict(settings.LANGUAGES)[language]), max_length=500, blank=True)


class Synonym(models.Model):
    """Words that mean the same in a search, in the six languages: whoever asks for one finds the others.

    With a subject they lead to it and to all that is about it.
    """

    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("subject"),
        help_text=_("Whoever asks for one of the words finds this subject, and all that is about it."),
    )
    words_en = LineField(
        format_lazy("{} ({})", _("words"), "English"),
        max_length=500,
        help_text=_("Names and initials that mean the same, with commas between them: cybersecurity, cyber security."),
    )
    words_ar = _words("ar")
    words_es = _words("es")
    words_fr = _words("fr")
    words_ru = _words("ru")
    words_zh_hans = _words("zh-hans")
    note = LineField(
        _("note"), max_length=300, blank=True, help_text=_("Where the words come from. Readers do not see it.")
    )

    history = tracked()

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same in a search")
        ordering = ["words_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="front_synonym_once",
                fields=["words_en"],
                violation_error_message=_("These words stand there already."),
            )
        ]

    def __str__(self):
        return self.words_en or str(self.pk)

    @property
    def terms(self):
        """Each of the words, or names of several words."""
        texts = (getattr(self, column) or "" for column in WORDS)
        return [term.strip() for text in texts for term in text.replace("،", ",").replace("，", ",").split(",")]

    def clean(self):
        """One word alone means the same as nothing."""
        if len([term for term in self.terms if term]) < 2 and not self.subject_id:
            raise ValidationError(_("Give at least two words; or one word and the subject that it means."))


class SearchMiss(models.Model):
    """Words that readers looked for and that nothing has: how often, not who. No part of the record."""

    no_record = True

    words = models.CharField(_("words"), max_length=100)
    language = models.CharField(_("language of the page"), max_length=7, choices=settings.LANGUAGES)
    count = models.PositiveIntegerField(_("how often"), default=1)
    last_on = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ["-count", "-last_on", "pk"]
        constraints = [models.UniqueConstraint(name="front_searchmiss_once", fields=["words", "language"])]

    def __str__(self):
        return self.words
