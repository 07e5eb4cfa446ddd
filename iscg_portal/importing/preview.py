"""What an import would do, row by row: the same words in the admin, in the terminal and in tests."""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, field

ADDED, CHANGED, UNCHANGED, REFUSED = "added", "changed", "unchanged", "refused"
VERDICTS = (REFUSED, CHANGED, ADDED, UNCHANGED)


@dataclass
class CellChange:
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
    changes: list[CellChange] = field(default_factory=list)
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
                    "changes": [CellChange(**change) for change in row["changes"]],
                    "problems": [Problem(**problem) for problem in row["problems"]],
                }
            )
            for row in stored["rows"]
        ]
        return cls(rows, stored["state"], stored["remarks"])


@dataclass
class RowState:
    """What a row is about, what it says, and what is wrong with it.

    `before` and `after` are the record's cells as texts by column, `stood` what the preview shows as on record of the
    columns that change; `problems` maps a column ("" for the row as a whole) to sentences; `record_changes` is off
    where only rows that hang on the record change.
    """

    number: int
    row: dict
    instance: object = None
    is_new: bool = True
    known_id: object = ""
    label: str = ""
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    changed: list = field(default_factory=list)
    stood: dict = field(default_factory=dict)
    record_changes: bool = True
    problems: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)

    def compare(self):
        """Note the columns in which the record is to be another than before."""
        self.changed = [name for name in self.after if self.after[name] != self.before.get(name, "")]

    def refuse(self, column, sentence):
        """Note a problem, once."""
        sentences = self.problems.setdefault(column, [])
        if sentence not in sentences:
            sentences.append(sentence)

    @property
    def verdict(self):
        """What would become of the row if nothing refuses it."""
        return ADDED if self.is_new else CHANGED if self.changed else UNCHANGED


def digest(parts):
    """SHA-256 over plain values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
