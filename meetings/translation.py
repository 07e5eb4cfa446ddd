"""Fields of this app that are kept in six languages, and the history of those models."""

from modeltranslation.translator import TranslationOptions, translator

from iscg_portal.history import track_translated
from meetings.models import AgendaItem, Document, Meeting


class TitleTranslation(TranslationOptions):
    """A title in six languages."""

    fields = ("title",)


class MeetingTranslation(TranslationOptions):
    """Title and result in six languages."""

    fields = ("title", "result")


for model, options in (
    (AgendaItem, TitleTranslation),
    (Document, TitleTranslation),
    (Meeting, MeetingTranslation),
):
    translator.register(model, options)
    track_translated(model, app="meetings")
