"""Fields of this app that are kept in six languages, and the history of those models."""

from modeltranslation.translator import TranslationOptions, translator

from iscg_portal.history import track_translated
from members.models import AdvisoryGroup, Conference


class NameTranslation(TranslationOptions):
    """A name in six languages."""

    fields = ("name",)


for model in (AdvisoryGroup, Conference):
    translator.register(model, NameTranslation)
    track_translated(model, app="members")
