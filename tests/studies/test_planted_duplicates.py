"""Planted duplicates are found, and clean titles stay quiet: in each of the six languages, and among the real units."""

import csv
from dataclasses import replace

import pytest

from studies.overlaps.registry import Titled
from studies.overlaps.similar import pairs
from studies.shipped import HERE
from studies.titles import NEARLY_THE_SAME, likeness, printed_words, words_of
from tests.studies.planted_titles import CLEAN, PLANTED


def score(one, other):
    return likeness(words_of(one), words_of(other)).score


def things(titles, language="en"):
    """A thing of each Sector and title of [(sector, title)]."""
    return [Titled(pk, frozenset(sector), {language: title}) for pk, (sector, title) in enumerate(titles)]


def found(titles, language="en"):
    return [(pair.one.pk, pair.other.pk) for pair in pairs(things(titles, language))]


def shipped_units():
    with (HERE / "units.csv").open(encoding="utf-8") as file:
        return [(row["sector"], row["title"]) for row in csv.DictReader(file) if row["sector"] in ("R", "T", "D")]


@pytest.mark.parametrize("language", PLANTED)
def test_every_planted_duplicate_is_found_among_all_others(language):
    """Each title of one Sector finds its partner in another one, and nothing else."""
    titles = [(sector, title) for pair in PLANTED[language] for sector, title in zip("DT", pair, strict=True)]
    assert sorted(found(titles, language)) == [(at, at + 1) for at in range(0, len(titles), 2)]


@pytest.mark.parametrize("language", CLEAN)
def test_other_work_in_like_words_stays_quiet(language):
    assert max(score(*pair) for pair in CLEAN[language]) < NEARLY_THE_SAME


def test_the_real_units_stay_quiet():
    """Of all periods, so that each is compared with more than the finder would compare it with."""
    assert len(shipped_units()) > 70
    assert found(shipped_units()) == []


def test_planted_duplicates_are_found_among_the_real_units():
    planted = [(sector, title) for pair in PLANTED["en"] for sector, title in zip("DT", pair, strict=True)]
    real = shipped_units()
    assert len(found(real + planted)) == len(PLANTED["en"])


def test_a_copy_of_a_real_title_in_another_sector_is_found():
    real = [(sector, title) for sector, title in shipped_units() if sector == "R"]
    assert {other for _one, other in found([*real, ("D", "Radio-astronomy")])} == {len(real)}


def test_one_sector_may_say_the_same_twice():
    assert found([("D", "Agenda of made-up work"), ("D", "Agenda of made-up work")]) == []


def test_things_that_are_known_to_belong_together_are_not_compared():
    one = Titled(1, frozenset("D"), {"en": "A made-up title"}, known_with=frozenset([2]))
    other = Titled(2, frozenset("T"), {"en": "A made-up title"})
    assert pairs([one, other]) == []


def test_things_of_two_kinds_are_compared_unless_one_is_called_after_the_other():
    """A key is one of its kind alone; a liaison statement has the title of what it asks about."""
    unit = Titled(1, frozenset("D"), {"en": "A made-up title"}, known_with=frozenset([2]), label="unit")
    workshop, paper = (Titled(2, frozenset("T"), {"en": "A made-up title"}, label=kind) for kind in ("event", "paper"))
    assert [(one.one, one.other) for one in pairs([unit, workshop])] == [(workshop, unit)]
    liaison = replace(paper, with_like_alone=True)
    assert pairs([unit, liaison]) == []
    assert len(pairs([liaison, replace(paper, pk=3, sectors=frozenset("R"))])) == 1


def test_real_units_and_papers_and_workshops_in_other_words_stay_quiet():
    """The clean titles of each language as those of activities, beside the real units."""
    clean = [(sector, title) for pair in CLEAN["en"] for sector, title in zip("DT", pair, strict=True)]
    events = [replace(thing, label="event") for thing in things(clean)]
    assert pairs([*things(shipped_units()), *events]) == []


def test_titles_are_compared_within_one_language():
    """The same word in two languages is no likeness; one language in which they are alike is enough."""
    one = Titled(1, frozenset("D"), {"en": "Spectrum of cables", "fr": "Une chose"})
    other = Titled(2, frozenset("T"), {"fr": "Spectrum of cables", "es": "Otra cosa"})
    assert pairs([one, other]) == []
    both = Titled(3, frozenset("T"), {"en": "Spectrum and cables", "fr": "Une autre"})
    assert [(pair.language, pair.score) for pair in pairs([one, both])] == [("en", 100)]


def test_a_number_is_the_same_or_another_one():
    assert score("Networks of 2030", "Networks of 2031") == 50


def test_common_words_alone_make_no_pair():
    """“Aspects of services” of many titles says nothing, were the rest as short as it is."""
    many = [("R", f"Aspects of services {name}") for name in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")]
    titles = [*many, ("D", "Aspects of services"), ("T", "Aspects, services, eta")]
    assert found(titles) == []


def test_one_word_that_is_not_common_is_enough_where_a_title_has_no_other():
    many = [("R", f"Common aspects of services {name}") for name in ("alpha", "beta", "gamma", "delta", "eps", "zeta")]
    twins = [("D", "Common aspects of cranes services"), ("T", "Services: common aspects of cranes, tomorrow")]
    assert found([*many, *twins]) == [(6, 7)]


@pytest.mark.parametrize("title", ["", "…", "—", "of the", "的", "\u200f", "١٢٣ ///", "a" * 400, "x " * 200])
def test_an_odd_title_stops_nothing(title):
    odd = [*things([("R", title), ("T", title)]), *things([("D", "A made-up title"), ("T", "A made-up title")])]
    alike = pairs([Titled(pk, one.sectors, one.titles) for pk, one in enumerate(odd)])
    assert (2, 3) in [(pair.one.pk, pair.other.pk) for pair in alike]


def test_the_words_that_made_it_read_as_the_title_writes_them():
    one, other = "Устойчивые умные города", "Умных городов: устойчивые"
    alike = likeness(words_of(one), words_of(other))
    assert printed_words(alike.words, one) == ["Устойчивые", "умные", "города"]
    one, other = "海底电缆维修导则", "关于海底电缆维修的导则"
    alike = likeness(words_of(one), words_of(other))
    assert printed_words(alike.words, one) == ["海底电缆维修", "导则"]


def test_accents_articles_and_plurals_make_no_other_word():
    assert score("Les pylônes", "pylone") == 100
    assert score("الكبلات والأبراج", "كبلات أبراج") == 100
    assert score("Cities and policies", "City, policy") == 100
