"""Personal e-mail addresses and phone numbers, which never appear in public (privacy).

A role mailbox is not personal: those of the group, and those of the Union's staff that are no one's name
(`tsbtsag@itu.int`; people's are written `first.last@itu.int`).
"""

import re
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.file_texts import NotSearched, texts_of

ROLE_MAILBOXES = {"iscg@itu.int", "int-sect-group@lists.itu.int"}
UNION_DOMAINS = ("itu.int", "lists.itu.int")

_LOCAL = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"[^\W_](?:[\w-]{0,62})(?:\.[\w-]{1,63}){1,5}")
# Before the digits of a phone number stands an international prefix, or a word that says so.
_BEFORE_ABROAD = ("+", "00")
_BEFORE_NAMED = ("tel", "phone", "fax", "mobile", "tél", "teléfono", "тел", "факс", "电话", "传真", "هاتف", "فاكس")
_ABROAD = re.compile(r"(?:\+\s?|(?<!\d)00)(?=[1-9])([\d\s().\-/]{7,24}\d)")
_NAMED = re.compile(r"[^\W\d_]*(?:\s?(?:no|nº|n°|number))?[.:：\s]{1,4}([\d(][\d\s().\-/]{5,20}\d)")
FEWEST_DIGITS, MOST_DIGITS = 7, 15


def mailboxes_in(text):
    """The e-mail addresses in the text, in small letters, as often as they stand there."""
    found = []
    for at in re.finditer("[@＠]", text):
        local = _LOCAL.search(text[max(0, at.start() - 64) : at.start()])
        domain = _DOMAIN.match(text, at.end(), at.end() + 256)
        if local and domain:
            found.append(f"{local.group().lstrip('.+-')}@{domain.group()}".lower().rstrip(".-"))
    return found


def is_role_mailbox(address):
    """Whether the address belongs to a role and not to a person."""
    local, _at, domain = address.lower().partition("@")
    return address.lower() in ROLE_MAILBOXES or (domain in UNION_DOMAINS and "." not in local)


def phones_in(text):
    """The phone numbers in the text, by their digits. Years are none: “mobile 2020-2030”."""
    text, found = text.lower(), []
    kinds = ((_BEFORE_ABROAD, _ABROAD, FEWEST_DIGITS + 1), (_BEFORE_NAMED, _NAMED, FEWEST_DIGITS))
    for marks, shape, fewest in kinds:
        for mark in marks:
            for start in _places_of(mark, text):
                match = shape.match(text, start if shape is _ABROAD else start + len(mark))
                groups = re.findall(r"\d+", match[1]) if match else []
                years = all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups)
                if fewest <= len("".join(groups)) <= MOST_DIGITS and not years:
                    found.append("".join(groups))
    return found


def _places_of(mark, text):
    """Where the mark stands in the text; a search for each is faster than one pattern of all."""
    start = text.find(mark)
    while start >= 0:
        yield start
        start = text.find(mark, start + 1)


def personal_in(text):
    """{"e-mail": addresses, "phone": numbers} in a text, each once; kinds that are not there are left out."""
    kinds = {
        "e-mail": {address for address in mailboxes_in(text) if not is_role_mailbox(address)},
        "phone": set(phones_in(text)),
    }
    return {kind: found for kind, found in kinds.items() if found}


def no_personal_address(text):
    """Validator: the text is public, so it names a role or its mailbox and nobody's address."""
    if personal_in(str(text)):
        raise ValidationError(
            _("This is public: leave out personal e-mail addresses and phone numbers; a role mailbox may stand here.")
        )


def found_in(file, kind):
    """How many of each kind stand in the open file: {"e-mail": 2, "phone": 1}; empty when none.

    Only counts are kept, never what was found. {"not searched": 1} says that something in the file could not be
    looked into, as an embedded file: nobody knows, so somebody must look. `file` is left at its beginning.
    """
    found, not_searched = {"e-mail": set(), "phone": set()}, 0
    file.seek(0)
    try:
        for text in texts_of(file, kind):
            if isinstance(text, NotSearched):
                not_searched += 1
                continue
            for name, addresses in personal_in(text).items():
                found[name] |= addresses
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, RuntimeError):
        not_searched += 1
    file.seek(0)
    counts = {name: len(addresses) for name, addresses in found.items()} | {"not searched": not_searched}
    return {name: count for name, count in counts.items() if count}


def told(counts):
    """“2 e-mail addresses, 1 phone number” of what `found_in` gave."""
    sentences = {
        "e-mail": ngettext("%(count)d e-mail address", "%(count)d e-mail addresses", counts.get("e-mail", 0)),
        "phone": ngettext("%(count)d phone number", "%(count)d phone numbers", counts.get("phone", 0)),
        "not searched": ngettext(
            "%(count)d part that could not be searched",
            "%(count)d parts that could not be searched",
            counts.get("not searched", 0),
        ),
    }
    return ", ".join(sentence % {"count": counts[kind]} for kind, sentence in sentences.items() if counts.get(kind))
