"""Writing a mail: into the outbox, in the reader's language, as plain text and HTML.

This is the one way in which the portal composes a mail: a greeting, the office for which it is, what to do in one line,
then the rest.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from iscg_portal.acts import cannot_be_undone
from iscg_portal.mail.models import Attachment, Mail
from iscg_portal.mail.sending import MAILBOX

LONGEST_SUBJECT = 250
FIRST_LANGUAGE = "en"  # of a mail to somebody whose language nobody has recorded
# In a text written from right to left: words written from left to right, which keep the order of their signs.
_WORD = "[A-Za-z0-9\u00c0-\u017e\u0400-\u04ff][^\\s\u0590-\u08ff]*"
_OTHER_WAY = re.compile(rf"{_WORD}(?: [(\[«“]?{_WORD})*")
_THIS_WAY = re.compile("[\u0590-\u08ff]")
BRACKETS = {")": "(", "]": "[", "»": "«", "”": "“"}
_PARTS = re.compile("(?<=[,:;.!?]) ")
SIGNS = ",:;.!?"
ISOLATE, END = "\u2068", "\u2069"  # first strong isolate: the text has the direction of its own first letter


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a mail goes, the language in which it is read (`en`, `zh-hans`; blank: not recorded), and the name as
    the portal prints it, blank where it is not known.

    `chooses_at` is the path at which a reader whose language is not recorded chooses it.
    """

    email: str
    language: str = FIRST_LANGUAGE
    name: str = ""
    has_account: bool = False
    chooses_at: str = ""


class Letter(NamedTuple):
    """What a mail says, in the active language: for which office its reader gets it, what to do in one line, the rest.

    `office` is blank for a reader who gets it in none, `to_do` where there is nothing to do. `code` is the paragraph
    that its reader has to type.
    """

    subject: str
    office: str
    to_do: str
    said: list[str]
    link: str = ""
    code: str = ""


def write_mail(reader: Reader, compose: Callable[[], Letter], stop="") -> Mail:
    """A mail, not saved yet; `compose()` is called in the reader's language.

    `stop` is the address at which the reader unsubscribes, for mails that are not a duty.
    Errors: ValidationError for an address that takes no mail.
    """
    _refuse_address(reader)
    language = reader.language or FIRST_LANGUAGE
    with override(language):
        letter = compose()
        subject, said = isolated(_one_line(letter.subject)), [isolated(one) for one in _paragraphs(reader, letter)]
        ends = [who_writes(), *_language_line(reader)]
        html = as_html(subject, said, language, letter=letter, stop=stop, ends=ends)
        last = [_("To get no more of these mails: %(address)s") % {"address": stop}] if stop else []
        last = ["\n\n".join(["--\n" + isolated(ends[0]), *ends[1:]]), *last]
    return Mail(
        to=reader.email,
        language=language,
        subject=subject[:LONGEST_SUBJECT],
        text="\n\n".join([*said, *([letter.link] if letter.link else []), *last]) + "\n",
        html=html,
        unsubscribe_url=stop,
    )


def _one_line(text):
    return " ".join(str(text).split())


def _paragraphs(reader, letter):
    """Greeting, office and what to do, then what the letter says; of a demonstration first that all is made up."""
    if settings.DEMO:
        yield _(
            "Everything here is made up: persons, subjects, meetings and reports. It is not the record of the ISCG."
        )
    yield _("Dear %(name)s,") % {"name": reader.name} if reader.name else _("Good day,")
    if letter.office:
        yield _("Your office: %(office)s") % {"office": letter.office}
    yield _("What to do: %(act)s") % {"act": letter.to_do} if letter.to_do else _("There is nothing that you must do.")
    yield from map(str, letter.said)


def _language_line(reader):
    """Where the language of these mails is chosen, for whom none is recorded: its names need no translation."""
    if reader.language or not reader.chooses_at:
        return []
    names = " · ".join(name for _code, name in settings.LANGUAGES)
    return [f"{names}:\n{absolute_url(reader.chooses_at)}"]


def isolated(text) -> str:
    """The text; where the active language is written from right to left, words of the other direction are isolated."""
    if not get_language_bidi():
        return str(text)
    return "\n".join(
        _OTHER_WAY.sub(_isolate, line) if _THIS_WAY.search(line) else line for line in str(text).split("\n")
    )


def _isolate(found):
    """A number needs no help; a web address gets none, since mail programs would take the mark for a part of it."""
    return " ".join(_isolated_words(part) for part in _PARTS.split(found[0]))


def _isolated_words(part):
    """Words up to a comma or the like; numbers at either end belong to the text around."""
    words = part.split(" ")
    inner = [number for number, word in enumerate(words) if not word.strip(SIGNS).isdigit()]
    if not inner or words[inner[0]].startswith("http"):
        return part
    before, kept, after = words[: inner[0]], " ".join(words[inner[0] : inner[-1] + 1]), words[inner[-1] + 1 :]
    core = kept.rstrip(SIGNS)
    while core[-1] in BRACKETS and core.count(core[-1]) > core.count(BRACKETS[core[-1]]):
        core = core[:-1]
    return " ".join([*before, f"{ISOLATE}{core}{END}{kept[len(core) :]}", *after])


def takes_mail(reader) -> bool:
    """Whether a mail can be written to the reader; for runs in which one bad address must not stop the others."""
    try:
        _refuse_address(reader)
    except ValidationError:
        return False
    return True


def _refuse_address(reader):
    """ValidationError for an address to which no mail can go."""
    Mail._meta.get_field("to").clean(reader.email, None)


def as_html(subject, paragraphs, language, *, letter, stop, ends):
    """The same words as HTML, in the active language."""
    context = {"subject": subject, "paragraphs": paragraphs, "link": letter.link, "stop": stop, "code": letter.code}
    return render_to_string("mail/letter.html", context | {"language": language, "ends": ends})


def who_writes() -> str:
    """The last paragraph of every mail: who sends it, and where to ask. In the active language."""
    return _(
        "This mail comes from the portal of the Inter-Sector Coordination Group (ISCG) of ITU: %(site)s\n"
        "Questions: %(mailbox)s"
    ) % {"site": settings.SITE_URL, "mailbox": MAILBOX}


def absolute_url(path) -> str:
    """The full address of a page, for a mail."""
    return f"{settings.SITE_URL}{path}"


def put(mails):
    """Put mails into the outbox, in the caller's transaction if there is one; the sender delivers them at once.

    This is how every mail leaves: no request speaks to a mail server, so none waits for one.
    """
    if mails:
        cannot_be_undone()
    return Mail.objects.bulk_create(mails)


def attach(mail, files):
    """Let stored files go with a mail of the outbox; `files` are (`StoredFile`, name)."""
    return Attachment.objects.bulk_create(Attachment(mail=mail, stored=stored, name=name) for stored, name in files)
