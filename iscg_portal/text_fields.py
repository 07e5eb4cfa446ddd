"""Fields for texts that people type: of models and of forms. Each cleans its text, then checks it (rule 19).

A model's field cleans when it is validated, saved and searched for, so that no door has to think of it. In the
migrations these fields are Django's own.
"""

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy

from iscg_portal.languages import HTML_LANG, direction_of_language
from iscg_portal.plain_text import cleaned

LONGEST = 100_000  # characters, where a field of a form says nothing else
UNSEEN = 1_000  # characters above its limit that a text may have before it is cleaned: they may take no room


class _LengthFirst:
    """Mixin of a field: what is too long is told so, and no pattern looks through it."""

    def run_validators(self, value):
        refuse_long(value, self.max_length)
        super().run_validators(value)


def refuse_long(value, most, *, spare=0):
    """ValidationError for a text of more than `most` characters, and `spare` ones; None is no limit."""
    if isinstance(value, str) and most is not None and len(value) > most + spare:
        MaxLengthValidator(most)(value)


class _Typed(_LengthFirst):
    """Mixin of a form's field."""

    keeps_lines = False

    def to_python(self, value):
        line_ends = value.count("\r\n") if isinstance(value, str) else 0  # a browser sends two characters for one
        refuse_long(value, self.max_length or LONGEST, spare=UNSEEN + line_ends)
        return super().to_python(cleaned(value, self.keeps_lines) if isinstance(value, str) else value)


class _LanguageSelect(forms.Select):
    """Each language by its own name, which is marked as words of it."""

    def create_option(self, name, value, *args, **options):
        option = super().create_option(name, value, *args, **options)
        if value in HTML_LANG:
            option["attrs"] |= {"lang": HTML_LANG[value], "dir": direction_of_language(value)}
        return option


class LanguageField(forms.ChoiceField):
    """One of the six languages."""

    widget = _LanguageSelect

    def __init__(self, **options):
        super().__init__(**{"label": gettext_lazy("Language"), "choices": settings.LANGUAGES, **options})


class TypedLine(_Typed, forms.CharField):
    """One line."""


class WideLine(TypedLine):
    """A line that holds a sentence, as a reason does."""

    widget = forms.TextInput(attrs={"size": 60})


class TypedText(_Typed, forms.CharField):
    """A text of several lines."""

    keeps_lines = True
    widget = forms.Textarea


class TypedMailAddress(_Typed, forms.EmailField):
    """An e-mail address."""


class TypedWebAddress(_Typed, forms.URLField):
    """A web address."""


class TypedAddress(_Typed, forms.SlugField):
    """The last part of a page's address."""


class _Kept(_LengthFirst):
    """Mixin of a model's field."""

    form_class = TypedLine
    keeps_lines = False

    def to_python(self, value):
        value = super().to_python(value)
        return cleaned(value, self.keeps_lines) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return cleaned(value, self.keeps_lines) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        """What is written is also what the instance says, and so its history."""
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            # Not `setattr`: a translated field would write the text into the column of the page's language.
            value = instance.__dict__[self.attname] = cleaned(value, self.keeps_lines)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.in_migrations}", args, kwargs


class LineField(_Kept, models.CharField):
    """One line."""

    in_migrations = "CharField"


class LongTextField(_Kept, models.TextField):
    """A text of several lines."""

    in_migrations, form_class, keeps_lines = "TextField", TypedText, True


class MailAddressField(_Kept, models.EmailField):
    """An e-mail address."""

    in_migrations, form_class = "EmailField", TypedMailAddress


class WebAddressField(_Kept, models.URLField):
    """A web address."""

    in_migrations, form_class = "URLField", TypedWebAddress


class AddressField(_Kept, models.SlugField):
    """The last part of a page's address."""

    in_migrations, form_class = "SlugField", TypedAddress


def is_typed(field):
    """Whether a field of a model holds a text that is cleaned."""
    return isinstance(field, _Kept)
