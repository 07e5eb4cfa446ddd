"""What a cell may hold: each class reads a text into a value and writes the value back as the same text.

`clean` raises ValueError with a sentence; `render` gives the text. An empty cell is None, or "" for texts.
"""

import difflib

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from iscg_portal.importing.sheet import DateCell, ValueCell
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.name_keys import name_key
from iscg_portal.tenure.dates import parse_date

YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def did_you_mean(suggestions):
    """“Did you mean IT (Italy)?”, or nothing."""
    if not suggestions:
        return ""
    return " " + _("Did you mean %(names)s?") % {"names": _(" or ").join(suggestions)}


class Cell(Widget):
    """A text as it stands in a cell that was cleaned."""

    empty = None
    is_text = True  # and neither a number nor a day, which are judged as such
    takes_values = False  # of a spreadsheet, whose text is not what it shows

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, DateCell):
            raise ValueError(self.refuse_date(value))
        if isinstance(value, ValueCell) and not self.takes_values:
            raise ValueError(value.reason)
        text = str(value).strip()
        return self.read(text) if text else self.empty

    def refuse_date(self, value):
        """Why a true date cannot stand here."""
        return _("The cell holds a date (%(day)s), not a text. Give the cell the format “Text” and write it again.") % {
            "day": value
        }

    def read(self, text):
        """The value of a text that is not empty."""
        return text

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)

    def prepare(self):
        """Load what reading needs, once for a file."""

    def allowed(self):
        """The words that may stand in the cell, where they are few: for the template."""
        return []


class Text(Cell):
    """A text; the record keeps an empty one as ""."""

    empty = ""


class Whole(Cell):
    """A whole number from 0 to `highest`, the same on both databases."""

    is_text, takes_values = False, True

    def __init__(self, highest=2_147_483_647):
        self.highest = highest
        super().__init__()

    def read(self, text):
        if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= self.highest):
            message = _("“%(text)s” is not a whole number from 0 to %(highest)d.")
            raise ValueError(message % {"text": text[:40], "highest": self.highest})
        return int(text)


class YesNo(Cell):
    """Yes or no; empty is "not known" where the record allows that."""

    is_text, takes_values = False, True

    def read(self, text):
        if text.casefold() not in YES:
            raise ValueError(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        return YES[text.casefold()]

    def render(self, value, obj=None, **kwargs):
        return {True: "yes", False: "no"}.get(value, "")

    def allowed(self):
        return ["yes", "no"]


class Choice(Cell):
    """One of a few words. `words` is a class of choices, or pairs of word and label."""

    empty = ""

    def __init__(self, words):
        self.labels = dict(getattr(words, "choices", words))
        self.nearest = None
        super().__init__()

    def read(self, text):
        folded = {str(word).casefold(): word for word in self.labels}
        if text.casefold() in folded:
            return folded[text.casefold()]
        if self.nearest is None:
            named = [(name, word) for word, label in self.labels.items() for name in (word, label)]
            self.nearest = Nearest(named)
        message = _("“%(text)s” cannot stand here; it is one of: %(words)s.")
        values = {"text": text[:40], "words": with_commas(self.labels)}
        raise ValueError(message % values + did_you_mean(self.nearest.to(text)))

    def allowed(self):
        return [with_colon(word, label) if str(label) != word else word for word, label in self.labels.items()]


class Day(Cell):
    """A full day, as in 2025-01-23, or a true date: a day is a day where no precision stands beside it."""

    is_text = False

    def clean(self, value, row=None, **kwargs):
        return super().clean(str(value) if isinstance(value, DateCell) else value)

    def read(self, text):
        try:
            return parse_date(text, "day")[0]
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None


class Several(Cell):
    """Several values, with semicolons between them; `one` reads and writes each."""

    def __init__(self, one):
        self.one = one
        super().__init__()

    @property
    def empty(self):
        return []

    def prepare(self):
        self.one.prepare()

    def read(self, text):
        return list(dict.fromkeys(self.one.read(part) for part in split(text)))

    def render(self, value, obj=None, **kwargs):
        return "; ".join(sorted(self.one.render(each) for each in value or []))

    def allowed(self):
        return self.one.allowed()


class Words(Several):
    """Several of a few words, in the order of the choices."""

    def __init__(self, words):
        super().__init__(Choice(words))

    def read(self, text):
        given = super().read(text)
        return [word for word in self.one.labels if word in given]

    def render(self, value, obj=None, **kwargs):
        return "; ".join(value or [])


def split(text):
    """The parts of a text between semicolons or commas."""
    return [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]


class Reference(Cell):
    """A record of another table by its key.

    `names` gives the English names of a record, for suggestions; `where` says which records may stand here.
    """

    def __init__(self, model, key, names, where=None, related=()):
        self.model_label, self.key, self.names = model, key, names
        self.where, self.related = where or {}, related
        self.rows, self.nearest = None, None
        super().__init__()

    @property
    def model(self):
        return apps.get_model(self.model_label)

    def prepare(self):
        records = self.model._default_manager.filter(**self.where).prefetch_related(*self.related)
        self.rows = {getattr(record, self.key): record for record in records}
        self.folded = {key.casefold(): record for key, record in self.rows.items()}

    def read(self, text):
        if self.rows is None:
            self.prepare()
        record = self.rows.get(text) or self.folded.get(text.casefold())
        if record is None:
            message = _("“%(text)s” is not among the %(records)s that can stand here.")
            values = {"text": text[:80], "records": self.model._meta.verbose_name_plural}
            raise ValueError(message % values + self.hint(text))
        return record

    def hint(self, text):
        """What to write instead, or nothing."""
        return did_you_mean(self.nearest_names().to(text))

    def nearest_names(self):
        """Suggestions among the records: “IT (Italy)”."""
        if self.rows is None:
            self.prepare()
        if self.nearest is None:
            self.nearest = Nearest(
                (name, self.suggestion(key, record))
                for key, record in self.rows.items()
                for name in (key, *self.names(record))
            )
        return self.nearest

    def suggestion(self, key, record):
        """The key, with the name that explains it."""
        name = next(iter(self.names(record)), "")
        return f"{key} ({name})" if name and name != key else key

    def render(self, value, obj=None, **kwargs):
        return getattr(value, self.key, "") if value is not None else ""

    def allowed(self):
        return [_("a key of the %(records)s on record") % {"records": self.model._meta.verbose_name_plural}]


SUGGESTIONS = 3
# Comparing is slow; a file full of misspellings gets suggestions for the first ones only.
LOOKED_UP = 100
COMPARED_LENGTH = 100


class Nearest:
    """Suggestions among named things; `named` is pairs of (name, what to suggest)."""

    def __init__(self, named):
        self.suggestions = {}
        for name, suggestion in named:
            self.suggestions.setdefault(name_key(str(name)[:COMPARED_LENGTH]), []).append(suggestion)
        self.letters = {name: frozenset(name) for name in self.suggestions}
        self.known = {}

    def to(self, text, likeness=0.6):
        """At most three suggestions, the nearest first."""
        form = name_key(text[:COMPARED_LENGTH])
        if (form, likeness) not in self.known:
            if len(self.known) >= LOOKED_UP:
                return []
            near = (name for name in self.suggestions if self._may_be_near(form, name, likeness))
            close = difflib.get_close_matches(form, near, n=SUGGESTIONS, cutoff=likeness)
            found = [suggestion for name in close for suggestion in self.suggestions[name]]
            self.known[form, likeness] = list(dict.fromkeys(found))[:SUGGESTIONS]
        return self.known[form, likeness]

    def _may_be_near(self, form, name, likeness):
        """Whether enough letters of each stand in the other: most names are told apart by that, and not compared."""
        ours, theirs = frozenset(form), self.letters[name]
        alike = min(len(form) - len(ours - theirs), len(name) - len(theirs - ours))
        return 2 * alike >= likeness * (len(form) + len(name))
