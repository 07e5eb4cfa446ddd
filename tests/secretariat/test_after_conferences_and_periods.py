"""The desk says which changed mandates nobody has looked at, and which units of old periods ended nobody knows how."""

from datetime import date

import pytest

from secretariat.attention import attention
from secretariat.checks.after_conferences import MANDATE_CHANGED, NEW_RESOLUTION
from secretariat.checks.study_periods import UNITS_WITHOUT_END
from tests import world as build

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 28)


def sentences(topic, on=ON):
    return [finding.sentence for finding in attention(on, clause=topic.clause) if finding.topic is topic]


def test_changed_mandate_is_named_with_who_looks(world):
    build.conference("WTDC-25", "WTDC", date(2025, 11, 17), date(2025, 11, 28))
    nine = build.resolution("WTDC", 9)
    build.revision(nine, 2022, "Kigali"), build.revision(nine, 2025, "Baku", revised=True)
    build.mandate(world.subjects["EMF"], nine), build.mandate(world.subjects["ACC"], nine)
    assert sentences(MANDATE_CHANGED) == [
        "ACC: WTDC Res. 9 (Rev. Baku, 2025), revised; to be looked at by the secretariat.",
        "EMF: WTDC Res. 9 (Rev. Baku, 2025), revised; to be looked at by the Coordinator: Ms Ina Sample.",
    ]


def test_new_resolution_behind_no_subject_is_named(world):
    build.conference("WTDC-25", "WTDC", date(2025, 11, 17), date(2025, 11, 28))
    new = build.resolution("WTDC", 90, title="Regional offices, made up")
    build.revision(new, 2025, "Baku")
    assert sentences(NEW_RESOLUTION) == ["WTDC Res. 90 (Baku, 2025): “Regional offices, made up”."]


def test_units_of_a_period_that_is_over_are_counted_once_the_next_list_is_there(world):
    assert sentences(UNITS_WITHOUT_END) == []
    build.study_unit("Q1/1", "D 2018-2021")
    assert sentences(UNITS_WITHOUT_END) == ["ITU-D 2018-2021: what became of 1 unit is not recorded."]
    build.study_unit("SG16", "T 2022-2024", "study group")
    assert len(sentences(UNITS_WITHOUT_END)) == 1  # of ITU-T 2025-2028 no unit is on record


def test_shipped_record_asks_nobody_to_look(shipped_record):
    assert sentences(MANDATE_CHANGED) == sentences(NEW_RESOLUTION) == []
