"""Files by the letters of their languages, as the Union writes them: “E F”."""

from meetings.numbers import LANGUAGE_LETTERS


def languages_of(files):
    """“E F”; one that nobody may read yet has a question mark."""
    letters = sorted((LANGUAGE_LETTERS[file.language], "?" if file.waits_for_decision else "") for file in files)
    return " ".join(f"{letter}{mark}" for letter, mark in letters) or "—"
