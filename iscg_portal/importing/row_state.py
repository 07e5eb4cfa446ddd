"""One row of a file while it is judged."""

from dataclasses import dataclass, field

from iscg_portal.importing.preview import ADDED, CHANGED, UNCHANGED


@dataclass
class RowState:
    """What a row is about, what it says, and what is wrong with it.

    `before` and `after` are the record's cells as texts by column; `problems` maps a column ("" for the row as a
    whole) to sentences; `record_changes` is off where only rows that hang on the record change.
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
    record_changes: bool = True
    problems: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)

    def refuse(self, column, sentence):
        """Note a problem, once."""
        sentences = self.problems.setdefault(column, [])
        if sentence not in sentences:
            sentences.append(sentence)

    @property
    def verdict(self):
        """What would become of the row if nothing refuses it."""
        return ADDED if self.is_new else CHANGED if self.changed else UNCHANGED
