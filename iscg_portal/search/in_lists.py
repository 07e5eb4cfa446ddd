"""Words are found in the columns of a list without case and accents, alike on both databases.

“etude” finds “Étude”: column and words go through one function, which SQLite gets from here when it is connected to
and PostgreSQL after `migrate`. The index folds more (`folding`); it holds what is public alone.
"""

import re
import unicodedata
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, Expression

FUNCTION = "iscg_portal_folded"
_MARKS = "[\u0300-\u036f\u0483-\u0487\u0610-\u061a\u0640\u064b-\u065f\u0670]"
# Letters that no decomposition takes apart, and what stands for them.
_LETTERS = ("øłđħŧıð’ىیةک", "oldhtid'ييهك")
_TO_TWO = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_TABLE = str.maketrans(dict(zip(*_LETTERS, strict=True)) | _TO_TWO)
_plain = re.compile(_MARKS)


@lru_cache(maxsize=2_000)
def fold(text):
    """The text without case and accents; None for none."""
    if text is None or text.isascii():
        return text and text.lower()
    return _plain.sub("", unicodedata.normalize("NFD", text)).lower().translate(_TABLE)


def _in_postgresql():
    text = f"translate(lower(regexp_replace(normalize(words, NFD), '{_MARKS}', '', 'g') COLLATE \"und-x-icu\"), "
    text += ", ".join("'{}'".format(letters.replace("'", "''")) for letters in _LETTERS) + ")"
    for letter, two in _TO_TWO.items():
        text = f"replace({text}, '{letter}', '{two}')"
    # What takes a text apart is a function of its own: PostgreSQL writes the other one out in the plan of each column.
    return f"""
        CREATE OR REPLACE FUNCTION {FUNCTION}_letters(words text) RETURNS text
            LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1 AS $$ BEGIN RETURN {text}; END $$;
        CREATE OR REPLACE FUNCTION {FUNCTION}(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT CASE WHEN octet_length(words) > length(words) THEN {FUNCTION}_letters(words) ELSE lower(words) END
        $$
    """


def give_function(sender, connection, **kwargs):
    """Where SQLite is connected to."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 1, fold, deterministic=True)


def make_function(sender, using=DEFAULT_DB_ALIAS, **kwargs):
    """After `migrate`, on PostgreSQL."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(_in_postgresql())


class HasWord(Expression):
    """Whether one of these columns of a model's own table has the word.

    One expression for all of them: a condition for each would take Django longer to make than the database to ask.
    """

    conditional = True
    output_field = BooleanField()

    def __init__(self, word, *fields):
        super().__init__()
        self.word, self.fields, self.alias = word, fields, None

    def resolve_expression(self, query=None, *args, **options):
        return self._of(query.get_initial_alias())

    def relabeled_clone(self, change_map):
        return self._of(change_map.get(self.alias, self.alias))

    def _of(self, alias):
        found = self.copy()
        found.alias = alias
        return found

    def as_sql(self, compiler, connection):
        word = f"%{connection.ops.prep_for_like_query(self.word)}%"
        like = connection.operators["contains"]
        if word.isascii():
            word = word.lower()  # which folds it; to call the function for each column takes the database longer
        else:
            like = like.replace("%s", f"{FUNCTION}(%s)")
        table, quote = compiler.quote_name_unless_alias(self.alias), connection.ops.quote_name
        columns = [f"{FUNCTION}({table}.{quote(field.column)}) {like}" for field in self.fields]
        return f"({' OR '.join(columns)})", [word] * len(columns)
