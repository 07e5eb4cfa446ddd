"""Text in six languages: what a reader sees when a translation is missing.

Untranslated text falls back to the record's original language (English unless stated), and the page
marks it with `lang`.
"""

from functools import cache
from operator import attrgetter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, gettext_lazy

from iscg_portal.languages import HTML_LANG, LANGUAGE_CODES
from iscg_portal.tables.fields import Field


class TextShown(str):
    """A text that knows its language. `.lang` is empty when it is the page's own language."""

    lang = ""


def text_in(language, words):
    """Words in a language, by its code in HTML, as a `TextShown`: marked where that is not the page's."""
    text = TextShown(words)
    text.lang = "" if language == HTML_LANG[get_language() or "en"] else language
    return text


@cache
def columns_of(field):
    """The columns of a translated field, in the order of the settings: `title_ar`, `title_en`, ..."""
    return tuple(f"{field}_{code.replace('-', '_')}" for code in LANGUAGE_CODES)


def plain(queryset):
    """The rows in no order, by Django's own queryset: a translated model's rewrites the fields it is asked for."""
    return models.QuerySet(model=queryset.model, query=queryset.query.chain(), using=queryset.db).order_by()


def stored_text(texts):
    """Of {language in HTML: text}, as `texts` gives it: that in the page's language, else in English, else any."""
    return _first(lambda code: texts.get(HTML_LANG[code]), "en")


def _first(value_in, original):
    language = get_language() or "en"
    for code in (language, original, *LANGUAGE_CODES):
        value = value_in(code)
        if value:
            text = TextShown(value)
            text.lang = "" if code == language else HTML_LANG[code]
            return text
    return TextShown("")


TITLE = Field("title", gettext_lazy("in the language of the file, else in the original one"), attrgetter("title_shown"))


class Translated(models.Model):
    """Mixin for models with fields in six languages; they are named in `TRANSLATED`, as in ("title", "summary")."""

    TRANSLATED = ()
    PRIVATE = ("text_origins",)

    text_origins = models.JSONField(
        gettext_lazy("where its texts come from"),
        default=dict,
        blank=True,
        editable=False,
        help_text="By the column of the text; see `iscg_portal.text_origins`.",
    )
    original_language = models.CharField(
        gettext_lazy("original language"),
        max_length=7,
        choices=settings.LANGUAGES,
        default="en",
        help_text=gettext_lazy("Shown where a translation is missing."),
    )

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """Each language is judged for itself; a text that every record has is needed in the original one."""
        exclude, problems = set(exclude or ()), {}
        try:
            super().clean_fields({*exclude, *self.TRANSLATED})
        except ValidationError as error:
            problems = error.error_dict
        for name in self.TRANSLATED:
            column = f"{name}_{self.original_language.replace('-', '_')}"
            is_asked = not self._meta.get_field(name).blank and column in columns_of(name) and column not in exclude
            if is_asked and not getattr(self, column):
                problems[column] = [ValidationError(gettext("Give the text in the original language."))]
        if problems:
            raise ValidationError(problems)

    def text(self, field):
        """The field in the page's language, else in the original one, else in any, as a `TextShown`."""
        return _first(lambda code: getattr(self, f"{field}_{code.replace('-', '_')}"), self.original_language)

    def texts(self, field):
        """The field in every language in which it is recorded, by the language's code in HTML."""
        found = zip(LANGUAGE_CODES, (getattr(self, column) for column in columns_of(field)), strict=True)
        return {HTML_LANG[code]: text for code, text in found if text}

    @property
    def title_shown(self):
        """`text("title")`, for templates."""
        return self.text("title")
