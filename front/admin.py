"""The search in the admin: words that mean the same, and what readers looked for in vain."""

from django.contrib import admin

from front.models import WORDS, SearchMiss, Synonym
from iscg_portal.adminkit.base import LookedAt, RecordAdmin
from iscg_portal.adminkit.filters import BY_SUBJECT


@admin.register(Synonym)
class SynonymAdmin(RecordAdmin):
    """Words that mean the same, in six languages."""

    list_display = ["__str__", "subject"]
    list_select_related = ["subject"]
    list_filter = [BY_SUBJECT]
    search_fields = [*WORDS, "subject__code", "subject__title_en"]
    autocomplete_fields = ["subject"]
    fields = ["subject", "words_en", *(column for column in WORDS if column != "words_en"), "note"]


@admin.register(SearchMiss)
class SearchMissAdmin(LookedAt):
    """What readers looked for and did not find, the most asked first: words to add, or a gap of the record."""

    list_display = ["words", "language", "count", "last_on"]
    list_filter = ["language"]
    search_fields = ["words"]
