"""The nearest names on record to what somebody wrote: a misspelling is refused with a suggestion."""

import difflib
import re
import unicodedata

SUGGESTIONS = 3
# Comparing is slow; a file full of misspellings gets suggestions for the first ones only.
LOOKED_UP = 100
COMPARED_LENGTH = 100


def plain_form(name):
    """The name without accents, case, punctuation and order of words."""
    decomposed = unicodedata.normalize("NFKD", str(name)[:COMPARED_LENGTH])
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
    return " ".join(sorted(re.findall(r"\w+", letters)))


class Nearest:
    """Suggestions among named things; `named` is pairs of (name, what to suggest)."""

    def __init__(self, named):
        self.suggestions = {}
        for name, suggestion in named:
            self.suggestions.setdefault(plain_form(name), []).append(suggestion)
        self.known = {}

    def to(self, text, likeness=0.6):
        """At most three suggestions, the nearest first."""
        form = plain_form(text)
        if (form, likeness) not in self.known:
            if len(self.known) >= LOOKED_UP:
                return []
            close = difflib.get_close_matches(form, self.suggestions, n=SUGGESTIONS, cutoff=likeness)
            found = [suggestion for name in close for suggestion in self.suggestions[name]]
            self.known[form, likeness] = list(dict.fromkeys(found))[:SUGGESTIONS]
        return self.known[form, likeness]

    def same(self, text):
        """The suggestions whose name is the same in its plain form."""
        return list(dict.fromkeys(self.suggestions.get(plain_form(text), [])))
