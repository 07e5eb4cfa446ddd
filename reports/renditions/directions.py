"""Words of another script in an Arabic report: each text is isolated, so that its marks stay on their side."""

ISOLATE, END = "\u2068", "\u2069"  # first strong isolate: the text has the direction of its own first letter


def isolated(text, lang):
    """The text as it stands in a report of the language: set apart in Arabic where it is not Arabic alone."""
    if lang != "ar" or not text or not any("A" <= one <= "z" or "\u00c0" <= one <= "\u052f" for one in text):
        return text
    return f"{ISOLATE}{text}{END}"
