"""Pages that take back what “record complete from” rests on ask from when the record is complete now."""

from datetime import date

import pytest

from iscg_portal.tenure.completeness import key_of
from members.composition import composition
from members.models import Representative, Seat
from subjects.models import FocalPoint, FocalPointRecord, Subject
from tests import world as w
from tests.admin.conftest import complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db

BEGUN, LATER = date(2025, 1, 23), date(2025, 2, 10)
RAG1 = "complete-members.seat:RAG1"
ASKED = "takes days back on which the record had a holder"


@pytest.fixture
def dan():
    """In office by 23 January 2025, which is all that the record of his seat rests on."""
    return w.representative(w.seat("RAG1", BEGUN), w.person("Dan Fictional"), BEGUN, starts_precision="by")


def answer(day="", key=RAG1, **not_known):
    """What the browser sends of the question."""
    return {f"{key}-about": "RAG, seat 1", f"{key}-day": day, **{f"{key}-{name}": "on" for name in not_known}}


def asked(response):
    return [question.key for question in response.context["questions"]]


def state(on=date(2025, 2, 1)):
    office = next(seat.office for seat in composition(on).seats if seat.code == "RAG1")
    return office.state, office.vacant_since


@pytest.mark.parametrize("page", ["term", "seat", "group"])
def test_moved_start_is_asked_about_on_every_page(desk, dan, page):
    owner, prefix = {
        "term": (dan, ""),
        "seat": (dan.seat, "representative_set-0-"),
        "group": (dan.seat.group, "representative-0-"),
    }[page]
    change = {f"{prefix}starts_on": "2025-02-10", f"{prefix}starts_precision": "day"}
    response = save(desk, page_of(owner), **change)
    assert ASKED in complaints(response) and asked(response) == ["members.seat:RAG1"]
    assert state() == ("held", None)
    assert save(desk, page_of(owner), **change, **answer("2025-02-10")).status_code == 302
    assert (state(), Seat.objects.get().recorded_from) == (("not recorded", None), LATER)


def test_answer_may_be_that_it_is_not_known(desk, dan):
    save(desk, page_of(dan), starts_on="2025-02-10", starts_precision="day", **answer(not_known=True))
    assert (state(), Seat.objects.get().recorded_from) == (("not recorded", None), None)


@pytest.mark.parametrize("sent", [{}, {"day": "2025-02-10", "not_known": True}])
def test_unclear_answer_is_refused_and_kept(desk, dan, sent):
    response = save(desk, page_of(dan), starts_on="2025-02-10", starts_precision="day", **answer(**sent))
    assert "Say from which day the record is complete now" in complaints(response)
    [question] = response.context["questions"]
    assert question["day"].value() == sent.get("day", "")


def test_day_said_on_the_page_of_the_seat_itself_needs_no_question(desk, dan):
    change = {"representative_set-0-starts_on": "2025-02-10", "recorded_from": "2025-02-10"}
    assert save(desk, page_of(dan.seat), **change).status_code == 302
    assert state() == ("not recorded", None)


def test_day_said_beside_the_seats_of_a_group_needs_no_question(desk, dan):
    change = {"representative-0-starts_on": "2025-02-10", "seats-0-recorded_from": ""}
    assert save(desk, page_of(dan.seat.group), **change).status_code == 302
    assert (state(), Seat.objects.get().recorded_from) == (("not recorded", None), None)


def test_row_removed_on_the_page_of_its_seat_asks(desk, dan):
    gone = {"representative_set-0-DELETE": "on", "change_reason": "Another person"}
    response = save(desk, page_of(dan.seat), **gone)
    assert ASKED in complaints(response) and asked(response) == ["members.seat:RAG1"]
    assert save(desk, page_of(dan.seat), **gone, **answer(not_known=True)).status_code == 302
    assert state(date(2025, 3, 1)) == ("not recorded", None)


def test_page_that_removes_asks_before_it_does(desk, dan):
    address = page_of(dan, "delete")
    page = desk.get(address)
    assert asked(page) == ["members.seat:RAG1"] and "RAG, seat 1" in page.content.decode()
    assert Representative.objects.filter(pk=dan.pk).exists()
    assert ASKED in complaints(desk.post(address, {"reason": "Another person"}))
    assert desk.post(address, {"reason": "Another person"} | answer(not_known=True)).status_code == 302
    assert state(date(2025, 3, 1)) == ("not recorded", None)


def test_page_that_removes_asks_nothing_where_nothing_rests_on_the_row(desk):
    assert asked(desk.get(page_of(w.person("Lea Nobody"), "delete"))) == []


def test_old_version_that_is_brought_back_asks(desk, dan):
    dan.starts_on, dan.starts_precision = LATER, "day"
    dan.seat.recorded_from = None
    dan.seat.save()
    dan.save()
    save(desk, page_of(dan), starts_on="2024-12-01", starts_precision="day")
    Seat.objects.update(recorded_from=date(2024, 12, 1))
    version = dan.history.filter(starts_on=LATER).first().pk
    assert ASKED in complaints(save(desk, f"{page_of(dan)}?version={version}"))


def test_seats_that_end_before_their_record_begins_ask(desk, dan):
    Representative.objects.update(starts_on=date(2020, 1, 1), starts_precision="day")
    ends = {"on": "2024-06-01", "how_ended": "term over"}
    address = page_of(dan.seat.group, "end-seats")
    assert asked(desk.post(address, ends | {"_preview": "1"})) == ["members.seat:RAG1"]
    assert desk.post(address, ends | answer(not_known=True)).status_code == 302
    assert state(date(2025, 3, 1)) == ("not recorded", None)


def test_focal_point_removed_on_the_subjects_page_asks_for_the_body(desk):
    subject = w.subject("EMF")
    w.saved(FocalPointRecord(subject=subject, body="RAG", recorded_from=BEGUN))
    w.focal_point(subject, w.person("Kim Mockup"), "RAG", BEGUN)
    gone = {"focalpoint_set-0-DELETE": "on", "change_reason": "Another subject"}
    key = f"subjects.focalpointrecord:{subject.pk}-RAG"
    assert asked(save(desk, page_of(subject), **gone)) == [key]
    assert save(desk, page_of(subject), **gone, **answer("2025-06-01", f"complete-{key}")).status_code == 302
    assert FocalPointRecord.objects.get().recorded_from == date(2025, 6, 1)
    assert not FocalPoint.objects.exists()


def test_record_of_focal_points_that_goes_with_the_row_needs_no_question(desk):
    subject = w.subject("EMF")
    w.saved(FocalPointRecord(subject=subject, body="RAG", recorded_from=BEGUN))
    w.focal_point(subject, w.person("Kim Mockup"), "RAG", BEGUN)
    gone = {"focalpoint_set-0-DELETE": "on", "focalpointrecord_set-0-DELETE": "on", "change_reason": "Another subject"}
    assert save(desk, page_of(subject), **gone).status_code == 302
    assert not FocalPointRecord.objects.exists()


def test_from_when_mandates_are_complete_is_kept_in_the_history(desk):
    subject = w.subject("EMF")
    save(desk, page_of(subject), mandates_recorded_from="2024-01-01", change_reason="All read")
    assert Subject.history.first().mandates_recorded_from == date(2024, 1, 1)
    page = desk.get(list_of(Subject), {"mandates_recorded_from__isempty": "0"})
    assert page.context["cl"].result_count == 1


def keepers():
    """A seat, a subject and a record of Focal Points, complete from `BEGUN`, and from `LATER` since."""
    focal_points = w.saved(FocalPointRecord(subject=w.subject("EMF"), body="RAG", recorded_from=BEGUN))
    for keeper in (w.seat("RAG1", BEGUN), w.subject("ACC", recorded_from=BEGUN), focal_points):
        keeper.recorded_from = LATER
        keeper.save()
        yield keeper


def restoring(keeper):
    """The page that brings back the first version, and how it names the keeper."""
    return f"{page_of(keeper)}?version={keeper.history.last().pk}", key_of(keeper)


@pytest.mark.parametrize("at", [0, 1, 2], ids=["seat", "subject", "focal points"])
@pytest.mark.parametrize(("sent", "day"), [({"day": "2025-01-25"}, date(2025, 1, 25)), ({"not_known": True}, None)])
def test_old_version_is_asked_anew_from_when_the_record_is_complete(desk, at, sent, day):
    keeper = list(keepers())[at]
    page, key = restoring(keeper)
    refused = save(desk, page)
    assert "was called complete from another day" in complaints(refused) and asked(refused) == [key]
    keeper.refresh_from_db()
    assert keeper.recorded_from == LATER
    assert save(desk, page, **answer(key=f"complete-{key}", **sent)).status_code == 302
    keeper.refresh_from_db()
    assert keeper.recorded_from == day


@pytest.mark.parametrize(("sent", "day"), [({"day": "2025-01-25"}, date(2025, 1, 25)), ({"not_known": True}, None)])
def test_old_version_is_asked_anew_from_when_the_mandates_are_complete(desk, sent, day):
    subject = w.subject("ACC", mandates_recorded_from=BEGUN)
    subject.mandates_recorded_from = LATER
    subject.save()
    page, key = restoring(subject)[0], f"{key_of(subject)}-mandates_recorded_from"
    refused = save(desk, page)
    assert "was called complete from another day" in complaints(refused) and asked(refused) == [key]
    assert "every resolution behind this subject is on record" in refused.content.decode()
    assert save(desk, page, **answer(key=f"complete-{key}", **sent)).status_code == 302
    subject.refresh_from_db()
    assert (subject.mandates_recorded_from, subject.recorded_from) == (day, None)


def test_both_days_of_an_old_version_are_asked_about(desk):
    subject = w.subject("ACC", recorded_from=BEGUN, mandates_recorded_from=BEGUN)
    subject.recorded_from = subject.mandates_recorded_from = None
    subject.save()
    page, key = restoring(subject)
    assert asked(save(desk, page)) == [key, f"{key}-mandates_recorded_from"]


def test_day_that_is_typed_over_the_old_version_is_the_answer(desk):
    keeper = next(keepers())
    assert save(desk, restoring(keeper)[0], recorded_from="2025-01-30").status_code == 302
    keeper.refresh_from_db()
    assert keeper.recorded_from == date(2025, 1, 30)


def test_old_version_that_says_the_same_day_asks_nothing(desk):
    subject = w.subject("ACC", recorded_from=BEGUN, title="The old title")
    subject.title_en = "Another title"
    subject.save()
    assert save(desk, restoring(subject)[0]).status_code == 302
    subject.refresh_from_db()
    assert (subject.title_en, subject.recorded_from) == ("The old title", BEGUN)


def test_removed_record_of_focal_points_is_asked_about_when_it_comes_back(desk):
    keeper = list(keepers())[2]
    key = key_of(keeper)
    keeper.delete()
    page = f"{list_of(FocalPointRecord, 'add')}?version={FocalPointRecord.history.first().pk}"
    assert asked(save(desk, page)) == [key]
    assert save(desk, page, **answer("2025-02-10", key=f"complete-{key}")).status_code == 302
    assert FocalPointRecord.objects.get().recorded_from == LATER
