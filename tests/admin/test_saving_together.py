"""A page is saved as one act: its rows are judged as they will stand, and a refusal is a sentence (rule 2)."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from members.models import ChairTerm, Representative, Seat
from subjects.models import Appointment, Coordinator, FocalPoint, Listing, Mandate, Resolution, Subject
from tests import world
from tests.admin.conftest import as_sent, complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db


def new_rows(client, address, prefix, *rows, **changes):
    """Open a page, add rows to one of its tables, change fields, save it."""
    data = as_sent(client.get(address)) | changes
    first = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = first + len(rows)
    for number, row in enumerate(rows, first):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


@pytest.fixture
def ada():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))


@pytest.fixture
def ben():
    return world.person("Ben Madeup")


@pytest.mark.parametrize("page", ["seat", "group"])
def test_holder_who_ends_is_no_obstacle_to_the_successor(desk, ada, ben, page):
    owner, prefix = (ada.seat, "representative_set") if page == "seat" else (ada.seat.group, "representative")
    row = {"person": ben.pk, "starts_on": "2026-12-01"} | ({"seat": "RAG1"} if page == "group" else {})
    response = new_rows(desk, page_of(owner), prefix, row, **{f"{prefix}-0-ends_on": "2026-12-01"})
    assert complaints(response) == "" if response.status_code == 200 else True
    assert Representative.objects.in_office(date(2026, 12, 1)).get().person == ben


@pytest.mark.parametrize("page", ["seat", "group"])
def test_successor_beside_a_holder_who_stays_is_refused(desk, ada, ben, page):
    owner, prefix = (ada.seat, "representative_set") if page == "seat" else (ada.seat.group, "representative")
    row = {"person": ben.pk, "starts_on": "2026-12-01"} | ({"seat": "RAG1"} if page == "group" else {})
    assert "Somebody else holds this seat" in complaints(new_rows(desk, page_of(owner), prefix, row))
    assert Representative.objects.count() == 1


def test_two_new_rows_that_clash_are_a_sentence(desk, ada, ben):
    rows = [{"person": ben.pk, "starts_on": f"{year}", "ends_on": "2018"} for year in (2016, 2017)]
    response = new_rows(desk, page_of(ada.seat), "representative_set", *rows)
    assert "Somebody else holds this seat" in complaints(response)


def test_two_new_clashing_rows_of_a_new_subject_are_a_sentence(desk, ben):
    texts = {"code": "NEW", "title_en": "Made up", "in_r": "on", "in_t": "on", "original_language": "en"}
    rows = [{"person": ben.pk, "starts_on": "2020", "rag_appointed": "on"} for _number in range(2)]
    response = new_rows(desk, list_of(Subject, "add"), "coordinator_set", *rows, **texts)
    assert "another Coordinator" in complaints(response)
    assert not Subject.objects.exists()


def test_persons_swap_seats_on_the_page_of_their_group(desk, ada, ben):
    other = world.representative("RAG2", ben, date(2020, 1, 1))
    group = page_of(ada.seat.group)
    rows = {row.instance.pk: row.prefix for row in desk.get(group).context["inline_admin_formsets"][1].formset}
    swapped = {f"{rows[ada.pk]}-person": ben.pk, f"{rows[other.pk]}-person": ada.person_id}
    save(desk, group, **swapped)
    assert dict(Representative.objects.values_list("seat", "person")) == {"RAG1": ben.pk, "RAG2": ada.person_id}


def test_secretariat_focal_point_who_ends_may_become_coordinator_in_one_save(desk):
    subject, jon = world.subject(), world.person("Jon Dummy")
    world.focal_point(subject, jon, "BR", date(2020, 1, 1))
    row = {"person": jon.pk, "starts_on": "2026-12-01", "rag_appointed": "on"}
    ends = {"focalpoint_set-0-ends_on": "2026-12-01"}
    new_rows(desk, page_of(subject), "coordinator_set", row, **ends)
    assert (Coordinator.objects.count(), FocalPoint.objects.in_office(date(2026, 12, 1)).count()) == (1, 0)


def test_secretariat_focal_point_who_stays_may_not(desk):
    subject, jon = world.subject(), world.person("Jon Dummy")
    world.focal_point(subject, jon, "BR", date(2020, 1, 1))
    row = {"person": jon.pk, "starts_on": "2026-12-01", "rag_appointed": "on"}
    assert "cannot be a Coordinator" in complaints(new_rows(desk, page_of(subject), "coordinator_set", row))


def test_record_and_its_rows_are_judged_as_they_will_stand(desk, ada):
    ada.starts_on, ada.starts_precision = date(2025, 1, 23), "by"
    ada.save()
    earlier = {"recorded_from": "2021-01-01"}
    assert "cannot begin before 23 January 2025" in complaints(save(desk, page_of(ada.seat), **earlier))
    save(desk, page_of(ada.seat), **earlier, **{"representative_set-0-starts_on": "2019-05-01"})
    assert Seat.objects.get(pk="RAG1").recorded_from == date(2021, 1, 1)


def test_extension_and_the_end_of_the_term_before_it_are_saved_together(desk):
    world.terms_of_reference(date(2018, 1, 1))
    first = world.conference("PP-18", starts_on=date(2018, 10, 1), ends_on=date(2018, 11, 1))
    second = world.conference("PP-22")
    gus = world.chair_term(world.person("Gus Example"), date(2018, 12, 1), follows=first)
    row = {"kind": "extended", "follows": second.pk, "person": gus.person_id, "starts_on": "2022-12-01"}
    ends = {"chairterm_set-0-ends_on": "2022-12-01"}
    new_rows(desk, page_of(gus.seat), "chairterm_set", row, **ends)
    assert ChairTerm.objects.filter(kind="extended").count() == 1


def test_clause_c2_speaks_in_sentences(desk):
    world.terms_of_reference(date(2018, 1, 1))
    gus = world.chair_term(world.person("Gus Example"), date(2017, 12, 1))
    assert "which Plenipotentiary Conference" in complaints(save(desk, page_of(gus), starts_on="2018-12-01"))


def test_row_is_removed_with_a_reason_only(desk):
    mandate = world.mandate(world.subject(), world.resolution())
    gone = {"mandate_set-0-DELETE": "on"}
    assert "were a mistake" in complaints(save(desk, page_of(mandate.subject), **gone))
    save(desk, page_of(mandate.subject), **gone, change_reason="Wrong resolution")
    assert Mandate.history.first().history_change_reason == "Wrong resolution"
    assert not Mandate.objects.exists()


def test_row_removed_makes_room_for_another_in_the_same_save(desk):
    listing = world.listing(world.subject(), date(2020, 1, 1))
    gone = {"listings-0-DELETE": "on", "change_reason": "Wrong day"}
    new_rows(desk, page_of(listing.subject), "listings", {"starts_on": "2021-05-01"}, **gone)
    assert Listing.objects.get().starts_on == date(2021, 5, 1)


def test_reason_goes_into_the_history_of_every_changed_row(desk, ada, chief):
    ends = {"representative_set-0-ends_on": "2026-01-01", "recorded_from": "2020-01-01"}
    save(desk, page_of(ada.seat), change_reason="From the minutes", **ends)
    for history in (ada.history.first(), ada.seat.history.first()):
        assert (history.history_change_reason, history.history_user) == ("From the minutes", chief)


def test_rows_left_alone_get_no_history(desk, ada):
    save(desk, page_of(ada.seat), recorded_from="2020-01-01")
    assert ada.history.count() == 1


def test_appointments_are_entered_beside_the_coordinator(desk, ben):
    subject = world.subject()
    row = {"person": ben.pk, "starts_on": "2024", "rag_appointed": "on", "rag_document": "RAG/5"}
    new_rows(desk, page_of(subject), "coordinator_set", row)
    coordinator = Coordinator.objects.get()
    save(desk, page_of(subject), **{"coordinator_set-0-tdag_appointed": "on"})
    assert [str(one) for one in coordinator.appointments.all()] == ["RAG RAG/5", "TDAG"]


def test_document_without_its_group_is_asked_about(desk, ben):
    row = {"person": ben.pk, "starts_on": "2024", "rag_document": "RAG/5"}
    assert "Tick the group as well" in complaints(new_rows(desk, page_of(world.subject()), "coordinator_set", row))


def race(*args, **kwargs):
    """Stands where the database refuses what every check before had let pass."""
    raise IntegrityError("constraint members_representative_one_holder")


def test_refusal_by_the_database_alone_is_a_sentence_and_saves_nothing(desk, ada):
    with patch("iscg_portal.adminkit.page.save_page", race):
        response = save(desk, page_of(ada), note="typed")
    assert response.status_code == 200
    assert "Somebody else holds this seat" in complaints(response)
    assert response.context["adminform"].form["note"].value() == "typed"


def test_number_taken_already_is_a_sentence(desk):
    world.resolution("PP", 191)
    data = {"body": "PP", "number": 191, "title_en": "Twice", "original_language": "en"}
    management = {f"revisions-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    response = desk.post(list_of(Resolution, "add"), data | management)
    assert "already a resolution of this body" in complaints(response)


def test_parts_of_a_removed_row_go_with_it_and_say_why(desk, ben):
    ina = world.coordinator(world.subject(), ben, date(2024, 1, 1), groups=["RAG"])
    save(desk, page_of(ina.subject), **{"coordinator_set-0-DELETE": "on", "change_reason": "Never appointed"})
    assert not Coordinator.objects.exists()
    assert Appointment.history.first().history_change_reason == "Never appointed"
