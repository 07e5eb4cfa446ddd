"""Personal e-mail addresses and phone numbers, which never appear in public (privacy).

A role mailbox is not personal: those of the group, and those of the Union's staff that are no one's name
(`tsbtsag@itu.int`; people's are written `first.last@itu.int`). In a demonstration `itu.example` stands for that domain,
which reaches nobody (RFC 2606).
"""

import html
import re
import time
import zipfile
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.files.apart import apart
from iscg_portal.files.office import names_of_xml
from iscg_portal.languages import in_a_row

ROLE_MAILBOXES = {"iscg@itu.int", "int-sect-group@lists.itu.int"}
UNION_DOMAINS = ("itu.int", "lists.itu.int")
DEMO_DOMAIN = "itu.example"

_AT = re.compile("[@＠]")
_DIGITS = re.compile(r"\d+")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_LOCAL = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"[^\W_](?:[\w-]{0,62})(?:\.[\w-]{1,63}){1,5}")
# Before the digits of a phone number stands an international prefix, or a word that says so.
_BEFORE_ABROAD = ("+", "00")
_BEFORE_NAMED = ("tel", "phone", "fax", "mobile", "tél", "teléfono", "тел", "факс", "电话", "传真", "هاتف", "فاكس")
_ABROAD = re.compile(r"(?:\+\s?|(?<!\d)00)(?=[1-9])([\d\s().\-/]{7,24}\d)")
_NAMED = re.compile(r"[^\W\d_]{0,20}(?:\s?(?:no|nº|n°|number))?[.:：\s]{1,4}([\d(][\d\s().\-/]{5,20}\d)")
FEWEST_DIGITS, MOST_DIGITS = 7, 15


def mailboxes_in(text):
    """The e-mail addresses in the text, in small letters, with repetitions."""
    return [address for _start, _end, address in _mailboxes(text)]


def _mailboxes(text):
    """(start, end, address) of each."""
    for at in _AT.finditer(text):
        before = text[max(0, at.start() - 64) : at.start()]
        local = _LOCAL.search(before)
        domain = _DOMAIN.match(text, at.end(), at.end() + 256)
        if local and domain:
            address = f"{local.group().lstrip('.+-')}@{domain.group()}".lower().rstrip(".-")
            yield at.start() - len(before) + local.start(), domain.end(), address


def is_role_mailbox(address):
    """Whether the address belongs to a role and not to a person."""
    local, _at, domain = address.lower().partition("@")
    is_of_the_union = domain in UNION_DOMAINS or (settings.DEMO and domain == DEMO_DOMAIN)
    return address.lower() in ROLE_MAILBOXES or (is_of_the_union and "." not in local)


def phones_in(text):
    """The digits of the phone numbers in the text. Years are not phone numbers: “mobile 2020-2030”."""
    return [digits for _start, _end, digits in _phones(text.lower())]


def _phones(text):
    """(start, end, digits) of each number in a text in small letters."""
    kinds = ((_BEFORE_ABROAD, _ABROAD, FEWEST_DIGITS + 1), (_BEFORE_NAMED, _NAMED, FEWEST_DIGITS))
    for marks, shape, fewest in kinds:
        for mark in marks:
            for start in _places_of(mark, text):
                match = shape.match(text, start if shape is _ABROAD else start + len(mark))
                groups = _DIGITS.findall(match[1]) if match else []
                years = all(_A_YEAR.fullmatch(group) for group in groups)
                if fewest <= len("".join(groups)) <= MOST_DIGITS and not years:
                    yield match.start(1), match.end(1), "".join(groups)


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


def without_personal(text):
    """The text with “…” in the place of each personal address and number; roles' mailboxes stay."""
    small = "".join(map(_small_letter, text))  # as long as the text
    places = [place for *place, address in _mailboxes(text) if not is_role_mailbox(address)]
    places += [place for *place, _digits in _phones(small)]
    kept, at = [], 0
    for start, end in sorted(places):
        if start >= at:
            kept += [text[at:start], "…"]
            at = end
    return "".join([*kept, text[at:]])


def _small_letter(letter):
    small = letter.lower()
    return small if len(small) == 1 else letter


def no_personal_address(text):
    """Validator: the text is public, so it names a role or its mailbox and nobody's address."""
    if personal_in(str(text)):
        raise ValidationError(
            _("This is public: leave out personal e-mail addresses and phone numbers; a role's mailbox is allowed.")
        )


def of_a_role(address):
    """Validator: mail to it goes to a role, as `is_role_mailbox` says."""
    if not is_role_mailbox(address):
        message = _(
            "“%(address)s” may be a person’s. Give a mailbox of a role: one at itu.int with no point before the @, as"
            " in tsbtsag@itu.int, or one of the group’s own."
        )
        raise ValidationError(message % {"address": address})


@apart
def found_in(file, kind):
    """How many of each kind are in the open file: {"e-mail": 2, "phone": 1}; empty when none.

    Only counts are kept, never what was found. {"not searched": 1} says that something in the file could not be
    searched, such as an embedded file, so that somebody must look. `file` is left at its beginning.
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


def counts_in_words(counts):
    """The counts of `found_in` in words: “2 e-mail addresses, 1 phone number”."""
    sentences = {
        "e-mail": ngettext("%(count)d e-mail address", "%(count)d e-mail addresses", counts.get("e-mail", 0)),
        "phone": ngettext("%(count)d phone number", "%(count)d phone numbers", counts.get("phone", 0)),
        "not searched": ngettext(
            "%(count)d part that could not be searched",
            "%(count)d parts that could not be searched",
            counts.get("not searched", 0),
        ),
    }
    return in_a_row(sentence % {"count": counts[kind]} for kind, sentence in sentences.items() if counts.get(kind))


BLOCK = 2_000_000
LONGEST_PARAGRAPH = 8_000_000
MOST_PAGES = 2_000
MOST_SECONDS = 20  # of the processor, for the pages of a PDF; the rest is then not searched
TEXTS = (".svg", ".htm", ".html", ".txt")  # beside XML
WITHOUT_TEXT = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".webp"),
    *(".ico", ".odttf", ".ttf", ".otf", ".fntdata", "/"),
)

# Where a text ends: paragraphs and cells; runs and fields inside them belong together.
_ENDS = re.compile(r"</(?:\w{1,40}:)?(?:p|si|c|tc|text|Relationship|lpwstr)>|<(?:\w{1,40}:)?(?:tab|br|cr)\b[^<>]*>|/>")
_END_BYTES = (b"p>", b"si>", b"/>")
_TAG = re.compile(r"<[^<>]*>")
_TARGET = re.compile(r"""(mailto|tel):([^"'?&<>]{3,200})""")


class NotSearched:
    """Stands for a part that could not be searched."""


def texts_of(file, kind):
    """Yield the texts of an open file of a `Kind` code, and `NotSearched` for each part that cannot be read.

    Errors: those of zipfile and ValueError for a file that cannot be read at all.
    """
    yield from _texts_of_pdf(file) if kind == "pdf" else _texts_of_office(file)


def _texts_of_office(file):
    with zipfile.ZipFile(file) as archive:
        of_xml = set(names_of_xml(archive))
        for part in archive.infolist():
            name = part.filename.lower()
            if part.filename in of_xml or name.endswith(TEXTS):
                with archive.open(part) as stream:
                    yield from _texts_of_xml(stream)
            elif not name.endswith(WITHOUT_TEXT) and "printersettings" not in name:
                yield NotSearched()


def _texts_of_xml(stream):
    """The texts of a part, a block at a time, cut where a paragraph ends."""
    kept, encoding = b"", None
    while block := stream.read(BLOCK):
        encoding = encoding or _encoding_of(block)
        kept += block
        end = max(kept.rfind(mark) + len(mark) if mark in kept else 0 for mark in _END_BYTES)
        if encoding != "utf-8":
            end = 0  # the marks are not these bytes; such parts are small
        if end or len(kept) > LONGEST_PARAGRAPH:
            end = end or len(kept)
            yield _plain(kept[:end].decode(encoding, "replace"))
            kept = kept[end:]
    if kept:
        yield _plain(kept.decode(encoding, "replace"))


def _encoding_of(block):
    return "utf-16" if block[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def _plain(markup):
    """The printed text of markup, one paragraph a line, and the addresses to which its links lead."""
    links = "".join(_links_in(markup)) if "mailto:" in markup or "tel:" in markup else ""
    return html.unescape(_TAG.sub("", _ENDS.sub("\n", markup)) + links)


def _links_in(markup):
    for kind, target in _TARGET.findall(markup):
        yield f"\n{'tel: ' if kind == 'tel' else ''}{unquote(target)}"


def _texts_of_pdf(file):
    from pypdf import PdfReader  # only needed here, and slow to import

    started = time.process_time()
    try:
        reader = PdfReader(file)
        yield " ".join(str(value) for value in (reader.metadata or {}).values())
        yield from (NotSearched() for _name in reader.attachment_list)
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES or time.process_time() - started > MOST_SECONDS:
                yield NotSearched()
                return
            yield page.extract_text() or ""
            yield from _links_of(page)
    except MemoryError:  # a limit, and no damage
        raise
    except Exception as error:  # a PDF can be broken in more ways than pypdf names
        raise ValueError("this PDF cannot be searched") from error


def _links_of(page):
    for note in page.annotations or ():
        action = note.get_object().get("/A")
        address = str((action.get_object() if action is not None else {}).get("/URI", ""))
        yield address.replace("tel:", "tel: ").removeprefix("mailto:")
