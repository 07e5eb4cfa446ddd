"""What takes a mandate back asks from when the mandates are complete: else the theme rule would be “not met” (16)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bench.rows import judge_rows, write_rows
from iscg_portal.acts import one_act
from iscg_portal.history import remove_mistake
from iscg_portal.tenure.completeness import keepers_asked, key_of
from iscg_portal.tenure.joint_validation import RefusedTogether, save_together
from iscg_portal.undoing import undo
from subjects.models import Mandate, Subject
from tests import world as w
from tests.admin.conftest import chief, complaints, desk, page_of, save, second_factor_is_elsewhere  # noqa: F401
from tests.importing.conftest import exported

pytestmark = pytest.mark.django_db

BEGUN, LATER = date(2024, 1, 1), date(2025, 1, 1)
ASKED = "Say from which day the record is complete now, or that this is not known."


@pytest.fixture
def behind():
    """PP Res. 191, long since behind a subject whose mandates are complete."""
    return w.mandate(
        w.subject("EMF", mandates_recorded_from=BEGUN), w.resolution("PP", 191, calls_for_coordination=True)
    )


def key(mandate):
    return key_of(mandate.record_keeper())


def verdict():
    """The theme rule's today, and from when the mandates are complete."""
    subject = Subject.objects.on(date(2026, 1, 1)).get(code="EMF")
    return subject.theme.verdict, subject.mandates_recorded_from


def test_removing_asks_and_takes_the_answer(behind):
    with pytest.raises(ValidationError, match=ASKED):
        remove_mistake(behind, reason="Another subject")
    assert verdict() == ("met", BEGUN)
    remove_mistake(behind, reason="Another subject", answers={key(behind): None})
    assert verdict() == ("cannot be told", None)
    said = Subject.history.first()
    assert (said.mandates_recorded_from, said.history_change_reason) == (None, "Another subject")


def test_that_nothing_else_is_behind_the_subject_is_said_anew(behind):
    remove_mistake(behind, reason="Another subject", answers={key(behind): BEGUN})
    assert verdict() == ("not met", BEGUN)


@pytest.mark.parametrize(
    "change",
    [
        {"resolution": ("PP", 208)},
        {"subject": "ACC"},
        {"starts_on": LATER},
        {"ends_on": date(2023, 1, 1), "ends_precision": "day"},
    ],
    ids=["another resolution", "another subject", "a later start", "an end before the record"],
)
def test_moving_asks(behind, change):
    made = {"resolution": lambda given: w.resolution(*given), "subject": w.subject}
    for name, value in change.items():
        setattr(behind, name, made[name](value) if name in made else value)
    with pytest.raises(RefusedTogether) as refused:
        save_together([behind])
    assert [str(one) for one in keepers_asked([refused.value]).values()] == ["mandates of EMF: Subject EMF, made up"]


def test_an_end_since_then_is_a_fact_and_asks_nothing(behind):
    behind.ends_on, behind.ends_precision = LATER, "day"
    save_together([behind])
    assert verdict() == ("not met", BEGUN)


def test_another_mandate_answers_for_its_own_resolution_alone(behind):
    other = Mandate(subject=behind.subject, resolution=w.resolution("PP", 208), starts_on=BEGUN)
    with pytest.raises(RefusedTogether, match=ASKED):
        save_together([other], [behind])
    same = Mandate(subject=behind.subject, resolution=behind.resolution, starts_on=date(2020, 1, 1))
    save_together([same], [behind])
    assert verdict() == ("met", BEGUN)


def test_nothing_is_asked_where_nobody_called_them_complete(behind):
    Subject.objects.update(mandates_recorded_from=None)
    remove_mistake(Mandate.objects.get(), reason="Another subject")
    assert verdict() == ("cannot be told", None)


def test_nothing_is_asked_of_a_subject_that_goes(behind):
    remove_mistake(behind.subject, reason="Entered twice")
    assert not Mandate.objects.exists()


def test_day_known_only_as_by_takes_the_answer_in_the_same_act(behind):
    late = Mandate(subject=behind.subject, resolution=w.resolution("RA", 75), starts_on=LATER, starts_precision="by")
    with pytest.raises(RefusedTogether) as refused:
        save_together([late])
    assert list(keepers_asked([refused.value])) == [key(behind)]
    save_together([late], answers={key(behind): LATER})
    assert verdict() == ("met", LATER)


def test_pages_ask(desk, behind):  # noqa: F811
    gone = {"mandate_set-0-DELETE": "on", "change_reason": "Another subject"}
    question, prefix = key(behind), f"complete-{key(behind)}"
    refused = save(desk, page_of(behind.subject), **gone)
    assert ASKED in complaints(refused) and [one.key for one in refused.context["questions"]] == [question]
    page = desk.get(page_of(behind, "delete"))
    assert [one.key for one in page.context["questions"]] == [question]
    assert "every resolution behind this subject is on record" in page.content.decode()
    answer = {f"{prefix}-about": "mandates of EMF", f"{prefix}-not_known": "on"}
    assert desk.post(page_of(behind, "delete"), {"reason": "Another subject"} | answer).status_code == 302
    assert verdict() == ("cannot be told", None)


def test_page_of_the_subject_takes_the_answer(desk, behind):  # noqa: F811
    gone = {"mandate_set-0-DELETE": "on", "change_reason": "Another subject"}
    prefix = f"complete-{key(behind)}"
    answer = {f"{prefix}-about": "mandates of EMF", f"{prefix}-day": "2025-01-01"}
    assert save(desk, page_of(behind.subject), **gone, **answer).status_code == 302
    assert verdict() == ("not met", LATER)


def test_a_file_says_it_in_a_column(behind):
    [line] = exported("mandate")
    assert line["record_complete_from"] == ""
    moved = line | {"starts_on": "2025-01-01"}
    [row] = judge_rows("mandate", [moved]).rows
    assert [(one.column, one.sentence) for one in row.problems] == [("record_complete_from", ASKED)]
    [row] = judge_rows("mandate", [moved | {"record_complete_from": "not known"}]).rows
    assert ("record_complete_from", "2024-01-01", "not known") in [
        (one.column, one.old, one.new) for one in row.changes
    ]
    write_rows("mandate", [moved | {"record_complete_from": "not known"}])
    assert verdict() == ("met", None)


def test_an_answer_may_stand_alone_in_a_file(behind):
    [line] = exported("mandate")
    write_rows("mandate", [line | {"record_complete_from": "2025-01-01"}])
    assert verdict() == ("met", LATER)


def test_a_removal_that_is_undone_brings_the_day_back(behind):
    with one_act() as removal:
        remove_mistake(behind, reason="Another subject", answers={key(behind): None})
    undo(removal.mark, reason="It was right")
    assert verdict() == ("met", BEGUN)


def test_a_mandate_whose_entry_is_undone_asks_nothing_where_nothing_changed(behind):
    other = w.resolution("PP", 208)
    with one_act() as entry:
        save_together([Mandate(subject=behind.subject, resolution=other)])
    undo(entry.mark, reason="Another subject")
    assert (verdict(), Mandate.objects.count()) == (("met", BEGUN), 1)
