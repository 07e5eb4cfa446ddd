"""What the group is, the picture of who sends whom, and the glossary from one source."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from front.glossary import PARTS, WORDS
from front.help_us_verify import count_public_grades
from front.sending_picture import PLACES, SIZES, WAYS, draw_sending
from iscg_portal.languages import LANGUAGE_CODES
from members.models import Person
from tests import world as w

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
ENTRY = re.compile(r"^- (\*\*[^:]+): (.*?)(?=^- |^## |\Z)", re.MULTILINE | re.DOTALL)


def explanations():
    """{word in small letters: its explanation in the project's glossary}."""
    found = {}
    for words, text in ENTRY.findall(GLOSSARY.read_text(encoding="utf-8")):
        for word in re.findall(r"\*\*([^*]+)\*\*", words):
            found[word.partition(" (")[0].lower().replace("'", "’")] = " ".join(text.split()).replace("'", "’")
    return found


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_the_glossary_of_the_project_says_the_same(word):
    with override("en"):
        assert str(word.explanation) in explanations()[str(word.word).lower()]


def test_each_word_has_one_place(client, db):
    text = client.get("/en/glossary/").content.decode()
    assert re.findall(r'<div id="([a-z-]+)"><dt>', text) == [word.key for _title, words in PARTS for word in words]


def test_words_of_a_page_lead_to_the_glossary(db):
    shown = Template('{% load glossary %}{% words "seat" "theme-rule" %}').render(Context())
    assert '/glossary/#seat">Seat</a>' in shown and '/glossary/#theme-rule">Theme rule</a>' in shown
    with pytest.raises(KeyError):
        Template('{% load glossary %}{% words "nonsense" %}').render(Context())


def test_every_template_names_words_that_are_there(db):
    named = set()
    for file in (GLOSSARY.parents[1] / "templates").rglob("*.html"):
        for tag in re.findall(r"\{% words ([^%]+)%\}", file.read_text(encoding="utf-8")):
            named |= set(re.findall(r'"([^"]+)"', tag))
    assert named and named <= WORDS.keys()


def test_about_leads_to_all_that_it_tells_of(world, client):
    text = client.get("/en/about/").content.decode()
    for address in ("composition", "coordinators", "reports", "meetings", "terms-of-reference", "join", "glossary"):
        assert f'href="/en/{address}/"' in text
    assert 'href="/en/help-us-verify/"' in text


def test_about_counts_the_public_facts_by_grade(world, client):
    before = count_public_grades()
    Person.objects.filter(pk=world.ada.pk).update(grade="secondary")
    after = count_public_grades()
    assert after["secondary"] == before["secondary"] + 1 and after.total() == before.total()
    assert "a secondary source" in client.get("/en/about/").content.decode().lower()


def test_about_does_not_count_what_is_not_public(world):
    before = count_public_grades().total()
    w.document(w.meeting("25-3"), number="ISCG/25-3/01", visibility="restricted")
    assert count_public_grades().total() == before + 1  # the meeting


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_picture_lies_within_its_frame_in_every_language(language):
    with override(language):
        for picture in draw_sending(rtl=language == "ar").geometry:
            for body in picture.bodies:
                assert 0 <= body.x and body.x + body.width <= picture.width
                assert all(body.y < line.y <= body.y + body.height for line in body.lines), body
            for way in picture.ways:
                assert all(0 <= line.x <= picture.width and line.y <= picture.height for line in way.lines)


def test_the_picture_is_mirrored_for_arabic():
    left, right = (draw_sending(rtl=rtl).geometry[0] for rtl in (False, True))
    for one, other in zip(left.bodies, right.bodies, strict=True):
        assert other.x == left.width - one.x - one.width


@pytest.mark.parametrize("shape", SIZES)
def test_both_shapes_show_the_same_bodies_and_ways(shape):
    assert set(PLACES[shape]) == set(PLACES["wide"])
    assert {key for key, *_place in WAYS[shape]} == {key for key, *_place in WAYS["wide"]}


def test_an_arabic_line_that_begins_with_latin_letters_is_set_from_the_right():
    with override("ar"):
        wide, narrow = draw_sending(rtl=True).geometry
    lines = [
        line.text for shape in (wide, narrow) for body in shape.bodies for line in body.lines if "ISCG" in line.text
    ]
    assert len(lines) == 2 and all(line.startswith("\N{RIGHT-TO-LEFT MARK}ISCG") for line in lines)
