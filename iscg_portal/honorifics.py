"""Offices, and what is said of those who hold them, as of a woman or of a man where the language has two forms.

The honorific says which it is: “Ms Ina Sample” is “Présidente”, “رئيسة”. Where it does not (“Dr”, or none), the neutral
form stands, which is the message without a context. Catalogues have the other two under the contexts below.
"""

from django.utils.translation import gettext, pgettext

WOMAN, MAN = "a woman", "a man"
OF_WOMEN = {"ms", "mrs", "miss", "mme", "mlle", "sra", "srta", "dña", "г-жа", "السيدة", "الآنسة", "女士"}
OF_MEN = {"mr", "sr", "г-н", "السيد", "先生"}
MONSIEUR = (["m"], ["s.e", "m"])  # “M.” anywhere else is an initial


def in_forms(message):
    """Marks a message that has a form for a woman and one for a man; the catalogues find it by this name."""
    return message


def of_holder(message, name):
    """The message in the active language, in the form for who is called so: the name with its honorific, or nobody."""
    return _in_form(message, context_of(name))


def of_holders(message, names):
    """The message of several: in the form for women where all are, for men where one of them is a man."""
    contexts = {context_of(name) for name in names}
    return _in_form(message, MAN if MAN in contexts else WOMAN if contexts == {WOMAN} else "")


def _in_form(message, context):
    said = pgettext(context, message) if context else message
    return gettext(message) if said == message else said


def context_of(name):
    """`WOMAN` or `MAN` by the honorific: “Ms Ina Sample”, “H.E. Mr Sample”; blank where it is neither."""
    words = [word.casefold().strip(".") for word in str(name or "").split()[:2]]
    if OF_WOMEN.intersection(words):
        return WOMAN
    return MAN if OF_MEN.intersection(words) or words[:1] in MONSIEUR or words in MONSIEUR else ""
