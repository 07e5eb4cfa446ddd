"""The order of words in each of the six languages, as ICU and CLDR give it (decision 21).

`sort_key` is for lists that are short enough to be sorted here. What a database pages is sorted by stored keys: a model
that is `Collated` keeps one for each language, and `collated` names the column of the page's language. By words that
have no key of their own the database sorts itself (`InWords`; `in_labels`, of codes), with ICU on either database.
"""

from functools import cache, partial

from django.apps import apps
from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Collate, NullIf
from django.utils.translation import get_language

from iscg_portal import record_version
from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.translated import columns_of

# CLDR's orders; of the Chinese ones that of pinyin, which it gives for simplified characters.
_ORDERS = {"zh-hans": "zh-u-co-pinyin"}
# Two texts that begin with the same so many letters are one to a stored key; the tie is broken by the row's number.
_STORED_LETTERS = 120


@cache
def _collator(language):
    import icu  # thirty megabytes of tables: loaded where something is sorted, and only there

    return icu.Collator.createInstance(icu.Locale.forLanguageTag(_ORDERS.get(language, language)))


def sort_key(text, language="") -> bytes:
    """The key by which a text sorts in a language, else in the active one: accents and case decide last."""
    return _collator(language or get_language() or "en").getSortKey(str(text))


def in_order(rows, text) -> list:
    """The rows in the order of `text(row)`, in the active language; a row without a text comes last."""
    return sorted(rows, key=lambda row: (not text(row), sort_key(text(row) or "")))


class SortKeyField(models.BinaryField):
    """The stored key of `instance.collated_text(language)`, made anew with every saving. Compares alike everywhere.

    Django's own field in the migrations.
    """

    def __init__(self, language="", **options):
        self.language = language
        super().__init__(**{"default": b"", "blank": True, "editable": False, **options})

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.BinaryField", args, options

    def key_of(self, record):
        """The key of a record as it stands."""
        return sort_key(record.collated_text(self.language)[:_STORED_LETTERS], self.language)

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, self.key_of(model_instance))
        return super().pre_save(model_instance, add)


SORT_KEYS = columns_of("sorts")


class Collated(models.Model):
    """Mixin: a record that lists sort by a text, in each of the six languages. Subclasses say which text."""

    PRIVATE = SORT_KEYS  # no page prints them

    sorts_ar = SortKeyField("ar")
    sorts_en = SortKeyField("en")
    sorts_es = SortKeyField("es")
    sorts_fr = SortKeyField("fr")
    sorts_ru = SortKeyField("ru")
    sorts_zh_hans = SortKeyField("zh-hans")

    class Meta:
        abstract = True

    def collated_text(self, language):
        """The text as it is printed in a language."""
        raise NotImplementedError


def collated(path="") -> str:
    """The column by which a `Collated` model sorts in the active language; `path` leads there, as in “person__”."""
    return f"{path}{SORT_KEYS[LANGUAGE_CODES.index(get_language() or 'en')]}"


def renew_keys(app_config, using, apps=apps, **kwargs):
    """After `migrate`: make the stored keys that are not what they should be, as after an upgrade of ICU."""
    for model in app_config.get_models():
        if issubclass(model, Collated) and _has_its_columns(model, apps):
            _renew(model, model.objects.using(using))


def _renew(model, rows):
    fields = [model._meta.get_field(name) for name in SORT_KEYS]
    keys = {row.pk: {field.name: field.key_of(row) for field in fields} for row in rows if _is_stale(row, fields)}
    with transaction.atomic(using=rows.db):
        if keys:
            record_version.bump(rows.db)
        for pk, found in keys.items():
            rows.filter(pk=pk).update(**found)


def _is_stale(row, fields):
    return any(bytes(getattr(row, field.name)) != field.key_of(row) for field in fields)


def _has_its_columns(model, migrated):
    """Whether the database is as far as the code; not so where `migrate` stopped at an older migration."""
    try:
        there = migrated.get_model(model._meta.label)._meta.concrete_fields
    except LookupError:
        return False
    return {field.name for field in there} >= {field.name for field in model._meta.concrete_fields}


class InOrder(F):
    """The same for what is written down before the language is known: the `ordering` of a column of the admin."""

    def __init__(self, path=""):
        self.path = path
        super().__init__(f"{path}sorts")

    def resolve_expression(self, *args, **kwargs):
        return F(collated(self.path)).resolve_expression(*args, **kwargs)


# As PostgreSQL names ICU's collations; SQLite is given them under the same names.
_NAMES = {code: f"{code.replace('-hans', '-Hans')}-x-icu" for code in LANGUAGE_CODES}


def give_collations(sender, connection, **kwargs):
    """Where SQLite is connected to: ICU's order of each language."""
    if connection.vendor == "sqlite":
        for language, name in _NAMES.items():
            connection.connection.create_collation(name, partial(_compare, language))


def _compare(language, one, other):
    return _collator(language).compare(one, other)


class InWords(F):
    """A column, or one of a text in six languages as it is shown, in the order of the words of the active language."""

    def __init__(self, name, translated=False):
        self.translated = translated
        super().__init__(name)

    def resolve_expression(self, *args, **kwargs):
        language = get_language() or "en"
        text = _shown(self.name, language) if self.translated else F(self.name)
        return Collate(text, _NAMES[language]).resolve_expression(*args, **kwargs)


def in_labels(name, labels, *first, default=None):
    """A column of codes in a query, in the order of the words that are shown for them in the active language.

    `labels` has pairs of a code and its words; `first` are `When`s that say something else of some rows. Of another
    code stands `default`, an expression, else nothing.
    """
    words = [When(**{name: code}, then=Value(str(label))) for code, label in labels]
    shown = Case(*first, *words, default=default or Value(""), output_field=models.TextField())
    return Collate(shown, _NAMES[get_language() or "en"])


def _shown(name, language):
    """What `Translated.text` gives: in the language, else in the original one, else in any."""
    path, _sep, field = name.rpartition("__")
    prefix = f"{path}__" if path else ""
    columns = dict(zip(LANGUAGE_CODES, columns_of(field), strict=True))
    texts = {code: NullIf(f"{prefix}{column}", Value("")) for code, column in columns.items()}
    by_original = (When(**{f"{prefix}original_language": code}, then=text) for code, text in texts.items())
    original = Case(*by_original, output_field=models.TextField())
    return Coalesce(texts[language], original, *texts.values(), Value(""), output_field=models.TextField())
