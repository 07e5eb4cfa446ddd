"""Writing a mail: into the outbox, in the reader's language, as plain text and HTML."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.acts import cannot_be_undone
from iscg_portal.mail.models import Attachment, Mail
from iscg_portal.mail.sending import MAILBOX

LONGEST_SUBJECT = 250


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a mail goes, and the language in which it is read (`en`, `zh-hans`)."""

    email: str
    language: str = "en"


def write_mail(reader, compose, stop="") -> Mail:
    """A mail, not saved yet. `compose()`, called in the reader's language, gives (subject, paragraphs, link).

    `stop` is the address at which the reader unsubscribes, for mails that are not a duty.
    Errors: ValidationError for an address that takes no mail.
    """
    _refuse_address(reader)
    with override(reader.language):
        subject, paragraphs, link = compose()
        html = as_html(subject, paragraphs, reader.language, link=link, stop=stop)
        last = [_("To get no more of these mails: %(address)s") % {"address": stop}] if stop else []
        last = [f"--\n{who_writes()}", *last]
    return Mail(
        to=reader.email,
        language=reader.language,
        subject=" ".join(str(subject).split())[:LONGEST_SUBJECT],
        text="\n\n".join([*map(str, paragraphs), *([link] if link else []), *last]) + "\n",
        html=html,
        unsubscribe_url=stop,
    )


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


def as_html(subject, paragraphs, language, *, link="", stop="", code=""):
    """The same words as HTML, in the active language. `code` is the paragraph that its reader has to type."""
    context = {"subject": subject, "paragraphs": paragraphs, "link": link, "stop": stop, "code": code}
    return render_to_string("mail/letter.html", context | {"language": language, "sender": who_writes()})


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
