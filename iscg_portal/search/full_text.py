"""What each database has to find words fast: FTS5 beside the table on SQLite, a GIN index on PostgreSQL.

Both hold the same plain words, which `folding` makes: neither takes a text apart by rules of its own. So both give the
same rows (decision 36). They are made after `migrate`, and follow the table by themselves.
"""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Lookup

TABLE, INDEX = "iscg_portal_indexentry", "iscg_portal_indexentry_found"
TRIGGERS = {
    "added": "AFTER INSERT ON {table} BEGIN {put}; END",
    "removed": "AFTER DELETE ON {table} BEGIN {take}; END",
    "changed": "AFTER UPDATE OF head, words ON {table} BEGIN {take}; {put}; END",
}
_PUT = "INSERT INTO {index} (rowid, head, words) VALUES (NEW.id, NEW.head, NEW.words)"
_TAKE = "INSERT INTO {index} ({index}, rowid, head, words) VALUES ('delete', OLD.id, OLD.head, OLD.words)"
LONG_TEXTS = {TABLE: ("head", "words"), "iscg_portal_filetext": ("text", "keys")}
INDEX_IN_POSTGRESQL, FORMER_INDEX = "iscg_portal_indexentry_words", INDEX
_VECTOR_OF = "array_to_tsvector(string_to_array({column}, ' '))"
_WORDS_OF = "iscg_portal_words_of({column})"
# A function, whose cost PostgreSQL takes for high: else it would rather take the words of every row apart than look
# into the index, where a word is frequent. Not one of SQL, which would be put in place of its call.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION iscg_portal_words_of(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT
AS $$ BEGIN RETURN {_VECTOR_OF.format(column="words")}; END $$
"""
# Looks into the index whatever is sought: for a word of most entries PostgreSQL would take the words of each apart,
# once for every word that is asked, which took fifteen seconds.
_FOUND = f"""
CREATE OR REPLACE FUNCTION iscg_portal_found(sought tsquery) RETURNS SETOF bigint
LANGUAGE sql STABLE STRICT SET enable_seqscan = off
AS $$ SELECT id FROM {TABLE} WHERE {_WORDS_OF.format(column="words")} @@ sought $$
"""


class Term(NamedTuple):
    """A word that is looked for, or the beginning of one."""

    word: str
    is_beginning: bool = False


class Wanted(NamedTuple):
    """What is looked for: of each group one alternative, of an alternative every term; they hold letters and digits."""

    groups: tuple[tuple[tuple[Term, ...], ...], ...]

    def expression(self, term, both, either):
        """In the language of a database, given how it writes a term, “and”, and “or”."""
        groups = (
            either.join(f"({both.join(term(one) for one in alternative)})" for alternative in group)
            for group in self.groups
        )
        return both.join(f"({group})" for group in groups)

    def whole_words(self):
        """The same, where only whole words count."""
        return Wanted(tuple(tuple(tuple(Term(one.word) for one in terms) for terms in group) for group in self.groups))


class WordsField(models.TextField):
    """Words with spaces between them, which can be looked up. Django's own field in the migrations."""

    def deconstruct(self):
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options


class Sought(models.Value):
    """What is `Wanted`, in the language of the database."""

    def __init__(self, wanted):
        super().__init__(wanted, output_field=models.TextField())

    def as_sqlite(self, compiler, connection):
        return "%s", [self.value.expression(lambda one: f'"{one.word}"{" *" * one.is_beginning}', " AND ", " OR ")]

    def as_postgresql(self, compiler, connection):
        return "%s", [self.value.expression(lambda one: f"'{one.word}'{':*' * one.is_beginning}", " & ", " | ")]


class _Has(Lookup):
    """Whether a row has what is `Wanted`, or what an expression chooses of things `Sought`, somewhere."""

    def get_prep_lookup(self):
        return Sought(self.rhs) if isinstance(self.rhs, Wanted) else self.rhs

    def as_sqlite(self, compiler, connection):
        column, _params = self.process_lhs(compiler, connection)
        sought, params = self.process_rhs(compiler, connection)
        table = column.rpartition(".")[0]
        found = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH '{{{self.column}}} : (' || {sought} || ')'"
        return f"{table}.id IN ({found})", params

    def as_postgresql(self, compiler, connection):
        column, _params = self.process_lhs(compiler, connection)
        sought, params = self.process_rhs(compiler, connection)
        return self.in_postgresql.format(table=column.rpartition(".")[0], sought=f"({sought})::tsquery"), params


@WordsField.register_lookup
class Has(_Has):
    """Anywhere in the entry."""

    lookup_name, column = "has", "words"
    in_postgresql = "{table}.id IN (SELECT iscg_portal_found({sought}))"


@WordsField.register_lookup
class HasInHead(_Has):
    """In its title."""

    lookup_name, column = "has_in_head", "head"
    in_postgresql = f"{_VECTOR_OF.format(column='{table}.head')} @@ {{sought}}"


def make_structures(sender=None, using=DEFAULT_DB_ALIAS, **kwargs):
    """After `migrate`: make what is not there. On SQLite the words are then read anew from the table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "postgresql":
            _make_in_postgresql(cursor)
            return
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        if cursor.fetchone()[0] < len(TRIGGERS):
            _make_in_sqlite(cursor)


def _make_in_postgresql(cursor):
    """The index, and LZ4 where the server has it: its own way to compress takes ten times as long for a long text."""
    cursor.execute(f"DROP INDEX IF EXISTS {FORMER_INDEX}")
    cursor.execute(_FUNCTION)
    words = _WORDS_OF.format(column="words")
    cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX_IN_POSTGRESQL} ON {TABLE} USING gin ({words})")
    cursor.execute(_FOUND)
    cursor.execute(
        "SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attrelid::regclass::text = ANY(%s)"
        " AND attname = ANY(%s) AND attcompression <> 'l' AND EXISTS (SELECT FROM pg_settings"
        " WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals))",
        [list(LONG_TEXTS), [name for columns in LONG_TEXTS.values() for name in columns]],
    )
    for table, column in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4")


def _make_in_sqlite(cursor):
    """The tokenizer splits at spaces and folds nothing that `folding` leaves."""
    cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
    options = f"content='{TABLE}', content_rowid='id', tokenize='ascii', detail='column'"
    cursor.execute(f"CREATE VIRTUAL TABLE {INDEX} USING fts5(head, words, {options})")
    put, take = (text.format(index=INDEX) for text in (_PUT, _TAKE))
    for name, event in TRIGGERS.items():
        cursor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{name}")
        cursor.execute(f"CREATE TRIGGER {INDEX}_{name} {event.format(table=TABLE, put=put, take=take)}")
    read_anew(cursor)


def read_anew(cursor):
    """On SQLite: the words of the table, whatever was there before."""
    cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")
