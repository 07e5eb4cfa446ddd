"""How a row that waits is told: one sentence, its day, and the one button that leads to the act."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from iscg_portal.adminkit.site import admin_address
from iscg_portal.fixed_terms import body_in_words, with_initials
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import in_brackets, listed, with_colon, with_commas
from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import print_date, print_since, print_until
from meetings.models import Deadline, Decision, DecisionState, Meeting
from members.models.groups import CHAIR
from reports.models import KeyIssue
from secretariat.to_do.offices import ENDS, REPLACES

MOST_OF_A_TEXT = 110  # characters
LOOK = pgettext_lazy("button", "Look")
ANSWER = pgettext_lazy("button", "Answer")


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing to do: what it says, a note below it, and its button. `day` is None where it has none."""

    text: str
    button: object = ""
    href: str = ""
    note: str = ""
    day: datetime.date | None = None


def of_report(row, step, word):
    """A report that waits for a step."""
    href = reverse("admin:reports_annualreport_step", args=[row.key, step])
    return DeskLine(_("Annual report %(code)s") % {"code": row.texts[0]}, word, href, _since(row), row.day)


def to_approve(row):
    return of_report(row, "approve", pgettext_lazy("button", "Approve"))


def to_publish(row):
    return of_report(row, "publish", pgettext_lazy("button", "Publish"))


def of_comment(row):
    code, report, text = row.texts[:3]
    words = {"code": code, "text": Truncator(text).chars(MOST_OF_A_TEXT)}
    href = reverse("admin:reports_annualreport_answer-comment", args=[report])
    return DeskLine(_("Draft of the report %(code)s: %(text)s") % words, ANSWER, href, _since(row), row.day)


def of_proposal(row):
    who, subject = row.texts[:2]
    words = {"person": who, "subject": subject or _("own entry")}
    text = _("%(person)s proposes a correction: %(subject)s") % words
    return DeskLine(text, pgettext_lazy("button", "Decide"), _page(row), _since(row), row.day)


def of_reader(row):
    about, text, source, on_record = row.texts[:4]
    change = f"{Truncator(on_record).chars(MOST_OF_A_TEXT)} → {text}" if on_record else text
    said = Truncator(with_colon(about, change)).chars(2 * MOST_OF_A_TEXT)
    note = _("from a reader; source: %(source)s") % {"source": Truncator(source).chars(MOST_OF_A_TEXT)}
    return DeskLine(said, pgettext_lazy("button", "Decide"), _page(row), note, row.day)


def of_draft(row):
    subject, who, body, code = row.texts[:4]
    words = {"subject": subject, "person": who, "meeting": Meeting(body=body, code=code).name}
    text = _("%(subject)s: the report of %(person)s to %(meeting)s") % words
    return DeskLine(text, pgettext_lazy("button", "Decide"), _page(row), _since(row), row.day)


def of_participant(row):
    text = _("%(person)s asks to take part") % {"person": row.texts[0]}
    note = _("%(who)s, %(when)s") % {"who": row.texts[1], "when": _since(row)}
    return DeskLine(text, pgettext_lazy("button", "Decide"), _page(row), note, row.day)


def of_file(row):
    text = _("%(file)s is held back: it has personal addresses") % {"file": row.texts[0]}
    href = admin_address(apps.get_model(row.model), row.key, page="decide")
    return DeskLine(text, pgettext_lazy("button", "Decide"), href, row.texts[1], row.day)


def of_office(row):
    """Who ends, and who comes after; or who begins."""
    who, place, precision, successor, may_replace = row.texts
    words = {"person": who, "place": with_initials(place), "successor": successor}
    if place == CHAIR:
        words["place"] = of_holder(in_forms("Chair"), who)
    model = apps.get_model(row.model)
    if row.sort != ENDS:
        text = _("%(person)s, %(place)s, begins") % words
        return DeskLine(text, LOOK, admin_address(model, row.key), print_since(row.day, precision), row.day)
    until = print_until(row.day, precision)
    text = _("%(person)s, %(place)s, ends") % words
    if successor:
        note = _("%(until)s; after that %(successor)s") % {"until": until, "successor": successor}
        return DeskLine(text, LOOK, admin_address(model, row.key), note, row.day)
    note = _("%(until)s; after that nobody yet") % {"until": until}
    if may_replace != REPLACES:
        return DeskLine(text, LOOK, admin_address(model, row.key), note, row.day)
    replace = admin_address(model, row.key, page="replace")
    return DeskLine(text, pgettext_lazy("button", "Replace"), replace, note, row.day)


def of_deadline(row, due_on):
    what, body, code, meeting = row.texts[:4]
    words = {"meeting": Meeting(body=body, code=code).name, "what": Deadline.Kind(what.split()[0]).label}
    text = _("%(meeting)s: deadline for %(what)s") % words
    return DeskLine(text, LOOK, admin_address(Meeting, meeting), print_date(due_on), due_on)


def of_action(row):
    """An action of a meeting that should be done by now."""
    body, code, what, owner = row.texts[:4]
    text = Truncator(with_commas([Meeting(body=body, code=code).name, what])).chars(MOST_OF_A_TEXT)
    note = with_commas([with_colon(DecisionState.OVERDUE.label, print_date(row.day)), owner])
    return DeskLine(text, _("Close the action"), admin_address(Decision, row.key, page="close"), note, row.day)


def of_transmissions(rows):
    """A report and the groups to which it is not sent yet."""
    first = min(rows, key=lambda row: row.day or datetime.date.max)
    code, _group, report = rows[0].texts[:3]
    words = {"code": code, "groups": listed(body_in_words(row.texts[1]) for row in rows)}
    text = _("Report %(code)s can be sent: %(groups)s") % words
    note = _("to be sent by %(day)s") % {"day": print_date(first.day)} if first.day else ""
    href = reverse("admin:reports_annualreport_send", args=[report])
    return DeskLine(text, pgettext_lazy("button", "Send"), href, note, first.day)


def of_commented(row):
    code, group, text = row.texts[:3]
    words = {"group": body_in_words(group), "code": code, "text": Truncator(text).chars(MOST_OF_A_TEXT)}
    text = _("%(group)s on the report %(code)s: %(text)s") % words
    return DeskLine(text, ANSWER, _page(row), _since(row), row.day)


def of_sent(row):
    code, group = row.texts[:2]
    text = _("Report %(code)s was sent to %(group)s, without an answer") % {"code": code, "group": body_in_words(group)}
    return DeskLine(text, ANSWER, _page(row), _since(row), row.day)


def of_issue(row):
    words = {"addressee": KeyIssue.Addressee(row.texts[0]).label, "since": print_since(row.day, "day")}
    text = Truncator(row.texts[1]).chars(MOST_OF_A_TEXT)
    href = admin_address(KeyIssue, row.key, page="answer")
    return DeskLine(text, ANSWER, href, _("%(addressee)s, %(since)s") % words, row.day)


def of_mail(row):
    subject, to, state, error = row.texts[:4]
    text = f"{subject}{in_brackets(to)}" if to else subject
    again = admin_address(Mail, row.key, page="send-again")
    return DeskLine(text, pgettext_lazy("button", "Send again"), again, error or Mail.State(state).label, row.day)


def of_late_mails(row):
    """Those that wait for long are one line: the mail server is away, or the sender does not run."""
    words = ngettext("%(count)d mail waits in the queue", "%(count)d mails wait in the queue", row.found)
    why = row.texts[0] or _("The mail server is away, or the program that sends mails is stopped.")
    waiting = f"{admin_address(Mail)}?state__exact={Mail.State.WAITING}"
    return DeskLine(words % {"count": row.found}, LOOK, waiting, why, row.day)


def _page(row):
    return admin_address(apps.get_model(row.model), row.key)


def _since(row):
    return print_since(row.day, "day") if row.day else ""
