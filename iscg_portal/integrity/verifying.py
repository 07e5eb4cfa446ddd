"""Reading everything again: stored files, the rules of the database, and what apps above have frozen."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext_noop

from iscg_portal.archive.contents import every_model
from iscg_portal.files.whole import FileDiffers, let_others_read_again, open_whole
from iscg_portal.integrity.findings import file_differs, file_is_gone, finding, finding_of_file, keep
from iscg_portal.models import StoredFile
from iscg_portal.tenure.constraints import PeriodConstraint

_checks = []


def add_check(check):
    """`check()` yields findings; apps register theirs in `AppConfig.ready`."""
    _checks.append(check)


def verify() -> list:
    """Every finding, which stands on the desk from then on in the place of those before."""
    found = [one for check in (stored_files, database, *_checks) for one in check()]
    keep(found)
    return found


def stored_files() -> Iterator[dict]:
    """Every stored file, read to its end."""
    for sha256, size in StoredFile.objects.order_by("pk").values_list("pk", "size").iterator():
        try:
            with open_whole(sha256, anew=True) as file:
                if file.seek(0, 2) != size:
                    yield finding_of_file(gettext_noop("%(file)s has another size (SHA-256 %(sha256)s)."), sha256)
        except FileNotFoundError:
            yield file_is_gone(sha256)
        except FileDiffers:
            let_others_read_again(sha256)
            yield file_differs(sha256)
        except OSError as error:
            sentence = gettext_noop("%(file)s cannot be read: %(error)s (SHA-256 %(sha256)s).")
            yield finding_of_file(sentence, sha256, error=error.strerror)


def database() -> Iterator[dict]:
    """That every row points to one that is there, and that the rules are in the database and kept by its rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            for (said,) in cursor.fetchall():
                if said != "ok":
                    yield finding(gettext_noop("The database says of itself: %(said)s"), said=said)
        there = _rules_there(cursor)
        for model in every_model():
            yield from _foreign_keys(model, cursor)
            yield from _rules(model, there, cursor)


def _foreign_keys(model, cursor):
    quote = connection.ops.quote_name
    for field in model._meta.local_concrete_fields:
        if not (field.remote_field and field.db_constraint):
            continue
        there, column = field.target_field, quote(field.column)
        cursor.execute(
            f"SELECT count(*) FROM {quote(model._meta.db_table)} r WHERE {column} IS NOT NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {quote(there.model._meta.db_table)} o WHERE o.{quote(there.column)} = r.{column})"
        )
        if count := cursor.fetchone()[0]:
            sentence = gettext_noop("%(count)s rows of %(table)s have a %(column)s that is not there.")
            yield finding(sentence, count=count, table=model._meta.db_table, column=field.column)


def _rules_there(cursor):
    """The text in which the database names the rules that it keeps."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    else:
        cursor.execute("""
            SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'
            UNION SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'""")
    return "\n".join(text for (text,) in cursor.fetchall())


def _rules(model, there, cursor):
    for rule in model._meta.constraints:
        if rule.name not in there:
            yield finding(gettext_noop("The database does not keep the rule %(rule)s."), rule=rule.name)
        if isinstance(rule, PeriodConstraint):
            cursor.execute(rule.broken_sql(model, connection.ops.quote_name))
            if count := cursor.fetchone()[0]:
                sentence = gettext_noop("%(count)s rows of %(table)s break the rule %(rule)s.")
                yield finding(sentence, count=count, table=model._meta.db_table, rule=rule.name)
