"""One search over all records: by word, number or name, without case and accents, also of what is not public.

What is public is looked up in the index of the public search; the rest by the fields that each list of the admin
searches, folded in the database. An account finds what it may see.
"""

from copy import copy
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib import admin
from django.db.models import Case, Count, F, IntegerField, QuerySet, When, Window
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import RowNumber
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy

from iscg_portal.adminkit.site import admin_address
from iscg_portal.plain_text import cleaned
from iscg_portal.search.folding import compact, folded, is_han, pairs_of, words_of
from iscg_portal.search.full_text import Term, Wanted
from iscg_portal.search.models import IndexEntry
from iscg_portal.search.sources import SOURCES
from secretariat.findings import tally
from secretariat.log.names import in_words, name_in
from secretariat.to_do.rows import first_few, no_day, read

LONGEST, MOST_WORDS = 200, 10
A_KIND = 6  # hits of a kind that are shown
# What is called otherwise here than in the log.
NAMED_HERE = {"members.account": "name", "workspace.participant": "name"}

CALLED = {"subjects.edition": gettext_lazy("Edition of %(date)s")}


@dataclass(frozen=True, slots=True)
class RecordHit:
    """One record that was found."""

    text: str
    href: str
    is_exact: bool = False


@dataclass
class FoundKind:
    """What was found of one kind of record: the first few, how many there are, and where all of them are."""

    model: type
    hits: list[RecordHit] = field(default_factory=list)
    count: int = 0
    q: str = ""

    @property
    def heading(self):
        return capfirst(self.model._meta.verbose_name_plural)

    @property
    def list_url(self):
        """The list, narrowed down to the words."""
        return admin_address(self.model, q=self.q) if self.count > len(self.hits) else ""


@dataclass(frozen=True)
class RecordsFound:
    """All of it; `lists` are the lists that are called so."""

    kinds: list[FoundKind]
    lists: list[RecordHit]

    @property
    def only(self):
        """The record to open at once: the only one, or the one that has the number."""
        hits = [hit for kind in self.kinds for hit in kind.hits]
        exact = [hit for hit in hits if hit.is_exact]
        if self.lists:
            return None
        return hits[0] if len(hits) == 1 else exact[0] if len(exact) == 1 else None


def search(request, asked) -> RecordsFound:
    """What the account finds. Three queries; none where no word is asked for."""
    text = cleaned(asked)[:LONGEST]
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return RecordsFound([], [])
    admins = {
        model: of_model
        for model, of_model in admin.site._registry.items()
        if of_model.has_view_or_change_permission(request)
    }
    kinds = _indexed(admins, text, words)
    for kind in _listed(request, admins, text):
        there = kinds.setdefault(kind.model, kind)
        if there is not kind:
            known = {hit.href for hit in there.hits}
            there.hits += [hit for hit in kind.hits if hit.href not in known]
            there.count += kind.count
    for kind in kinds.values():
        kind.q = text
    exact_first = sorted(kinds.values(), key=lambda kind: not any(hit.is_exact for hit in kind.hits))
    return RecordsFound(exact_first, _lists(request, text))


def _terms(word):
    if not is_han(word):
        return (Term(word, is_beginning=True),)
    return tuple(map(Term, pairs_of(word)[:-1])) or (Term(word, is_beginning=True),)


def _indexed(admins, text, words):
    """{model: what is public}, the exact number or name first, then titles. One query."""
    labels = {source.label: model for model, source in SOURCES.items() if model in admins}
    of_kinds = {source.kind for model, source in SOURCES.items() if model in admins}
    wanted = Wanted(tuple((_terms(word),) for word in words))
    tiers = [When(exact__contains=f" {compact(text)} ", then=0), When(words__has_in_head=wanted, then=1)]
    entries = IndexEntry.objects.filter(words__has=wanted, kind__in=of_kinds)
    entries = entries.annotate(tier=Case(*tiers, default=2, output_field=IntegerField()))
    order = [F("tier").asc(), F("place").asc(), F("day").desc(nulls_last=True), F("order_key").asc()]
    numbered = entries.annotate(
        row_number=Window(RowNumber(), partition_by="kind", order_by=order),
        rows_found=Window(Count("pk"), partition_by="kind"),
    )
    kinds = {}
    for entry in (
        numbered.filter(row_number__lte=A_KIND).only("record", "shown").order_by("tier", "place", "row_number")
    ):
        label, _space, pk = entry.record.partition(" ")
        model = labels.get(label)
        if model is not None:
            kind = kinds.setdefault(model, FoundKind(model, count=entry.rows_found))
            title = next((words for _code, words in entry.texts_in("titles", get_language())), entry.record)
            kind.hits.append(RecordHit(title, admin_address(model, pk), entry.tier == 0))
    return kinds


def _listed(request, admins, text):
    """What is not in the index, by the fields that the lists search. Two queries.

    The first counts, since most lists have nothing of the words, and to read a few rows of each costs more.
    """
    parts = {model: _rows_of(request, model, of_model, text) for model, of_model in admins.items()}
    parts = {model: rows for model, rows in parts.items() if rows is not None}
    counted = tally({model._meta.label_lower: rows for model, rows in parts.items()})
    wanted = [model for model in parts if counted[model._meta.label_lower]]
    found = {}
    for row in read([_first_of(model, parts[model]) for model in wanted]):
        kind = found.setdefault(row.model, FoundKind(apps.get_model(row.model), count=row.found))
        name = in_words(kind.model, row.texts[0])
        kind.hits.append(
            RecordHit(CALLED.get(row.model, "%(date)s") % {"date": name}, admin_address(kind.model, row.key))
        )
    return found.values()


def _rows_of(request, model, of_model, text):
    """The rows of a list that have the words; None where nothing is searched, or the index has all of it."""
    source = SOURCES.get(model)
    if not (of_model.search_fields and getattr(of_model, "on_index", True)) or (source and source.has_all):
        return None
    of_model = copy(of_model)
    # The title of another record finds that one, and not all that belongs to it.
    of_model.search_fields = [
        name for name in of_model.search_fields if not (LOOKUP_SEP in name and name[-3:] == "_en")
    ]
    short = " ".join(text.split()[:MOST_WORDS])
    rows = of_model.get_queryset(request)
    # A plain queryset: the one of a translated model rewrites the fields it is asked for.
    rows, _doubled = of_model.get_search_results(request, QuerySet(model, rows.query), short)
    return source.beside(rows) if source else rows  # what is public, the index has


def _first_of(model, rows):
    """The first of them as `to_do.rows` reads them, by what they are called."""
    name = NAMED_HERE.get(model._meta.label_lower)
    return first_few("found", rows, no_day(), F(name) if name else name_in(model), most=A_KIND)


def _lists(request, text):
    """The lists that are called so."""
    words = folded(text).split()
    models = (model for task in admin.site.get_app_list(request) for model in task["models"] if model["admin_url"])
    named = ((str(model["name"]), model["admin_url"]) for model in models)
    return [RecordHit(name, url) for name, url in named if all(word in folded(name) for word in words)]
