"""Asking office holders whether their entry still stands, and what they answer through a one-time link.

They are asked before each meeting of the group, and when staff say so. They answer that all is right, that something
is wrong, or that they no longer hold the office.
"""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.languages import in_a_row
from iscg_portal.mail.one_time import new_token
from iscg_portal.mail.outbox import Letter, absolute_url, put, write_mail
from iscg_portal.tenure.dates import GENEVA, print_date, today, write_date
from meetings.models import Meeting
from workspace.access.mail_language import choose
from workspace.access.offices import held_by, holders_on, offices_in_words, reader_of, readers_of
from workspace.proposals import mails
from workspace.proposals.acts import change, submit
from workspace.proposals.models import EntryLink, ProposedChange

# Six weeks before a meeting; a link lives thirty days of them, which leaves the secretariat twelve to follow it up.
DAYS_BEFORE_A_MEETING = 42
LIFE = timedelta(days=30)
# A meeting that is moved asks again whom it asked longer ago than this.
ASKED_RECENTLY = timedelta(days=90)
Field = ProposedChange.Field
Answer = EntryLink.Answer


def ask(meeting, on):
    """Make a link for each office holder of the day who can be reached, and give the mails that bring them, unsaved.

    A person who recently got a link for this meeting, or whose address takes no mail, gets none.
    """
    lately = EntryLink.objects.filter(meeting=meeting, made_at__date__gt=on - ASKED_RECENTLY)
    persons = holders_on(on).exclude(pk__in=lately.values("person"))
    readers = readers_of(persons)
    made = [_made(person, readers[person.pk], meeting, on) for person in persons if person.pk in readers]
    made = [pair for pair in made if pair]
    EntryLink.objects.bulk_create(link for link, _mail in made)
    return [mail for _link, mail in made]


@transaction.atomic
def ask_again(person, on=None):
    """Send one person a new link, before the next meeting of the group if there is one; an open one ends.

    Errors: ValidationError, for who holds no office on the day or cannot be reached.
    """
    on = on or today()
    if not held_by(person.pk, on):
        raise ValidationError(_("%(person)s holds no office today; there is nothing to confirm.") % {"person": person})
    meeting = Meeting.objects.coming(on).of_the_group().first()
    made = next((_made(person, reader, meeting, on) for reader in reader_of(person.pk)), None)
    if made is None:
        message = _(
            "No e-mail address of %(person)s is known, neither from an account nor from the contact data. "
            "Enter it in the contact data first."
        )
        raise ValidationError(message % {"person": person})
    link, mail = made
    EntryLink.objects.open(on).filter(person=person).update(expires_on=on - timedelta(days=1))
    link.save()
    put([mail])
    return link


def _made(person, reader, meeting, on):
    """(link, mail), both unsaved; None where the address takes no mail."""
    token, digest = new_token()
    expires_on = min(on + LIFE, meeting.last_day) if meeting else on + LIFE
    try:
        mail = write_mail(reader, lambda: _request(person, on, meeting, token, expires_on))
    except ValidationError:
        return None
    return EntryLink(person=person, meeting=meeting, digest=digest, expires_on=expires_on), mail


def _request(person, on, meeting, token, expires_on):
    names = {"meeting": meeting and meeting.name, "dates": meeting and meeting.dates, "day": print_date(expires_on)}
    before = _("%(meeting)s meets %(dates)s. Please look at your entry on the ISCG portal before it.")
    return Letter(
        _("Please confirm your entry before %(meeting)s") % names if meeting else _("Please confirm your entry"),
        offices_in_words(person.pk, on),
        _("open the page and confirm your offices, correct them, or say that you left, until %(day)s.") % names,
        [
            before % names if meeting else _("Please look at your entry on the ISCG portal."),
            _("The page shows your offices and nothing else."),
            _("You need not sign in. Opening the page changes nothing; you can answer once."),
            _("The link is for you only: whoever has it can answer in your name."),
        ],
        absolute_url(reverse("workspace:confirm", args=[token])),
    )


def unanswered(on):
    """(person, link) of every holder of the day who has not answered before the next meeting, by name.

    The link is the newest, None if there is none. The list is empty before anyone was asked. At most eight queries.
    """
    meeting = Meeting.objects.coming(on).of_the_group().first()
    links = EntryLink.objects.filter(meeting=meeting).order_by("pk") if meeting else ()
    newest, answered = {}, set()
    for link in links:
        newest[link.person_id] = link
        if link.answered_at:
            answered.add(link.person_id)
    if not newest:
        return []
    return [(person, newest.get(person.pk)) for person in holders_on(on) if person.pk not in answered]


def how_it_stands(link, on):
    """The state of an unanswered link, in words; None means that no link was sent."""
    if link is None:
        return _("got no link: no address was known, or the office began later")
    asked = {"asked": print_date(link.made_at.astimezone(GENEVA).date()), "until": print_date(link.expires_on)}
    if link.expires_on < on:
        return _("asked on %(asked)s; the link expired on %(until)s") % asked
    return _("asked on %(asked)s; can be answered until %(until)s") % asked


class LinkSpent(Exception):
    """The link was already answered, or has expired."""


def seen_of(person, held):
    """A digest of the person's entry as the page shows it."""
    facts = [str(person)]
    for office in held:
        term = office.term
        ends = write_date(term.ends_on, term.ends_precision)
        sits_for = term.country_id or term.organization
        facts.append(f"{office.kind} {term.pk} {sits_for} {write_date(term.starts_on, term.starts_precision)} {ends}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]


@transaction.atomic
def confirm(link, seen, on=None, *, remark="", language="en"):
    """Record in every office on the page that its holder confirmed it on the day; a remark goes to the secretariat.

    Errors: LinkSpent; ValidationError if the entry is no longer what the page showed: then nothing is written and the
    link stays open.
    """
    on = on or today()
    person, held = _as_shown(link, seen, on)
    _spend(link, Answer.CONFIRMED, on)
    for office in held:
        office.term.last_confirmed_on = on
        office.term.full_clean()
        save_with_reason(office.term, _("Confirmed by %(person)s through a one-time link") % {"person": person})
    choose(person.pk, language, only_first=True)
    readers = reader_of(person.pk)
    put([write_mail(one, lambda: mails.confirmed(person, in_a_row(each.label for each in held))) for one in readers])
    if remark.strip():
        submit(person, [change(Field.REMARK, remark, language=language)], language=language)


@transaction.atomic
def correct(link, seen, answers, *, language, on=None):
    """Submit the person's corrections to the secretariat; the record does not change yet.

    `answers` has `honorific`, `name`, `remark`, and for each office `sits_for_N` and `ends_on_N` by its place.
    Errors: as for `confirm`; ValidationError also if nothing is changed.
    """
    on = on or today()
    person, held = _as_shown(link, seen, on)
    changes = [change(field, answers[field], person, language=language) for field in (Field.HONORIFIC, Field.NAME)]
    for number, office in enumerate(held):
        changes += _of_office(number, office, answers, language)
    changes.append(change(Field.REMARK, answers["remark"], language=language))
    left = any(one.field == Field.ENDS_ON for one in changes)
    _spend(link, Answer.NO_LONGER if left else Answer.CORRECTED, on)
    choose(person.pk, language, only_first=True)
    proposal = submit(person, changes, language=language)
    put([write_mail(reader, lambda: mails.received(proposal)) for reader in reader_of(person.pk)])
    return proposal


def _of_office(number, office, answers, language):
    of_term = {"row": office.term, "office": office.label, "language": language}
    yield change(Field.SITS_FOR, answers[f"sits_for_{number}"], **of_term)
    if answers[f"ends_on_{number}"]:
        yield change(Field.ENDS_ON, answers[f"ends_on_{number}"].isoformat(), **of_term)


def _as_shown(link, seen, on):
    """The person and the offices of the day, if they are still what the page showed."""
    record_version.bump()  # the first lock of every writer
    person = EntryLink.objects.select_related("person").get(pk=link.pk).person  # another one, after a merge
    held = held_by(person.pk, on)
    if seen != seen_of(person, held):
        message = _("Your entry was changed since you opened this page. Look at it again, then answer.")
        raise ValidationError(message, code="moved")
    return person, held


def _spend(link, answer, on):
    if not EntryLink.objects.spend(link.pk, answer, on):
        raise LinkSpent
