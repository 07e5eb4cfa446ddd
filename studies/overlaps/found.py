"""One overlap or gap as the finder gives it, before it is kept."""

import hashlib
import json
from dataclasses import dataclass, field


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
