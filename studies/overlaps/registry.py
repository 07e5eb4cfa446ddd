"""What the finder of overlaps takes and gives: things with a title and a Sector, and the cases that it found.

Units and activities are here; other rooms register what they keep.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Titled:
    """A thing with a title: its key, the Sectors that it is of, and its titles by the code of the language.

    `subjects` are the keys of the subjects that it is about. `known_with` are the keys of like things of which it is
    on record that they belong together: they are not compared. `with_like_alone` says that it is compared with no
    thing of another kind. The finder sets the `label` of its source.
    """

    pk: int
    sectors: frozenset[str]
    titles: dict[str, str]
    subjects: frozenset[int] = frozenset()
    known_with: frozenset[int] = frozenset()
    with_like_alone: bool = False
    label: str = ""

    @property
    def key(self):
        """By which it is known among things of all kinds."""
        return self.label, self.pk


@dataclass(frozen=True)
class ShownRecord:
    """How a thing reads: its name, its title (a `Text`), its page, where staff mend it, its titles by language."""

    name: str
    title: Any = ""
    url: str = ""
    mended_at: str = ""
    titles: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class TitleSource:
    """Things of one kind. Both functions give what everyone may see, and nothing else.

    `read` gives those that are compared on a day; `show` gives {key: how it reads} for some keys. `plural` is what they
    are: “study units”.
    """

    label: str  # of the model: “studies.StudyUnit”
    plural: Any
    read: Callable[[datetime.date], Iterable[Titled]]
    show: Callable[[Collection[int]], dict[int, ShownRecord]] = field(repr=False)


SOURCES: dict[str, TitleSource] = {}


def register(source):
    """Have the finder compare things of one more kind. Each app does so in its `AppConfig.ready`."""
    SOURCES[source.label] = source


@dataclass(frozen=True)
class FoundCase:
    """What is so: its kind, and `about` which records (the key); `facts` name records by their keys.

    `telling` is what of it would make another case where it changes: the facts, unless something else is given.
    """

    kind: str
    about: tuple
    facts: dict
    subjects: frozenset[int] = frozenset()
    is_recorded: bool = True
    score: int | None = None
    telling: object = field(default=None)

    @property
    def key(self):
        """What it is about, for ever: “no focal point/12/T”."""
        return "/".join(map(str, (self.kind, *self.about)))

    @property
    def kept_facts(self):
        """The facts as they come back from JSON."""
        return json.loads(json.dumps(self.facts))

    @property
    def fingerprint(self):
        """Of the facts: another one where they changed, so that a dismissal holds no longer."""
        told = [self.is_recorded, self.facts if self.telling is None else self.telling]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
