"""What a unit, its end and a link cannot be: refused with a sentence at the form, and by the database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iscg_portal.tenure.constraints import sentence_for
from studies.models import Confirmation, Ending, MappingLink, StudyPeriod, StudyUnit
from tests import world as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    """Units of two periods of ITU-D, and of the two other Sectors."""
    made = {"sg2": build.study_unit("SG2", kind="study group")}
    made["q7"] = build.study_unit("Q7/2", parent=made["sg2"])
    made["old"] = build.study_unit("Q7/2", "D 2018-2021")
    made["wp"] = build.study_unit("WP 1C", "R 2023-2027", "working party")
    made["t"] = build.study_unit("Q1/21", "T 2025-2028")
    made["joint"] = build.study_unit("IRG-X", "", "joint group")
    return made


REFUSED = {
    "ends before it begins": lambda u: StudyUnit(
        **question(u), number="Q8/2", starts_on=date(2024, 1, 1), ends_on=date(2023, 1, 1)
    ),
    "stands outside its period": lambda u: StudyUnit(**question(u), number="Q8/2", starts_on=date(2030, 1, 1)),
    "number given twice": lambda u: StudyUnit(**question(u), number="Q7/2", slug="other"),
    "period of another Sector": lambda u: StudyUnit(**question(u) | {"sector": "R"}, number="Q8/2"),
    "no period": lambda u: StudyUnit(**question(u) | {"period": None}, number="Q8/2"),
    "its own parent": lambda u: below_itself(u["sg2"]),
    "below a Question": lambda u: StudyUnit(**question(u), number="Q8/2", parent=u["q7"]),
    "below a unit of another Sector": lambda u: StudyUnit(**question(u), number="Q8/2", parent=u["wp"]),
    "a study group below a study group": lambda u: StudyUnit(
        **question(u) | {"kind": "study group"}, number="SG3", parent=u["sg2"]
    ),
    "period on the days of another": lambda u: StudyPeriod(sector="D", name="2023-2026", starts_on=date(2023, 1, 1)),
    "period without a beginning": lambda u: StudyPeriod(sector="D", name="2010-2013"),
    "its own successor": lambda u: Ending(unit=u["q7"], kind="continues", successor=u["q7"]),
    "closed, with a successor": lambda u: Ending(unit=u["old"], kind="closed", successor=u["q7"]),
    "merged, without a successor": lambda u: Ending(unit=u["old"], kind="merged"),
    "successor that began before": lambda u: Ending(unit=u["q7"], kind="renamed", successor=u["old"]),
    "successor of another Sector": lambda u: Ending(unit=u["old"], kind="renamed", successor=u["wp"]),
    "link inside a Sector": lambda u: MappingLink(first=u["q7"], second=u["sg2"], topic="x"),
    "link to itself": lambda u: MappingLink(first=u["q7"], second=u["q7"], topic="x"),
    "link to a unit of another time": lambda u: MappingLink(first=u["old"], second=u["wp"], topic="x"),
    "link to nothing": lambda u: MappingLink(first=u["q7"], topic="x"),
    "link outside the days of its units": lambda u: MappingLink(
        first=u["q7"], second=u["wp"], topic="x", starts_on=date(2026, 6, 1)
    ),
}


def question(units):
    return {"sector": "D", "period": units["q7"].period, "kind": "question", "title": "Made up"}


def below_itself(unit):
    unit.parent = unit
    return unit


@pytest.mark.parametrize("case", REFUSED)
def test_form_and_database_refuse_alike(units, case):
    row = REFUSED[case](units)
    with pytest.raises(ValidationError):
        row.full_clean()
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.blank])
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("case", ["link to a unit of another time", "below a Question", "successor that began before"])
def test_refusal_of_the_database_becomes_the_sentence_of_the_form(units, case):
    row = REFUSED[case](units)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.save()
    assert str(sentence_for(error.value)) in refused.value.messages


def test_link_is_stored_once_whichever_way_round_it_is_entered(units):
    link = build.link(units["wp"], units["q7"], "Measurement", kind="part of")
    assert (link.first, link.second, link.kind) == (units["q7"], units["wp"], "comprises")
    with pytest.raises(ValidationError, match="already linked on this topic"):
        build.link(units["wp"], units["q7"], "measurement")
    build.link(units["wp"], units["q7"], "Another topic")


def test_database_refuses_a_link_the_other_way_round(units):
    with pytest.raises(IntegrityError), transaction.atomic():
        MappingLink(first=units["wp"], second=units["q7"], topic="x").save()


def test_topics_are_told_apart_in_any_language(units):
    for topic in ("Une", "Deux"):
        build.link(units["q7"], units["wp"], "", topic_fr=topic, original_language="fr")
    with pytest.raises(ValidationError, match="already linked"):
        build.link(units["q7"], units["wp"], "", topic_fr="Deux", original_language="fr")


@pytest.mark.parametrize("field", ["sector", "kind", "period"])
def test_what_a_unit_is_does_not_change(units, field):
    unit = units["q7"]
    other = {"sector": "R", "kind": "working party", "period": build.study_period("D 2018-2021")}
    setattr(unit, field, other[field])
    with pytest.raises(ValidationError, match="set once"):
        unit.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        unit.save()


def test_unit_ends_in_one_way(units):
    later = build.study_unit("Q8/2"), build.study_unit("Q9/2")
    build.ending(units["old"], "split", later[0])
    build.ending(units["old"], "split", later[1])
    with pytest.raises(ValidationError, match="in one way"):
        build.ending(units["old"], "replaced", units["q7"])


def test_only_a_split_or_a_replacement_has_several_successors(units):
    build.ending(units["old"], "merged", units["q7"])
    with pytest.raises(ValidationError, match="several successors"):
        build.ending(units["old"], "merged", units["sg2"])


def test_days_are_not_moved_across_a_successor(units):
    build.ending(units["old"], "renamed", units["q7"])
    period, unit = units["old"].period, units["old"]
    unit.starts_on, unit.starts_precision = date(2022, 1, 1), "day"
    period.starts_on, period.ends_on, period.ends_precision = date(2027, 1, 1), None, None
    for row in (unit, period):
        with pytest.raises(ValidationError):
            row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        period.save()


def test_only_a_side_of_a_link_says_something(units):
    link = build.link(units["q7"], units["wp"])
    build.confirmation(link, "D")
    with pytest.raises(ValidationError, match="Only a Sector that the link joins"):
        build.confirmation(link, "T")
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation(link=link, sector="T", stance="confirmed", said_on=date(2024, 1, 1)).save()


def test_who_contests_says_why(units):
    link = build.link(units["q7"], units["wp"])
    row = Confirmation(link=link, sector="D", stance="contested", said_on=date(2024, 1, 1))
    with pytest.raises(ValidationError, match="says why"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


AWAY = date(2040, 1, 1)
MOVED = {
    "a unit away from its link": lambda u: ("q7", {"starts_on": date(2025, 6, 1)}),
    "a unit away from the unit at the other end": lambda u: ("wp", {"starts_on": date(2026, 6, 1)}),
    "a period away from its units": lambda u: ("q7.period", {"starts_on": AWAY, "ends_on": None}),
    "a period away from a link": lambda u: ("wp.period", {"starts_on": AWAY, "ends_on": None}),
    "the end of a period before a link": lambda u: ("q7.period", {"ends_on": date(2023, 1, 1)}),
}


@pytest.mark.parametrize("case", MOVED)
def test_days_are_not_moved_away_from_links(units, case):
    build.link(units["q7"], units["wp"], starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1), ends_precision="day")
    unit = units["q8"] = build.study_unit("Q8/2", ends_on=date(2023, 6, 1), ends_precision="day")
    name, days = MOVED[case](units)
    row = units[name.partition(".")[0]]
    row = row.period if "." in name else row
    if case == "a period away from its units":
        MappingLink.objects.all().delete()
        assert unit.period_id == row.pk
    for field, value in days.items():
        setattr(row, field, value)
    row.ends_precision = "day" if row.ends_on else None
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "With these days" in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_days_that_keep_the_link_can_be_moved(units):
    build.link(units["q7"], units["wp"], starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1), ends_precision="day")
    units["q7"].starts_on = date(2024, 6, 1)
    build.saved(units["q7"])
    period = units["wp"].period
    period.starts_on = date(2023, 6, 1)
    build.saved(period)


def test_only_a_split_may_lack_successors(units):
    row = Ending(unit=units["old"], kind="renamed", successor=units["q7"], others_unrecorded=True)
    with pytest.raises(ValidationError, match="that was split"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
