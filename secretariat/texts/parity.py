"""How the six languages stand to each other: of each text what is there, ours, missing, or older than its original."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.admin_rights import right
from iscg_portal.importing.registry import RIGHTS as FILES
from iscg_portal.importing.registry import all_resources
from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.text_origins import Origin, digest_of, mark_of, original_column
from iscg_portal.translated import Translated, columns_of


class TextState(models.TextChoices):
    """How a text stands in one language. The values stand in addresses."""

    PRESENT = "present", _("present")
    OURS = "ours", _("our own translation")
    OLDER = "older", _("older than its original")
    MISSING = "missing", _("missing")


@dataclass(frozen=True)
class TextKind:
    """A kind of text: one translated field of one model."""

    model: type[Translated]
    field: str

    @property
    def name(self):
        """As addresses and the keys of files name it: “subjects.subject.title”."""
        return f"{self.model._meta.label_lower}.{self.field}"

    @property
    def records(self):
        """What the records are called."""
        return capfirst(self.model._meta.verbose_name_plural)

    @property
    def label(self):
        """What the text is called."""
        return capfirst(self.model._meta.get_field(self.field).verbose_name)

    def column(self, language):
        """The column of a language of the settings."""
        return columns_of(self.field)[LANGUAGE_CODES.index(language)]


def kinds_for(account, word="view") -> dict[str, TextKind]:
    """The kinds of text that the account may "view", "change", "export" or "import", by name, in the order of the apps.

    Files ask for what every file of the records asks; bringing in changes them too.
    """
    models = (model for model in apps.get_models() if issubclass(model, Translated) and _may(account, word, model))
    kinds = (TextKind(model, field) for model in models for field in model.TRANSLATED)
    return {kind.name: kind for kind in kinds}


def _may(account, word, model):
    if word in FILES and model._meta.label_lower in all_resources() and not account.has_perm(right(word, model)):
        return False
    changes = account.has_perm(right("change", model))
    return changes or (word in ("view", "export") and account.has_perm(right("view", model)))


class Texts:
    """The texts of one model. Two queries: its records, and their history where a text has no mark."""

    def __init__(self, model, records=None):
        self.model = model
        self.records = list(model._default_manager.all() if records is None else records)

    @cached_property
    def _changed(self):
        """{(key of the record, column): the number of the row of history that last changed the text}."""
        columns = [column for field in self.model.TRANSLATED for column in columns_of(field)]
        key = self.model._meta.pk.attname
        rows = self.model.history.filter(**{f"{key}__in": [record.pk for record in self._unmarked]})
        stood, changed = {}, {}
        for number, pk, *texts in rows.order_by("history_id").values_list("history_id", key, *columns):
            for column, text in zip(columns, texts, strict=True):
                if (stood.get((pk, column)) or "") != (text or ""):
                    changed[pk, column], stood[pk, column] = number, text
        return changed

    @cached_property
    def _unmarked(self):
        """The records with a translation that no mark tells of."""
        return [record for record in self.records if any(self._says_nothing(record))]

    def _says_nothing(self, record):
        for field in self.model.TRANSLATED:
            original = original_column(record, field)
            for column in columns_of(field):
                yield column != original and getattr(record, column) and not mark_of(record, column)

    def state_of(self, record, field, language) -> TextState | None:
        """How the text stands; None where the record has none in any language."""
        column, original = columns_of(field)[LANGUAGE_CODES.index(language)], original_column(record, field)
        if not getattr(record, column):
            return TextState.MISSING if any(getattr(record, one) for one in columns_of(field)) else None
        if column == original:
            return TextState.PRESENT
        if noted := mark_of(record, column):
            if noted["original"] != digest_of(getattr(record, original)):
                return TextState.OLDER
            return TextState.OURS if noted["origin"] == Origin.OURS else TextState.PRESENT
        changed = self._changed
        is_older = changed.get((record.pk, original), 0) > changed.get((record.pk, column), 0)
        return TextState.OLDER if is_older else TextState.PRESENT

    def counts(self, field):
        """{language: {state: how many records}}."""
        return {
            language: Counter(filter(None, (self.state_of(record, field, language) for record in self.records)))
            for language in LANGUAGE_CODES
        }


def parity(kinds) -> list[tuple[TextKind, dict]]:
    """Of each kind that has texts: how many stand how, by language. At most two queries for each model."""
    of_models = {}
    for kind in kinds:
        of_models.setdefault(kind.model, []).append(kind)
    lines = []
    for model, of_model in of_models.items():
        names = [column for field in model.TRANSLATED for column in columns_of(field)]
        texts = Texts(model, model._default_manager.only("pk", "original_language", "text_origins", *names))
        lines += [(kind, texts.counts(kind.field)) for kind in of_model]
    return [(kind, counts) for kind, counts in lines if any(counts.values())]
