"""Who: accounts, persons, the Chair, the representatives with a handover and a vacancy."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from front.demo.cast import ACCOUNTS, PASSWORD, PERSONS
from iscg_portal.models import ShippedRow
from members.acts.succession import DecisionBehind, end, succeed
from members.models import (
    Account,
    AdvisoryGroup,
    ChairTerm,
    Conference,
    ContactData,
    Country,
    Nomination,
    Person,
    Representative,
    Seat,
)
from members.staff_groups import GROUP, make_staff_groups

HASHED = make_password(PASSWORD)


def write(book):
    _staff(book)
    _persons(book)
    _accounts(book)
    _chair(book)
    _representatives(book)


def _staff(book):
    make_staff_groups()
    for one in ACCOUNTS:
        if one.group == "all":
            book.accounts[one.email] = _account(one, is_staff=True, is_superuser=True)
    book.by, book.approver = list(book.accounts.values())[:2]


def _persons(book):
    for key, (honorific, name, code) in PERSONS.items():
        person = Person(name=name, honorific=honorific)
        person.fill_in()
        book.people[key] = book.enter(person)
        book.countries[key] = Country.objects.get(pk=code) if code else None
        address = f"{name.lower().replace(' ', '.')}@example.org"
        book.enter(ContactData(person=person, email=address))


def _accounts(book):
    groups = {row.key: row.digest for row in ShippedRow.objects.filter(key__startswith=GROUP)}
    for one in ACCOUNTS:
        if one.group == "all":
            continue
        person = book.people.get(one.person)
        made = _account(one, person=person, is_staff=bool(one.group))
        if one.group:
            made.groups.add(Group.objects.get(pk=groups[f"{GROUP}{one.group}"]))
        book.accounts[one.email] = made


def _account(one, **fields):
    """An account of the demonstration. Hashing the password anew for each takes longer than all the rest."""
    made = Account.objects.create_user(one.email, name=one.name, **fields)
    made.password = HASHED
    made.save()
    return made


def _who(book, key):
    return {"person": book.people[key], "country": book.countries[key]}


def _chair(book):
    day = book.day(3, 1, years=3)
    for seat in Seat.objects.all():
        if seat.pk != "TSAG1":  # of which the record is not known to be complete
            seat.recorded_from = day
            book.enter(seat)
    conferences = Conference.objects.filter(body="PP").order_by("-ends_on")
    before, last = conferences.filter(ends_on__lt=day).first(), conferences.filter(ends_on__lt=book.on).first()
    first = book.enter(ChairTerm(**_who(book, "former_chair"), starts_on=day, starts_precision="month", follows=before))
    decision = DecisionBehind("ISCG", "ISCG/99-1/01")
    succeed(
        first,
        book.people["chair"],
        book.day(2, 12, years=1),
        decision,
        country=book.countries["chair"],
        how_ended="term over",
        follows=before,
        reason="Appointed by the group",
        by=book.by,
    )
    if last:
        book.enter(Nomination(**_who(book, "candidate"), conference=last, nominated_on=book.away(-20)))


def _representatives(book):
    day = book.day(3, 1, years=3)
    sits = [("RAG1", "rag1"), ("RAG2", "former_rag2"), ("TSAG1", "tsag1"), ("TSAG2", "former_tsag2")]
    rows = {}
    for seat, key in [*sits, ("TDAG1", "tdag1"), ("TDAG2", "tdag2")]:
        facts = {"starts_decision_body": seat[:-1], "starts_decision": f"{seat[:-1]}/99"} if seat != "TDAG1" else {}
        starts = {"starts_on": day, "starts_precision": "by" if seat == "TSAG1" else "day"}
        row = Representative(seat_id=seat, **_who(book, key), **starts, **facts)
        row.last_confirmed_on = book.day(11, 3)
        rows[seat] = book.enter(row)
    succeed(
        rows["RAG2"],
        book.people["rag2"],
        book.day(6, 2),
        DecisionBehind("RAG", "RAG/98"),
        country=book.countries["rag2"],
        reason="Appointed by RAG in place of a representative who moved on",
        by=book.by,
    )
    end(rows["TSAG2"], book.day(9, 30), DecisionBehind(), "resigned")
    book.enter(rows["TSAG2"], "Resigned; TSAG has not appointed anybody yet")
    for group, language in (("RAG", "en"), ("TSAG", "fr"), ("TDAG", "es")):
        row = AdvisoryGroup.objects.get(pk=group)
        row.mailbox, row.mail_language = f"made-up-{group.lower()}@itu.example", language
        book.enter(row, "Mailbox of the group’s secretariat, for the demonstration")
