"""Replacing, falling vacant and naming: four things to say, who is new in the same form, and what will be."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Country, Person, Representative
from members.models.countries import SHORT_NAMES
from subjects.models import Coordinator, FocalPoint
from tests import world
from tests.admin.conftest import as_sent, complaints, page_of

pytestmark = pytest.mark.django_db
NAME = "admin:subjects_coordinator_name"


@pytest.fixture
def ada():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))


def replace(client, term, **data):
    return client.post(page_of(term, "replace"), {"on": "1 December 2026", "how_ended": "replaced", "_act": "1"} | data)


def name(client, subject, **data):
    data = {"subject": subject.pk, "on": "March 2026", "rag_appointed": "on", "_act": "1"} | data
    return client.post(reverse(NAME), data, follow=True)


def test_somebody_new_is_entered_in_the_same_form_and_undone_with_the_act(desk, ada):
    response = desk.get(replace(desk, ada, new_name="Ben Madeup", new_honorific="Mr").url)
    assert str(Representative.objects.in_office(date(2026, 12, 1)).get().person) == "Mr Ben Madeup"
    undo = next(str(message) for message in response.context["messages"] if "Undo" in str(message)).split('"')[1]
    assert desk.post(undo, {"reason": "wrong"}).status_code == 302
    assert list(Person.objects.values_list("name", flat=True)) == ["Ada Testperson"]


def test_who_is_nearly_there_is_offered_and_chosen(desk, ada):
    ben = world.person("Ben R. Madeup")
    refused = replace(desk, ada, new_name="B. Madeupp")
    assert "Is it somebody who is on record?" in complaints(refused) and "Ben R. Madeup" in refused.text
    replace(desk, ada, new_name="B. Madeupp", which_person=ben.pk)
    assert Representative.objects.in_office(date(2026, 12, 1)).get().person == ben


def test_somebody_else_of_the_same_name_gets_a_record_of_its_own(desk, ada):
    ben = world.person("Ben Madeup")
    replace(desk, ada, new_name="Ben Madeup", which_person="new")
    successor = Representative.objects.in_office(date(2026, 12, 1)).get().person
    assert successor != ben and successor.name == ben.name and successor.slug != ben.slug


def entered(page):
    """{label: words} of what the preview says was entered."""
    return {str(label): words for label, words in page.context["entered"]}


def test_preview_has_every_field_that_was_entered(desk, ada):
    names = {f"state_{column}": f"Testland {column}" for column in SHORT_NAMES}
    given = {"state_code": "QX", "state_standing": "Member State", "reason": "The letter", "public_reason": "Elected"}
    subject, pp = world.subject("EMF"), world.conference()
    shown = name(desk, subject, new_name="Ben Madeup", rag_document="RAG/5", _preview="1", **given, **names)
    said = entered(shown)
    assert said["Subject"] == str(subject) and said["From"] == "since March 2026" and said["RAG"] == "RAG/5"
    assert (said["Why?"], said["Why, for the public?"]) == ("The letter", "Elected")
    assert {"QX", "Member State", *names.values()} <= set(said.values()) and "Testland short_name_fr" in shown.text
    term = world.chair_term(world.person("Gus Pretend"), date(2022, 12, 1))
    said = entered(replace(desk, term, person=ada.person_id, kind="appointed", follows=pp.pk, _preview="1"))
    assert (said["The new term is"], said["Follows"]) == ("appointed", str(pp))
    assert said["From"] == "1 December 2026"
    ending = {"on": "1 May 2026", "how_ended": "term over", "_preview": "1"}
    shown = desk.post(page_of(ada.seat.group, "end-seats"), ending)
    assert ada.office_in_full in shown.text and entered(shown)["From"] == "1 May 2026"
    adopted = {"document": "ISCG/26-1/9", "document_url": "https://example.org/9", "source": "A copy", "reason": "Sent"}
    shown = desk.post("/admin/subjects/edition/add/", {**adopted, "adopted_on": "1 May 2026", "_preview": "1"})
    assert set(adopted.values()) <= set(entered(shown).values())


def test_preview_of_somebody_new_saves_nobody(desk, ada):
    shown = replace(desk, ada, new_name="Ben Madeup", decision_document="RAG/9", _preview="1", decision_body="RAG")
    assert [str(row.person) for row in shown.context["preview"]] == ["Ada Testperson", "Ben Madeup"]
    assert "RAG/9" in shown.text and Person.objects.count() == 1


def test_neither_and_both_are_refused(desk, ada):
    ben = world.person("Ben Madeup")
    assert "choose a person, or write below" in complaints(replace(desk, ada))
    assert "leave this blank" in complaints(replace(desk, ada, person=ben.pk, new_name="Cleo Invented"))


def test_state_that_is_not_there_is_entered_in_the_same_form(desk, ada):
    names = {f"state_{column}": "Testland" for column in SHORT_NAMES}
    state = {"state_code": "QX", "state_standing": "Member State", **names}
    replace(desk, ada, new_name="Ben Madeup", **state)
    assert Representative.objects.in_office(date(2026, 12, 1)).get().country == Country.objects.get(pk="QX")


def test_state_that_is_nearly_there_is_offered(desk, ada):
    france = world.country("FR")
    state = {"state_short_name_en": "Frence", "new_name": "Ben Madeup"}
    assert "Is it a State that is on record?" in complaints(replace(desk, ada, **state))
    replace(desk, ada, which_state="FR", **state)
    assert Representative.objects.in_office(date(2026, 12, 1)).get().country == france


def test_who_may_not_enter_persons_is_not_asked_for_one(clerk, ada):
    client = clerk("members.change_representative", "members.add_representative", "members.view_person")
    page = client.get(page_of(ada, "replace"))
    assert "new_name" not in page.context["adminform"].form.fields and "state_code" not in page.text


def test_seat_falls_vacant_with_a_preview_and_says_what_follows(desk, ada):
    data = {"on": "31.12.2026", "how_ended": "resigned", "decision_document": "RAG/9"}
    shown = desk.post(page_of(ada, "falls-vacant"), data | {"_preview": "1"})
    assert "“not recorded” of this office" in shown.text and Representative.objects.get().ends_on is None
    ada.seat.recorded_from = date(2020, 1, 1)
    ada.seat.save()
    done = desk.post(page_of(ada, "falls-vacant"), data, follow=True)
    assert "From 31 December 2026 on pages say that this office is vacant" in done.text and "Undo this…" in done.text
    ada.refresh_from_db()
    assert (ada.ends_on, ada.how_ended, ada.ends_decision) == (date(2026, 12, 31), "resigned", "RAG/9")


def test_seat_that_nobody_holds_is_filled_by_an_act_with_a_preview(desk):
    seat = world.seat("RAG1")
    page = desk.get(page_of(seat))
    assert "/admin/members/representative/appoint/?seat=RAG1" in page.text
    address = reverse("admin:members_representative_appoint")
    data = {"seat": "RAG1", "new_name": "Ben Madeup", "on": "by 23 January 2025", "decision_document": "RAG/9"}
    shown = desk.post(address, data | {"_preview": "1"})
    assert (entered(shown)["Seat"], entered(shown)["From"]) == (str(seat), "in office by 23 January 2025")
    assert "RAG/9" in shown.text and not Representative.objects.exists() and not Person.objects.exists()
    assert "Undo this…" in desk.post(address, data, follow=True).text
    term = Representative.objects.get()
    assert (term.seat, term.starts_precision, term.starts_decision) == (seat, "by", "RAG/9")
    assert "Somebody else holds this seat" in complaints(desk.post(address, data | {"new_name": "Cleo Invented"}))


def test_focal_point_is_appointed_from_the_page_of_the_subject(desk):
    subject = world.subject()
    page = f"/admin/subjects/focalpoint/appoint/?subject={subject.pk}"
    assert page in desk.get(page_of(subject)).text
    assert str(desk.get(page).context["adminform"].form.initial["subject"]) == str(subject.pk)
    data = {"subject": subject.pk, "body": "BR", "new_name": "Kim Mockup", "on": "2026", "name_is_public": "on"}
    shown = desk.post(page, data | {"_preview": "1"})
    assert entered(shown)["Subject"] == str(subject) and not FocalPoint.objects.exists()
    desk.post(page, data)
    point = FocalPoint.objects.get()
    assert (point.subject, point.body, point.name_is_public, point.starts_precision) == (subject, "BR", True, "year")


def test_chair_that_nobody_holds_is_filled_after_a_conference(desk):
    world.seat("CHAIR"), world.conference()
    address, gus = reverse("admin:members_chairterm_appoint"), world.person("Gus Example")
    initial = desk.get(address).context["adminform"].form.initial
    data = {"person": gus.pk, "on": "2022-11-01", "kind": "appointed", "follows": initial["follows"].pk}
    shown = desk.post(address, data | {"_preview": "1"})
    assert "The Chair comes from outside the management team" in shown.text
    assert "Chair: Gus Example" in desk.post(address, data, follow=True).text


def test_coordinator_is_named_by_two_groups(desk):
    subject = world.subject()
    groups = {"rag_document": "RAG/5", "tdag_appointed": "on", "tdag_decided_on": "12 May 2026"}
    shown = name(desk, subject, new_name="Ben Madeup", _preview="1", **groups)
    assert "RAG, RAG/5" in shown.text and "TDAG, decided on 12 May 2026" in shown.text
    name(desk, subject, new_name="Ben Madeup", **groups)
    coordinator = Coordinator.objects.get()
    assert (coordinator.starts_on, coordinator.starts_precision) == (date(2026, 3, 1), "month")
    assert [row.group for row in coordinator.appointments.all()] == ["RAG", "TDAG"]


def test_coordinator_who_is_there_ends_as_replaced(desk):
    subject = world.subject()
    before = world.coordinator(subject, world.person("Ada Testperson"), date(2020, 1, 1))
    name(desk, subject, new_name="Ben Madeup", on="13.12.2026")
    before.refresh_from_db()
    assert (before.ends_on, before.how_ended) == (date(2026, 12, 13), "replaced")
    assert "Say which advisory group" in complaints(name(desk, subject, new_name="Cleo Invented", rag_appointed=""))


def test_chair_who_stays_sits_for_whom_the_chair_sat(desk):
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1), country=world.country("FR"))
    replace(desk, gus, person=gus.person.pk, kind="extended")
    assert type(gus).objects.in_office(date(2026, 12, 1)).get().country_id == "FR"


def test_new_office_asks_four_things_and_enters_who_is_new(desk):
    world.seat("RAG1"), world.seat("RAG2")
    address = reverse("admin:members_representative_add")
    page = desk.get(address, {"seat": "RAG1"})
    open_fields = [
        name
        for _title, options in page.context["adminform"].fieldsets
        if "collapse" not in options.get("classes", ())
        for line in options["fields"]
        for name in ([line] if isinstance(line, str) else line)
    ]
    assert "ends_on" not in open_fields and "source" not in open_fields
    data = as_sent(page) | {"new_name": "Ben Madeup", "starts_on": "by 1/2025", "starts_decision": "RAG/9"}
    assert "not exact enough" in complaints(desk.post(address, data))
    desk.post(address, data | {"starts_on": "in office by 23 January 2025"})
    term = Representative.objects.get()
    assert (str(term.person), term.starts_precision, term.starts_decision) == ("Ben Madeup", "by", "RAG/9")
    again = as_sent(desk.get(address, {"seat": "RAG2"})) | {"new_name": "Ben Madeup", "starts_on": "2026"}
    refused = desk.post(address, again)
    assert "Is it somebody who is on record?" in complaints(refused) and Person.objects.count() == 1
    assert "already holds a seat" in complaints(desk.post(address, again | {"which_person": term.person.pk}))


def test_only_candidate_stands_in_the_form_that_replaces_the_chair(desk):
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1))
    cleo = world.person("Cleo Invented")
    world.nomination(cleo, world.conference("PP-22"), country=world.country("FR"))
    initial = desk.get(page_of(gus, "replace")).context["adminform"].form.initial
    assert (initial["person"], initial["country"]) == (cleo.pk, "FR")
