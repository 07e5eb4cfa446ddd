"""How alike titles are: words that many titles have weigh little, and the words that make a score stand beside it."""

import pytest

from studies.models import StudyUnit
from studies.rollover.titles import NOT_ALIKE, Titles, titles_by_language

SG9 = "Audiovisual content transmission and integrated broadband cable networks"
SG16 = "Multimedia and related digital technologies"
SG21 = "Technologies for multimedia, content delivery and cable television"
OTHERS = [
    "Operational aspects of telecommunications and ICTs",
    "Economic and policy issues",
    "Future networks and emerging network technologies",
    "Security",
]
HAND = Titles([SG9, SG16, SG21, *OTHERS])


def test_the_same_words_are_alike_in_full_whatever_stands_between_them():
    found = HAND.likeness("ICTs and the environment", "ICTs for the Environment")
    assert (found.score, found.share, found.words) == (100, 100, ("ICTs", "environment"))


@pytest.mark.parametrize("group", [SG9, SG16])
def test_a_merged_group_is_most_like_the_one_it_became(group):
    best = max([SG21, *OTHERS], key=lambda other: HAND.likeness(group, other))
    assert best == SG21


def test_the_words_in_common_stand_beside_the_score():
    assert HAND.likeness(SG9, SG21).words == ("content", "cable")


def test_a_word_of_many_titles_weighs_less_than_a_rare_one():
    many = Titles([f"Telecommunication {word}" for word in ("spectrum", "tariffs", "numbering", "cables")])
    common = many.likeness("Telecommunication spectrum", "Telecommunication tariffs")
    rare = many.likeness("Telecommunication spectrum", "Spectrum fees")
    assert common.score < rare.score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Accessibility of audiovisual media", "Accesibility of audiovisual media"),
        ("Competition policies", "Competition policy"),
        ("Télécommunications rurales", "Telecommunications rurales"),
        ("Развитие радиосетей", "Развитие радиосети"),
        ("人体暴露于电磁场", "人体暴露于电磁场"),
    ],
)
def test_slips_endings_and_accents_do_not_count(one, other):
    assert Titles([one, other]).likeness(one, other).score == 100


def test_chinese_titles_share_pairs_of_signs():
    one, other = "人体暴露于电磁场的测量", "电磁场的评估"
    assert 20 < Titles([one, other]).likeness(one, other).score < 80


@pytest.mark.parametrize("title", ["", " – ", "of the and", "\u200e"])
def test_a_title_without_words_is_like_nothing(title):
    assert HAND.likeness(title, SG21) == HAND.likeness(SG21, title) == NOT_ALIKE


def test_a_long_title_takes_up_a_short_one():
    short, long = "Cable television", "Multimedia, content delivery and cable television for homes"
    hand = Titles([short, long])
    assert hand.likeness(short, long).share == 100 > hand.likeness(long, short).share


def test_languages_are_kept_apart():
    units = [StudyUnit(title_en="Human exposure", title_zh_hans="人体暴露"), StudyUnit(title_fr="Exposition humaine")]
    found = titles_by_language(units)
    assert {column: titles.number for column, titles in found.items()} == {
        "title_en": 1,
        "title_fr": 1,
        "title_zh_hans": 1,
    }


def test_all_alike_pairs_are_those_that_one_by_one_comparing_finds():
    ones, others = [SG9, SG16, *OTHERS], [SG21, *OTHERS]
    found = {(one, other): likeness for one, other, likeness in HAND.alike(ones, others, 25)}
    pairs = {(i, j): HAND.likeness(one, other) for i, one in enumerate(ones) for j, other in enumerate(others)}
    assert found == {key: likeness for key, likeness in pairs.items() if likeness.score >= 25}
