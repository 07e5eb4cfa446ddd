"""What may stand in a text that somebody outside the secretariat types: what can be seen, and no more.

Marks that turn the text around would show staff another text than the one they accept; control characters are held by
no XML, and some by no header of a mail.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Control characters but tab and line ends, embeddings, overrides and isolates of direction, and what is no character.
# The marks that Arabic and Hebrew need beside a figure (U+200E, U+200F), and joiners, are text.
_MARKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("[\t\n\r\u2028\u2029]")


def no_hidden_marks(text):
    """Validator: nothing in the text is invisible and changes how the rest of it reads."""
    if _MARKS.search(text):
        raise ValidationError(
            _("There is an invisible mark in it, such as one that turns the text around. Type it anew.")
        )


def one_line(text):
    """Validator: one line, without hidden marks."""
    if _LINE_ENDS.search(text):
        raise ValidationError(_("Write it in one line."))
    no_hidden_marks(text)


def for_xml(text):
    """The text without the characters that no XML can hold: for XLSX, DOCX and Atom."""
    return _NOT_XML.sub("", text)


def without_marks(text):
    """The text without its hidden marks, for long texts that are pasted from elsewhere and saved as they are typed."""
    return _MARKS.sub("", text)
