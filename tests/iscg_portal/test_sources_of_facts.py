"""A source is printed as it stands, with links and with the grade of the evidence (rules 8 and 22)."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape

from iscg_portal.sourced import Grade, Sourced, source_cell, source_html
from iscg_portal.visibility import private_columns
from members.models import Person, Representative


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("Document ISCG/25-1/03-E", "Document ISCG/25-1/03-E"),
        ("https://www.example.org/?b&c", '<a href="https://www.example.org/?b&amp;c" rel="external">example.org</a>'),
        ("see https://example.org/a.", 'see <a href="https://example.org/a" rel="external">example.org</a>.'),
        ("<b>", "&lt;b&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("http://[broken", "http://[broken"),
        ("", ""),
    ],
)
def test_web_addresses_become_links(source, printed):
    assert source_html(source) == printed


@pytest.mark.parametrize("grade", ["", *Grade.values])
def test_links_stay_links_in_a_table(grade):
    assert "<a href=" in conditional_escape(source_cell(Person(source="https://example.org/", grade=grade)))


@pytest.mark.parametrize(
    ("grade", "words", "short"),
    [
        ("", "", ""),
        ("own document", "the Union’s own document", ""),
        ("copy", "a copy of the Union’s document", ""),
        ("secondary", "a secondary source", "a secondary source"),
        ("inferred", "inferred; indicative, not the official list", "indicative: inferred"),
        ("general knowledge", "general knowledge; indicative, not the official list", "indicative: general knowledge"),
    ],
)
def test_the_grade_is_said_in_words_and_what_no_source_says_is_indicative(grade, words, short):
    fact = Person(source="X", grade=grade)
    assert (fact.evidence, fact.doubt) == (words, short)
    assert source_cell(fact) == (f'X · <em class="grade">{words}</em>' if words else "X")
    assert fact.indicative is ("indicative" in words)


def test_grade_that_is_none_of_the_five_is_refused(db):
    with pytest.raises(ValidationError, match="not a valid choice"):
        Person(name="Ada Testperson", grade="hearsay").full_clean()


def test_where_a_copy_was_seen_is_for_staff_only():
    for model in apps.get_models():
        assert not issubclass(model, Sourced) or "seen_where" in private_columns(model), model
    assert set(private_columns(Representative)) == {"note", "seen_where"}
