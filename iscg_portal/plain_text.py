"""Texts that people type, cleaned in one way at every door: form, import, command, proposal and act (rule 19).

A text is cleaned, then checked, then written: `iscg_portal.text_fields` has the fields that do so. What is cleaned
away would show staff another text than the one they accept, make two persons of one, or be held by no file.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What takes no room: controls, marks of direction, blank letters, tags, halves of pairs, and what is no character.
_LAST_OF_PLANES = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ufdd0-\ufdef" + _LAST_OF_PLANES + "]"
)
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile(r"\s")
# Inside a word they are seen: Persian, Hindi, Malayalam and others join by them, Han and Mongolian choose a shape.
_JOINERS = re.compile("[\u200c\u200d]+")
_SHAPES = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_VIRAMA = 9
MOST_MARKS = 30  # on one letter, as in Unicode's format for streams
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cleaned(text, lines=False):
    """The text in one form (NFC), with plain single spaces and nothing that cannot be seen.

    A long text (`lines`) keeps its line breaks and the spaces inside its lines; any other becomes one line.
    """
    if text.isascii() and text.isprintable() and text[:1] != " " and text[-1:] != " " and "  " not in text:
        return text
    text = _LINE_END.sub("\n", _UNSEEN.sub("", text))
    text = _SHAPES.sub(_after_a_letter, text)
    text = normalized("NFC", _JOINERS.sub(_within_a_word, text))
    if not lines:
        return " ".join(text.split())
    return "\n".join(_SPACE.sub(" ", line) for line in text.split("\n")).strip()


def normalized(form, text):
    """The text in a normal form of Unicode, in linear time: sorting the marks of one letter is not.

    Of marks on one letter those after the thirtieth are left out; no script has more than a few.
    """
    marks = sum(map(bool, map(unicodedata.combining, text)))
    return unicodedata.normalize(form, text if marks <= MOST_MARKS else _with_few_marks(text))


def _with_few_marks(text):
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _is_of_word(sign):
    return bool(sign) and unicodedata.category(sign)[0] in "LMN"


def _after_a_letter(shape):
    return shape[0][0] if _is_of_word(shape.string[shape.start() - 1 : shape.start()]) else ""


def _within_a_word(joiner):
    before, after = joiner.string[joiner.start() - 1 : joiner.start()], joiner.string[joiner.end() :][:1]
    ends_a_word = bool(before) and unicodedata.combining(before) == _VIRAMA  # as Malayalam writes a final consonant
    return joiner[0][0] if _is_of_word(before) and (_is_of_word(after) or ends_a_word) else ""


def one_line(text):
    """Validator of what is not cleaned, since it is a key: an address at the door. One line of what can be seen."""
    if cleaned(text) != text.strip():
        raise ValidationError(
            _("There is an invisible mark in it, such as one that turns the text around. Type it anew.")
        )


def for_xml(text):
    """The text without the characters that no XML can hold: for XLSX, DOCX and Atom."""
    return _NOT_XML.sub("", text)


def for_xlsx(text):
    """The text as a cell of XLSX has it, where `_x0041_` is the letter A: what only looks so says that it does."""
    return _ESCAPE.sub(r"_x005F_x\1_", for_xml(text))


def from_xlsx(text):
    """The text that a cell of XLSX means: `_x000D_` is the end of a line as Windows writes it."""
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
