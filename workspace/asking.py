"""Asking office holders whether their entry still stands: before each meeting of the group, and when staff say so."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.one_time import new_token
from iscg_portal.mail.outbox import Reader, absolute_url, put, write_mail
from iscg_portal.tenure.dates import GENEVA, print_date, today
from meetings.models import Meeting
from members.models import Account, ContactData
from workspace.models.entry_links import EntryLink
from workspace.offices import held_by, holders_on
from workspace.reminder_mails import reader_of

# Six weeks before a meeting; a link lives thirty days of them, which leaves the secretariat twelve to follow it up.
DAYS_BEFORE_A_MEETING = 42
LIFE = timedelta(days=30)
# A meeting that is moved asks again whom it asked longer ago than this.
ASKED_LATELY = timedelta(days=90)


def ask(meeting, on):
    """Make a link for each office holder of the day who can be reached, and give the mails that bring them, unsaved.

    Who got a link for this meeting lately, or whose address takes no mail, gets none.
    """
    lately = EntryLink.objects.filter(meeting=meeting, made_at__date__gt=on - ASKED_LATELY)
    persons = holders_on(on).exclude(pk__in=lately.values("person"))
    readers = _readers(persons)
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
            "No e-mail address of %(person)s is known, neither of an account nor among the contact data. "
            "Enter it among the contact data first."
        )
        raise ValidationError(message % {"person": person})
    link, mail = made
    EntryLink.objects.open(on).filter(person=person).update(expires_on=on - timedelta(days=1))
    link.save()
    put([mail])
    return link


def _readers(persons):
    """{key of the person: Reader}, as `reader_of` gives them; two queries for all of them."""
    contacts = ContactData.objects.filter(person__in=persons).exclude(email="").values_list("person", "email")
    accounts = Account.objects.filter(person__in=persons, is_active=True)
    readers = {person: Reader(email) for person, email in contacts}
    return readers | {pk: Reader(*found) for pk, *found in accounts.values_list("person", "email", "language")}


def _made(person, reader, meeting, on):
    """(link, mail), both unsaved; None where the address takes no mail."""
    token, digest = new_token()
    expires_on = min(on + LIFE, meeting.last_day) if meeting else on + LIFE
    try:
        mail = write_mail(reader, lambda: _request(meeting, token, expires_on))
    except ValidationError:
        return None
    return EntryLink(person=person, meeting=meeting, digest=digest, expires_on=expires_on), mail


def _request(meeting, token, expires_on):
    names = {"meeting": meeting and meeting.name, "dates": meeting and meeting.dates, "day": print_date(expires_on)}
    before = _("%(meeting)s meets %(dates)s. Please look at your entry on the ISCG portal before it.")
    return (
        _("Please confirm your entry before %(meeting)s") % names if meeting else _("Please confirm your entry"),
        [
            before % names if meeting else _("Please look at your entry on the ISCG portal."),
            _("The page shows your offices and nothing else. Confirm them, correct them, or say that you left."),
            _("You need not sign in. Opening it changes nothing; it can be answered once, until %(day)s.") % names,
            _("The address is for you alone: who has it can answer in your name."),
        ],
        absolute_url(reverse("workspace:confirm", args=[token])),
    )


def unanswered(on):
    """(person, link) of every holder of the day who has not answered before the next meeting, by name.

    The link is the newest, None for who got none. Nobody, before anyone was asked. At most eight queries.
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
    """What came of a link that was not answered, in words; None: no link was sent."""
    if link is None:
        return _("got no link: no address was known, or the office came later")
    asked = {"asked": print_date(link.made_at.astimezone(GENEVA).date()), "until": print_date(link.expires_on)}
    if link.expires_on < on:
        return _("asked on %(asked)s; the link expired on %(until)s") % asked
    return _("asked on %(asked)s; can be answered until %(until)s") % asked
