"""What the portal proposes for each unit in a new study period, by number and title."""

import pytest

from studies.models import StudyUnit
from studies.rollover.proposals import number_key, propose
from studies.shipped import HERE
from tests.studies.shipped_lists import shipped_units


def units(first, *pairs, kind="question"):
    """Unsaved units of (number, title), numbered from `first`."""
    return [
        StudyUnit(pk=first + place, sector="D", kind=kind, number=number, title_en=title)
        for place, (number, title) in enumerate(pairs)
    ]


def proposed(old, new):
    """{number: (kind, numbers of the successors)}."""
    found = propose(old, new)
    return {unit.number: (found[unit.pk].kind, [one.number for one in found[unit.pk].successors]) for unit in old}


FILLER = [
    ("Q8/1", "Spectrum fees and licensing"),
    ("Q9/1", "Consumer protection"),
    ("Q5/2", "Digital skills for women and girls"),
]


def of_two(old, new):
    return proposed(units(1, *old, *FILLER), units(101, *new, *FILLER))


def test_same_number_and_title_continue_and_are_sure():
    old, new = units(1, *FILLER), units(101, *FILLER)
    assert proposed(old, new) == {number: ("continues", [number]) for number, _title in FILLER}
    assert all(one.is_sure for one in propose(old, new).values())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            [("Q1/2", "Creating smart cities and society")],
            [("Q1/2", "Sustainable smart cities and communities")],
            {"Q1/2": ("renamed", ["Q1/2"])},
        ),
        (
            [("Q3/2", "Human exposure to electromagnetic fields")],
            [("Q7/2", "Human exposure to electromagnetic fields")],
            {"Q3/2": ("continues", ["Q7/2"])},
        ),
        (
            [("Q1/1", "Rural broadband access"), ("Q2/1", "Rural satellite access")],
            [("Q4/1", "Rural broadband and satellite access")],
            {"Q1/1": ("merged", ["Q4/1"]), "Q2/1": ("merged", ["Q4/1"])},
        ),
        (
            [("Q1/1", "Accessibility for persons with disabilities and emergency telecommunications")],
            [
                ("Q1/1", "Accessibility for persons with disabilities"),
                ("Q6/1", "Emergency telecommunications"),
            ],
            {"Q1/1": ("split", ["Q1/1", "Q6/1"])},
        ),
        (
            [("Q1/1", "Numbering resources")],
            [("Q1/1", "Artificial intelligence")],
            {"Q1/1": ("replaced", ["Q1/1"])},
        ),
        ([("Q1/1", "Numbering resources")], [], {"Q1/1": ("closed", [])}),
    ],
)
def test_each_kind_of_ending_is_proposed(old, new, expected):
    found = of_two(old, new)
    assert {number: found[number] for number in expected} == expected


def test_only_the_same_number_and_title_are_sure():
    found = propose(units(1, ("Q1/1", "Numbering")), units(101, ("Q2/1", "Numbering"), ("Q3/1", "Roaming")))
    assert not found[1].is_sure


def test_number_given_to_another_study_does_not_take_the_old_one():
    old = [("Q1/1", "Conformance testing of equipment"), ("Q2/1", "Counterfeit devices")]
    new = [("Q1/1", "Counterfeit devices"), ("Q2/1", "Conformance testing of equipment")]
    found = of_two(old, new)
    assert (found["Q1/1"][1], found["Q2/1"][1]) == (["Q2/1"], ["Q1/1"])


def test_groups_become_groups_and_questions_questions():
    old = units(1, ("Q1/2", "Security"))
    new = units(101, ("SG17", "Security"), kind="study group")
    assert proposed(old, new) == {"Q1/2": ("closed", [])}


def test_two_revisions_of_an_itu_r_question_have_one_number():
    assert number_key("Question ITU-R 202-2/1") == number_key("202-3/1") != number_key("202-3/2")
    assert number_key("SG 6") == number_key("SG6")


def test_units_without_titles_are_compared_by_number():
    assert proposed(units(1, ("Q1/1", "")), units(101, ("Q1/1", ""))) == {"Q1/1": ("replaced", ["Q1/1"])}


class TestReal:
    """The changes on record, from the lists alone."""

    @pytest.fixture
    def lists(self):
        return shipped_units(HERE / "units.csv")

    def test_sg9_and_sg16_are_merged_into_sg21(self, lists):
        found = propose(lists["t-2022-2024"], lists["t-2025-2028"])
        said = {
            unit.number: (found[unit.pk].kind, [one.number for one in found[unit.pk].successors])
            for unit in lists["t-2022-2024"]
        }
        assert said == {"SG9": ("merged", ["SG21"]), "SG16": ("merged", ["SG21"])}

    def test_groups_and_parties_of_itu_r_continue(self, lists):
        found = propose(lists["r-2019-2023"], lists["r-2023-2027"])
        assert {(one.kind, one.is_sure) for one in found.values()} == {("continues", True)}

    def test_questions_of_itu_d_are_renamed(self, lists):
        found = propose(lists["d-2018-2021"], lists["d-2022-2025"])
        assert {one.kind for one in found.values()} == {"renamed"}
        assert all(one.successors[0].number == unit.number for unit, one in _pairs(lists["d-2018-2021"], found))

    def test_what_has_no_counterpart_is_never_sure(self, lists):
        found = propose(lists["d-2014-2017"], lists["d-2018-2021"])
        assert not any(one.is_sure for one in found.values())


def _pairs(old, found):
    return [(unit, found[unit.pk]) for unit in old]
