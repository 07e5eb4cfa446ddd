"""A theme is of mutual interest when PP calls for it, or PP and a Sector both deal with it (clause F1)."""

import pytest
from django.utils.translation import override

from iscg_portal.tenure.dates import today
from subjects import theme_rule
from subjects.models import Resolution, Subject
from tests import world as build

PP = {"calls": True, "does not call": False, "not recorded": None}


def resolutions(*mandates):
    """Unsaved resolutions from pairs such as ("PP", 191, "calls") and ("WTSA", 18)."""
    return [
        Resolution(body=body, number=number, calls_for_coordination=PP[rest[0]] if rest else None)
        for body, number, *rest in mandates
    ]


CASES = [
    # mandates, verdict, sentence
    ((), "cannot be told", "no mandates are recorded"),
    ((("PP", 191, "calls"),), "met", "PP Res. 191 calls for coordination on it"),
    ((("PP", 191, "calls"), ("PP", 71)), "met", "PP Res. 191 calls for coordination on it"),
    (
        (("PP", 1, "calls"), ("PP", 2, "calls")),
        "met",
        "PP Res. 1 and PP Res. 2 call for coordination on it",
    ),
    (
        (("PP", 176), ("WTSA", 72), ("WTDC", 62)),
        "met",
        "rests on PP Res. 176, with WTSA 72 and WTDC 62",
    ),
    (
        (("PP", 136, "does not call"), ("RA", 55)),
        "met",
        "rests on PP Res. 136, with ITU-R 55",
    ),
    ((("PP", 36), ("WRC", 646)), "met", "rests on PP Res. 36, with WRC 646"),
    (
        (("PP", 203),),
        "cannot be told",
        "rests on PP Res. 203 alone; whether it calls for coordination is not recorded",
    ),
    (
        (("PP", 71, "does not call"), ("PP", 200)),
        "cannot be told",
        "rests on PP Res. 71 and PP Res. 200 alone; whether one of them calls for coordination is not recorded",
    ),
    (
        (("PP", 203, "does not call"),),
        "not met",
        "rests on PP Res. 203 alone, which does not call for coordination",
    ),
    (
        (("RA", 60), ("WTSA", 73)),
        "not met",
        "rests on ITU-R 60 and WTSA 73, with no resolution of a Plenipotentiary Conference",
    ),
]


@pytest.mark.parametrize(("mandates", "verdict", "sentence"), CASES)
def test_verdict_and_sentence(mandates, verdict, sentence):
    found = theme_rule.judge(resolutions(*mandates))
    assert (found.verdict, found.sentence) == (verdict, sentence)


def test_a_sector_calling_for_coordination_does_not_replace_the_conference():
    assert theme_rule.judge(resolutions(("WTSA", 18, "calls"))).verdict == theme_rule.NOT_MET


def test_names_are_enumerated_as_the_language_does():
    found = theme_rule.judge(resolutions(("PP", 1), ("WTSA", 2), ("WTDC", 3)))
    with override("fr"):
        assert "WTSA 2 et WTDC 3" in found.sentence


def test_data_files_get_word_and_sentence():
    data = theme_rule.judge(()).as_data()
    assert data == {"verdict": "cannot be told", "sentence": "no mandates are recorded"}


@pytest.mark.django_db
def test_only_mandates_of_the_day_count(world):
    subject, day = world.subjects["IOT"], world.day
    build.mandate(subject, world.resolutions["pp-191"], starts_on=day)
    assert judged_on(day.replace(day=11), subject).verdict == theme_rule.CANNOT_BE_TOLD
    assert judged_on(day, subject).verdict == theme_rule.MET


def judged_on(day, subject):
    return Subject.objects.read_mandates(day).get(pk=subject.pk).theme


@pytest.mark.django_db
def test_mandates_of_many_subjects_cost_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        verdicts = [subject.theme for subject in Subject.objects.read_mandates(today())]
    assert len(verdicts) == 4
