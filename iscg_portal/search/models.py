"""What the search reads: an entry for each public record, and the text of each stored file."""

from django.db import models

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.search.full_text import WordsField


class IndexEntry(models.Model):
    """What is found of a public record, or of a page: made by `indexing` whenever the record changes.

    `record` names the record (“app.Model 12”), `address` is its page after the language. `shown` has titles, lines and
    texts by language, `files` the stored files (language, SHA-256). `head` and `words` are the words of its title
    and of everything; `exact` are the numbers and names that are it and nothing else. `made_of` names the other rows of
    which it tells. No part of the record: it says nothing that the record does not.
    """

    no_record = True

    record = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=200)
    takes_day = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    languages = models.CharField(max_length=60, blank=True)
    order_key = models.BinaryField()
    digest = models.CharField(max_length=64)
    exact = models.TextField()
    made_of = models.TextField()
    shown = models.JSONField()
    files = models.JSONField(default=list)
    head = models.TextField()
    words = WordsField()

    class Meta:
        verbose_name = "entry of the search"
        verbose_name_plural = "entries of the search"
        indexes = [models.Index(fields=["address"], name="iscg_portal_index_address")]

    def __str__(self):
        return self.record

    def texts_in(self, what, language):
        """Pairs (language, text) of titles, lines or texts: that in the language first, then the original one."""
        found = self.shown.get(what, {})
        first = [language, self.shown.get("original", ""), ""]
        codes = dict.fromkeys([*first, *LANGUAGE_CODES])
        return [(code, found[code]) for code in codes if found.get(code)]


class FileText(models.Model):
    """The text of a stored file, read once by the sender (`file_texts`); blank where none can be read."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)
    keys = models.TextField(blank=True)

    class Meta:
        verbose_name = "text of a file"
        verbose_name_plural = "texts of files"

    def __str__(self):
        return self.sha256
