"""Fields of this app that are kept in six languages, and the history of those models."""

from modeltranslation.translator import TranslationOptions, translator

from iscg_portal.history import track_translated
from subjects.models import Partner, Resolution, Subject


class NameTranslation(TranslationOptions):
    """A name in six languages."""

    fields = ("name",)


class TitleTranslation(TranslationOptions):
    """A title in six languages."""

    fields = ("title",)


class SubjectTranslation(TranslationOptions):
    """Title and summary in six languages."""

    fields = ("title", "summary")


for model, options in (
    (Partner, NameTranslation),
    (Resolution, TitleTranslation),
    (Subject, SubjectTranslation),
):
    translator.register(model, options)
    track_translated(model, app="subjects")
