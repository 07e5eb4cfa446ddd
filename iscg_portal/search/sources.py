"""What can be found: each app registers its public records here, in its `AppConfig.ready`."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import override

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.translated import columns_of

SUBJECT = "0s"  # how the word begins that stands for a subject; nobody can type it as one


@dataclass
class Content:
    """What is found of one record, at an address that shows it.

    Texts are {language: text}, under "" where they are the same in each. `exact` are its numbers and names in any
    spelling, `keywords` words under which it is found too, `subjects` the codes of the subjects that it is about,
    `files` pairs of language and SHA-256, `made_of` the other rows of which it tells. `withdrawn` says why it
    is, and in which language that was written (blank: not recorded).
    """

    address: str
    titles: dict[str, str]
    lines: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    original: str = "en"
    exact: Iterable[str] = ()
    keywords: Iterable[str] = ()
    subjects: Iterable[str] = ()
    files: Iterable[tuple[str, str]] = ()
    made_of: Iterable[models.Model] = ()
    year: int | None = None
    day: datetime.date | None = None
    ended_on: datetime.date | None = None
    withdrawn: tuple[str, str] | None = None
    languages: Iterable[str] | None = None


@dataclass(frozen=True)
class Source:
    """A kind of record that can be found.

    `rows(pks)` gives the public ones among these rows, or all for None, with what `content(row)` reads of them.
    `owners` are the models that an entry tells of: {model: function of a row that gives the keys of the records}.
    `hidden()` gives the rows that are not public, where there is a shorter way to them than past all that are.
    """

    kind: str
    place: int
    model: type[models.Model]
    rows: Callable[[Iterable | None], models.QuerySet]
    content: Callable[[models.Model], Content]
    owners: dict[type[models.Model], Callable[[models.Model], Iterable]] = field(default_factory=dict)
    takes_day: bool = False
    hidden: Callable[[], models.QuerySet] | None = None

    def beside(self, rows):
        """Those of the rows that the index does not have, since they are not public."""
        if self.hidden:
            return rows.filter(pk__in=self.hidden().values("pk"))
        return rows.exclude(pk__in=self.rows(None).order_by().values("pk"))

    @property
    def has_all(self):
        """Whether every record of the kind is public, and so in the index."""
        return not hasattr(self.model._default_manager, "visible_to")

    @property
    def label(self):
        """How the names of its records begin."""
        return self.model._meta.label

    def key(self, pk):
        """The name of a record: “app.Model 12”."""
        return f"{self.label} {pk}"


SOURCES: dict[type[models.Model], Source] = {}
PAGES: list[Callable[[], Iterable[tuple[str, Content]]]] = []


def register(source):
    """Let the records of the source be found, and follow each change of them and of what they tell of."""
    from iscg_portal.history import added_alike
    from iscg_portal.search.following import follow, follow_all

    SOURCES[source.model] = source
    for model in (source.model, *source.owners):
        post_save.connect(follow, sender=model, dispatch_uid="search")
        post_delete.connect(follow, sender=model, dispatch_uid="search")
        added_alike.connect(follow_all, sender=model, dispatch_uid="search")


def register_pages(pages):
    """Let standing pages be found: `pages()` gives (name, Content) of each. They change with the version alone."""
    PAGES.append(pages)


def in_each_language(text) -> dict[str, str]:
    """{language: `text()` in it}."""
    found = {}
    for code in LANGUAGE_CODES:
        with override(code):
            found[code] = str(text())
    return found


def of_subject(code) -> str:
    """The word under which everything about a subject is found."""
    return SUBJECT + "".join(sign for sign in code.lower() if sign.isalnum())


def texts_of(row, field) -> dict[str, str]:
    """{language: text} of a field in six languages."""
    return dict(zip(LANGUAGE_CODES, (getattr(row, column) or "" for column in columns_of(field)), strict=True))


def joined(*parts) -> str:
    """The parts that are there, as one line."""
    return " · ".join(str(part) for part in parts if part)


def years_of(period) -> str:
    """The years of an office in short, as far as they are known: “2018–2022”, “2023–”; it says nothing of today."""
    is_known = period.starts_on and period.starts_precision != "by"
    begins = period.starts_on.year if is_known else "…"
    if not period.ends_on:
        return f"{begins}–" if is_known else ""
    return f"{begins}–{'…' if period.ends_precision == 'after' else period.ends_on.year}"


def end_of(periods) -> datetime.date | None:
    """The day on which the last of the periods ends; None where one has no end, or there is none."""
    ends = [period.ends_on for period in periods]
    return max(ends) if ends and all(ends) else None
