"""Texts in six languages as columns: title_ar, title_en, title_es, title_fr, title_ru, title_zh."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Choice, Text
from iscg_portal.importing.columns import Column
from iscg_portal.importing.periods import SourcedResource

# A file and an address call the language by the same letters.
LETTERS = {"zh-hans": "zh"}


class Language(Choice):
    """One of the six languages, by the letters of the addresses."""

    def __init__(self):
        self.codes = {LETTERS.get(code, code): code for code, _name in settings.LANGUAGES}
        super().__init__([(LETTERS.get(code, code), name) for code, name in settings.LANGUAGES])

    def read(self, text):
        return self.codes[super().read(text)]

    def render(self, value, obj=None, **kwargs):
        return LETTERS.get(value, value or "")


def in_six_languages(field, explanation):
    """A column for each language, by its name."""
    columns = {}
    for code, _name in settings.LANGUAGES:
        name = f"{field}_{LETTERS.get(code, code)}"
        columns[name] = Column(f"{field}_{code.replace('-', '_')}", Text(), explanation, name=name)
    return columns


class TranslatedResource(SourcedResource):
    """A table with texts in six languages; the one in the original language may not be empty."""

    title = "title"

    original_language = Column(
        "original_language", Language(), gettext_lazy("Shown where a translation is missing."), example="en"
    ).at(8)

    def not_validated(self):
        """The field itself is whatever language the page has; its six languages are validated."""
        return [self.title]

    def complete(self, state):
        column = f"{self.title}_{self.fields['original_language'].text_of(state.instance)}"
        if column in state.after and not state.after[column]:
            sentence = _("Give the text in the original language: this column may not be empty.")
            state.refuse(column, sentence)
