"""A theme is of mutual interest when PP calls for it, or PP and a Sector both deal with it (clause F1)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from iscg_portal.tenure.dates import today
from secretariat.attention import attention
from secretariat.findings import OPEN
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
    # mandates, verdict, sentence; whatever else may be lacking on record
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
]
WHAT_LACKS = [
    ((), "no mandates are recorded"),
    ((("RA", 60), ("WTSA", 73)), "no resolution of a Plenipotentiary Conference is on record"),
    (
        (("PP", 203, "does not call"),),
        "rests on PP Res. 203 alone, which does not call for coordination; no resolution of a Sector is on record",
    ),
]
NOT_MET = [
    ((), "no resolution is behind it"),
    (
        (("RA", 60), ("WTSA", 73)),
        "rests on ITU-R 60 and WTSA 73, with no resolution of a Plenipotentiary Conference",
    ),
    ((("PP", 203, "does not call"),), "rests on PP Res. 203 alone, which does not call for coordination"),
]


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize(("mandates", "verdict", "sentence"), CASES)
def test_verdict_and_sentence(mandates, verdict, sentence, complete):
    found = theme_rule.judge(resolutions(*mandates), complete)
    assert (found.verdict, found.sentence) == (verdict, sentence)


@pytest.mark.parametrize(("mandates", "sentence"), WHAT_LACKS)
def test_what_may_be_lacking_on_record_is_never_a_negative_fact(mandates, sentence):
    found = theme_rule.judge(resolutions(*mandates))
    assert (found.verdict, found.sentence) == ("cannot be told", sentence)


@pytest.mark.parametrize(("mandates", "sentence"), NOT_MET)
def test_rule_is_not_met_where_every_mandate_is_on_record(mandates, sentence):
    found = theme_rule.judge(resolutions(*mandates), complete=True)
    assert (found.verdict, found.sentence) == ("not met", sentence)


def test_a_sector_calling_for_coordination_does_not_replace_the_conference():
    assert theme_rule.judge(resolutions(("WTSA", 18, "calls")), complete=True).verdict == theme_rule.NOT_MET


def test_names_are_enumerated_as_the_language_does():
    found = theme_rule.judge(resolutions(("PP", 1), ("WTSA", 2), ("WTDC", 3)))
    with override("fr"):
        assert "Rés. 2 (AMNT) et Rés. 3 (CMDT)" in found.sentence


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


@pytest.mark.django_db
def test_mandates_are_complete_from_a_day_on(world):
    acc, day = world.subjects["ACC"], world.day
    acc.mandates_recorded_from = day
    acc.save()
    assert judged_on(day.replace(day=11), acc).verdict == theme_rule.CANNOT_BE_TOLD
    assert judged_on(day, acc).verdict == theme_rule.NOT_MET


@pytest.mark.django_db
def test_every_output_says_the_same_verdict(world, client):
    def said():
        page = client.get(world.subjects["ACC"].get_absolute_url() + "?on=2025-02-12").content.decode()
        [acc] = [
            one for one in client.get("/en/subjects.json?on=2025-02-12").json()["subjects"] if one["code"] == "ACC"
        ]
        found = [finding.topic.kind for finding in attention(world.day, clause="F1")]
        return "<strong>cannot be told</strong>: no resolution of a Plenipotentiary" in page, acc["theme_rule"], found

    words = "no resolution of a Plenipotentiary Conference is on record"
    told, in_file, kinds = said()
    assert (told, in_file) == (True, {"verdict": "cannot be told", "sentence": words})
    assert OPEN not in kinds
    world.subjects["ACC"].mandates_recorded_from = world.day
    world.subjects["ACC"].save()
    told, in_file, kinds = said()
    assert (told, in_file["verdict"], kinds.count(OPEN)) == (False, "not met", 1)


@pytest.mark.django_db
def test_mandates_are_not_complete_before_a_day_known_only_as_by(world):
    acc = world.subjects["ACC"]
    build.mandate(acc, world.resolutions["itu-r-75"], starts_on=world.day, starts_precision="by")
    acc.mandates_recorded_from = world.day.replace(day=11)
    with pytest.raises(ValidationError, match="cannot begin before 12 February 2025"):
        acc.full_clean()
    acc.mandates_recorded_from = world.day
    acc.full_clean()
    acc.save()
    late = {"starts_on": world.day.replace(day=13), "starts_precision": "by"}
    with pytest.raises(ValidationError, match="Move “mandates complete from” first"):
        build.mandate(acc, world.resolutions["itu-r-6"], **late)


@pytest.mark.django_db
def test_filter_lets_through_whom_the_rule_judges_so(world, client):
    cases = [mandates for mandates, *_rest in (*CASES, *WHAT_LACKS)]
    for number, mandates in enumerate(cases):
        for complete in (None, world.day):
            subject = build.subject(f"CASE-{number}-{bool(complete)}".upper(), mandates_recorded_from=complete)
            for resolution in resolutions(*mandates):
                calls = resolution.calls_for_coordination
                number_of_it = resolution.number * 10 + {True: 1, False: 2, None: 3}[calls]
                kept = build.resolution(resolution.body, number_of_it, calls_for_coordination=calls)
                build.mandate(subject, kept)
    judged = {subject.code: subject.theme.verdict for subject in Subject.objects.read_mandates(world.day)}
    for verdict in ("met", "not met", "cannot be told"):
        found = set(Subject.objects.in_verdict(verdict, world.day).values_list("code", flat=True))
        assert found == {code for code, one in judged.items() if one == verdict} != set()
        asked = client.get(f"/en/subjects.json?on=2025-02-12&theme={verdict.replace(' ', '-')}").json()["subjects"]
        assert {one["theme_rule"]["verdict"] for one in asked} == {verdict}
