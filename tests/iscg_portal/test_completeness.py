"""Acts that take back what “record complete from” rests on say from when the record is complete now (rule 16)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.history import remove_mistake
from iscg_portal.tenure.completeness import key_of
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.joint_validation import RefusedTogether, save_together
from iscg_portal.tenure.office_on import office_on
from members.models import Representative, Seat
from subjects.models import FocalPointRecord
from tests import world as w

pytestmark = pytest.mark.django_db

BEGUN, LATER, DAY = date(2025, 1, 23), date(2025, 2, 10), date(2025, 2, 1)
ASKED = "this takes days back on which the record had a holder"


@pytest.fixture
def dan():
    """In office by 23 January 2025, which is all that the record of his seat rests on."""
    return w.representative(w.seat("RAG1", BEGUN), w.person("Dan Fictional"), BEGUN, starts_precision="by")


def state(keeper, on=DAY):
    keeper = type(keeper).objects.get(pk=keeper.pk)
    found = office_on(on, keeper.recorded_from, keeper.tenures())
    return found.state, found.vacant_since


def moved(row, day=LATER, precision="day"):
    row.starts_on, row.starts_precision = day, precision
    return row


def test_moving_the_start_on_which_the_record_rests_asks(dan):
    with pytest.raises(RefusedTogether, match=ASKED):
        save_together([moved(dan)])
    assert state(dan.seat) == ("held", None)


@pytest.mark.parametrize("answer", [None, LATER])
def test_no_vacancy_comes_from_a_correction(dan, answer):
    save_together([moved(dan)], reason="From the minutes", answers={key_of(dan.seat): answer})
    assert state(dan.seat) == ("not recorded", None)
    assert Seat.history.first().history_change_reason == "From the minutes"


def test_vacancy_that_staff_know_of_is_said_anew(dan):
    save_together([moved(dan)], answers={key_of(dan.seat): BEGUN})
    assert state(dan.seat) == ("vacant", BEGUN)


def test_removing_the_row_asks_and_takes_the_answer(dan):
    with pytest.raises(ValidationError, match=ASKED):
        remove_mistake(dan, reason="Another person")
    assert Representative.objects.exists()
    remove_mistake(dan, reason="Another person", answers={key_of(dan.seat): None})
    assert state(dan.seat, date(2025, 3, 1)) == ("not recorded", None)


def test_removing_a_later_holder_asks_although_the_first_row_stays(dan):
    dan.ends_on, dan.ends_precision = date(2025, 6, 1), "day"
    dan.save()
    follower = w.representative(dan.seat, w.person("Eve Pretended"), date(2025, 6, 1))
    with pytest.raises(ValidationError, match=ASKED):
        remove_mistake(follower, reason="Never appointed")


def test_row_of_another_that_covers_the_days_answers_by_itself(dan):
    ada = Representative(seat=dan.seat, person=w.person("Ada Testperson"), starts_on=BEGUN, ends_on=LATER)
    ada.ends_precision = "day"
    save_together([moved(dan), ada])
    assert state(dan.seat) == ("held", None)


def test_end_of_a_term_is_a_fact_and_asks_nothing(dan):
    dan.ends_on, dan.ends_precision = date(2025, 2, 20), "day"
    save_together([dan])
    assert state(dan.seat, date(2025, 3, 1)) == ("vacant", date(2025, 2, 20))


def test_end_before_the_record_begins_asks(dan):
    Representative.objects.update(starts_on=date(2024, 1, 1), starts_precision="day")
    dan.refresh_from_db()
    dan.ends_on, dan.ends_precision = date(2024, 6, 1), "day"
    with pytest.raises(RefusedTogether, match=ASKED):
        save_together([dan])


def test_term_that_moves_to_another_seat_asks_for_the_one_it_leaves(dan):
    dan.seat = w.seat("RAG2")
    with pytest.raises(RefusedTogether, match="“RAG, seat 1” is recorded without holes from 23 January 2025"):
        save_together([dan])


def test_days_to_come_ask_nothing():
    seat = w.seat("RAG1", BEGUN)
    fay = w.representative(seat, w.person("Fay Imaginary"), today().replace(month=1, day=1, year=today().year + 10))
    remove_mistake(fay, reason="Not decided")
    assert state(seat) == ("vacant", BEGUN)


def test_day_known_only_as_by_takes_the_answer_in_the_same_act(dan):
    with pytest.raises(RefusedTogether, match="a date known only as “by” or “after” cannot lie later"):
        save_together([moved(dan, precision="by")])
    save_together([moved(dan, precision="by")], answers={key_of(dan.seat): LATER})
    assert state(dan.seat) == ("not recorded", None)


def test_answer_that_the_dates_forbid_is_refused(dan):
    with pytest.raises(RefusedTogether, match="a date known only as “by” or “after” cannot lie later"):
        save_together([moved(dan, precision="by")], answers={key_of(dan.seat): BEGUN})


def test_coordinator_asks_for_the_subject():
    subject = w.subject("EMF", recorded_from=BEGUN)
    with pytest.raises(ValidationError, match="“EMF: .*” is recorded without holes"):
        remove_mistake(w.coordinator(subject, w.person("Ina Sample"), BEGUN), reason="Another subject")


def test_focal_point_asks_for_the_record_of_the_body():
    subject = w.subject("EMF")
    w.saved(FocalPointRecord(subject=subject, body="RAG", recorded_from=BEGUN))
    kim = w.focal_point(subject, w.person("Kim Mockup"), "RAG", BEGUN)
    with pytest.raises(ValidationError, match="“EMF, Focal Points for RAG” is recorded without holes"):
        remove_mistake(kim, reason="Another subject")


def test_second_focal_point_of_a_body_can_go():
    subject = w.subject("EMF")
    w.saved(FocalPointRecord(subject=subject, body="RAG", recorded_from=BEGUN))
    kim, _lea = (w.focal_point(subject, w.person(name), "RAG", BEGUN) for name in ("Kim Mockup", "Lea Nobody"))
    remove_mistake(kim, reason="Another subject")


def test_by_date_inside_a_complete_record_of_focal_points_is_refused():
    subject = w.subject("EMF")
    w.saved(FocalPointRecord(subject=subject, body="RAG", recorded_from=BEGUN))
    with pytest.raises(ValidationError, match="cannot lie later"):
        w.focal_point(subject, w.person("Kim Mockup"), "RAG", LATER, starts_precision="by")
