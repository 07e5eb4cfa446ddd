"""Makes the entries of the search of what the record says.

`iscg_portal.search.following` asks for it with each change. What writes past the signals, and what an older version
wrote, is found by `mend`, which the sender asks for.
"""

import hashlib
import json
import logging

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop, override

from iscg_portal import record_version
from iscg_portal.integrity.findings import finding
from iscg_portal.languages import in_a_row
from iscg_portal.odd_rows import CANNOT_PRINT
from iscg_portal.search.folding import compact, keys_of
from iscg_portal.search.full_text import read_anew
from iscg_portal.search.models import FileText, IndexEntry
from iscg_portal.search.sources import PAGES, SOURCES, Source, of_subject

VERSION = 9  # of what an entry holds: another number makes all of them anew
AT_ONCE = 200
MOST_BYTES = 500_000  # of the words of an entry; PostgreSQL takes a million
LONGEST_SHOWN = 20_000  # characters of a text that are shown
NAMED = 3
PAGE, PLACE_OF_PAGES = "page", 3

log = logging.getLogger(__name__)


def name_of(row):
    """How an entry names a row that it tells of."""
    return f"{row._meta.label_lower}:{row.pk}"


def name_of_file(sha256):
    """The same for a stored file."""
    return f"iscg_portal.storedfile:{sha256}"


def write(source: Source, keys, using=DEFAULT_DB_ALIAS) -> int:
    """Make the entries of these records anew, and take away those of records that are not public. How many changed."""
    entries = entries_of(source, keys)
    there = {entry.record for entry in entries}
    gone = [source.key(key) for key in keys if source.key(key) not in there]
    removed = IndexEntry.objects.using(using).filter(record__in=gone).delete()[0] if gone else 0
    return keep(entries, using) + removed


def entries_of(source, keys):
    """The entries of those of these records that are public, not saved. A row that cannot be printed has none."""
    found = []
    with override("en"):
        for row in source.rows(keys):
            try:
                found.append(entry_of(source, row.pk, source.content(row)))
            except CANNOT_PRINT:
                log.warning("%s cannot be printed and is not found", source.key(row.pk), exc_info=True)
    return found


def entry_of(source, key, content) -> IndexEntry:
    """The entry of a record, not saved."""
    return _entry(source.key(key), source.kind, source.place, source.takes_day, content)


def _entry(record, kind, place, takes_day, content):
    titles = {code: text for code, text in content.titles.items() if text}
    texts = {code: text for code, text in content.texts.items() if text}
    files = [list(pair) for pair in content.files]
    exact = dict.fromkeys(compact(text) for text in (*content.exact, *titles.values()))
    head = keys_of([*titles.values(), *content.exact])
    words = head | keys_of([*content.lines.values(), *texts.values(), *content.keywords, *content.subjects])
    words |= dict.fromkeys(of_subject(code) for code in content.subjects)
    languages = content.languages
    if languages is None:
        languages = {*titles, *texts, *(code for code, _sha256 in files)}
        languages = () if "" in languages else languages
    shown = {
        "titles": titles,
        "lines": content.lines,
        "texts": {code: text[:LONGEST_SHOWN] for code, text in texts.items()},
        "original": content.original,
        "withdrawn": content.withdrawn,
    }
    entry = IndexEntry(
        record=record,
        kind=kind,
        place=place,
        takes_day=takes_day,
        address=content.address,
        year=content.year,
        day=content.day,
        ended_on=content.ended_on,
        languages=" ".join(sorted(languages)),
        order_key=content.address.encode(),
        exact=f" {' '.join(exact)} ",
        made_of=f" {' '.join(sorted({*map(name_of, content.made_of), *(name_of_file(one) for _code, one in files)}))} ",
        shown=shown,
        files=files,
        head=" ".join(head),
    )
    entry.own_words = words
    return entry


def keep(entries, using=DEFAULT_DB_ALIAS) -> int:
    """Write the entries that differ from what is kept; how many."""
    if not entries:
        return 0
    _add_words_of_files(entries)
    kept = IndexEntry.objects.using(using).filter(record__in=[entry.record for entry in entries])
    kept = dict(kept.values_list("record", "digest"))
    new = [entry for entry in entries if kept.get(entry.record) != entry.digest]
    names = [field.name for field in IndexEntry._meta.concrete_fields if field.name not in ("id", "record")]
    IndexEntry.objects.using(using).bulk_create(
        new, update_conflicts=True, unique_fields=["record"], update_fields=names
    )
    return len(new)


def _add_words_of_files(entries):
    """The words of each, with those of its files, and the digest of it all."""
    wanted = {sha256 for entry in entries for _code, sha256 in entry.files}
    texts = dict(FileText.objects.filter(pk__in=wanted).values_list("pk", "keys")) if wanted else {}
    for entry in entries:
        words = entry.own_words
        for _code, sha256 in entry.files:
            words |= dict.fromkeys(texts.get(sha256, "").split())
        entry.words = _cut(" ".join(words))
        parts = [getattr(entry, name) for name in ("address", "year", "day", "ended_on", "exact", "made_of", "shown")]
        parts += [VERSION, entry.kind, entry.place, entry.takes_day, entry.files, entry.head, entry.words]
        entry.digest = hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


def _cut(words):
    if len(words.encode()) <= MOST_BYTES:
        return words
    return words.encode()[:MOST_BYTES].decode("utf-8", "ignore").rpartition(" ")[0]


def mend(using=DEFAULT_DB_ALIAS) -> int:
    """Make every entry as the record is, some at a time, each time in one transaction; how many were not so.

    Readers find all the while what is there.
    """
    changed = 0
    for source in SOURCES.values():
        keys = list(source.model._base_manager.using(using).order_by("pk").values_list("pk", flat=True))
        for some in in_turn(keys):
            with transaction.atomic(using=using):
                record_version.bump(using)  # the first lock of every writer
                written = write(source, some, using)
                changed += written
                if not written:
                    transaction.set_rollback(True, using=using)  # nothing changed, so no page is made anew
    return changed + _mend_pages(using) + _remove_strangers(using)


def in_turn(keys):
    """The keys, some at a time."""
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))


def _mend_pages(using):
    """The standing pages, which change with the version alone."""
    entries = [
        _entry(f"{PAGE} {name}", PAGE, PLACE_OF_PAGES, False, content) for pages in PAGES for name, content in pages()
    ]
    with transaction.atomic(using=using):
        changed = keep(entries, using)
        if changed:
            record_version.bump(using)
    return changed


def _remove_strangers(using):
    """Entries of records that are gone without a word, or of kinds that there are no more."""
    known = Q(record__startswith=f"{PAGE} ")
    for source in SOURCES.values():
        known |= Q(record__startswith=f"{source.label} ")
    gone = list(IndexEntry.objects.using(using).exclude(known).values_list("pk", flat=True))
    for source in SOURCES.values():
        keys = {source.key(key) for key in source.model._base_manager.using(using).values_list("pk", flat=True)}
        there = IndexEntry.objects.using(using).filter(record__startswith=f"{source.label} ")
        gone += [pk for pk, record in there.values_list("pk", "record") if record not in keys]
    if gone:
        with transaction.atomic(using=using):
            record_version.bump(using)
            IndexEntry.objects.using(using).filter(pk__in=gone).delete()
    return len(gone)


def make_anew(using=DEFAULT_DB_ALIAS) -> int:
    """Make the whole index from nothing: how many entries it has."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        record_version.bump(using)
        IndexEntry.objects.using(using).all().delete()
        if connection.vendor == "sqlite":
            read_anew(cursor)
    mend(using)
    return IndexEntry.objects.using(using).count()


def check():
    """Findings of `verify`: records whose entry is not as they are. Nothing is written."""
    differ = []
    for source in SOURCES.values():
        keys = list(source.model._base_manager.order_by("pk").values_list("pk", flat=True))
        for some in in_turn(keys):
            names = [source.key(key) for key in some]
            kept = dict(IndexEntry.objects.filter(record__in=names).values_list("record", "digest"))
            entries = entries_of(source, some)
            _add_words_of_files(entries)
            right = {entry.record: entry.digest for entry in entries}
            differ += [name for name in names if kept.get(name) != right.get(name)]
    if differ:
        sentence = gettext_noop(
            "The search does not tell what the record says of %(count)s records, such as %(names)s."
        )
        yield finding(sentence, count=len(differ), names=in_a_row(differ[:NAMED]))
