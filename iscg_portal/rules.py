"""A rule that the database keeps, with one sentence for people (rule 2)."""

from django.db import models


class Rule(models.BaseConstraint):
    """What our own rules share: two are equal where they say the same.

    `made_of` names the arguments beside those of every constraint; `code` is that of the refusal.
    """

    made_of = ()
    code = None

    def __init__(self, *, name, violation_error_code=None, violation_error_message=None):
        super().__init__(
            name=name,
            violation_error_code=violation_error_code or self.code,
            violation_error_message=violation_error_message,
        )

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, **{name: getattr(self, name) for name in self.made_of}}

    def __eq__(self, other):
        return type(other) is type(self) and other.deconstruct()[2] == self.deconstruct()[2]

    __hash__ = models.BaseConstraint.__hash__

    @property
    def abort(self):
        """What a trigger of SQLite does where the rule is broken."""
        return f"BEGIN SELECT RAISE(ABORT, 'constraint {self.name}'); END"
