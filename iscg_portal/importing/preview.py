"""What an import would do, row by row: the same words in the admin, in the terminal and in tests."""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, field

ADDED, CHANGED, UNCHANGED, REFUSED = "added", "changed", "unchanged", "refused"
VERDICTS = (REFUSED, CHANGED, ADDED, UNCHANGED)


@dataclass
class Change:
    """One cell that differs: its column, what the record has and what the file says."""

    column: str
    old: str
    new: str


@dataclass
class Problem:
    """Why a row is refused: the address of the cell, or "" for the row as a whole."""

    cell: str
    column: str
    sentence: str


@dataclass
class PreviewRow:
    """One row of the file and its verdict."""

    number: int
    verdict: str
    record: str
    record_id: str = ""
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class Preview:
    """The verdict on a file. `state` is the digest of the records concerned and of what would become of them."""

    rows: list[PreviewRow]
    state: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self):
        """How many rows of each verdict."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def is_accepted(self):
        """Whether no row is refused."""
        return not any(row.verdict == REFUSED for row in self.rows)

    @property
    def changes_something(self):
        """Whether there is anything to write."""
        return any(row.verdict in (ADDED, CHANGED) for row in self.rows)

    def as_json(self):
        """Plain values, to be stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored):
        """The preview that `as_json` gave."""
        rows = [
            PreviewRow(
                **{
                    **row,
                    "changes": [Change(**change) for change in row["changes"]],
                    "problems": [Problem(**problem) for problem in row["problems"]],
                }
            )
            for row in stored["rows"]
        ]
        return cls(rows, stored["state"], stored["remarks"])


def digest(parts):
    """SHA-256 over plain values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
