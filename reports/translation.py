"""Fields of this app that are kept in six languages, and the history of those models."""

from modeltranslation.translator import TranslationOptions, translator

from iscg_portal.history import track_translated
from reports.models import KeyIssue


class KeyIssueTranslation(TranslationOptions):
    """The issue and its answer in six languages."""

    fields = ("statement", "answer")


translator.register(KeyIssue, KeyIssueTranslation)
track_translated(KeyIssue, app="reports")
