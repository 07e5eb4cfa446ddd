"""Text in six languages: a missing translation falls back to the original, and says in which language it is."""

import pytest
from django.utils.translation import override

from subjects.models import Subject
from tests.world import subject


@pytest.fixture
def emf(db):
    """A subject with an English and a French title."""
    return subject("EMF", title_en="Fields", title_fr="Champs")


@pytest.mark.parametrize(
    ("language", "text", "lang"),
    [("en", "Fields", ""), ("fr", "Champs", ""), ("ru", "Fields", "en"), ("zh-hans", "Fields", "en")],
)
def test_reader_sees_the_language_of_the_page_or_the_original(emf, language, text, lang):
    with override(language):
        shown = emf.text("title")
    assert (shown, shown.lang) == (text, lang)


def test_original_language_may_be_another(db):
    subject("ONE", title_en="Fields", title_fr="Champs", original_language="fr")
    with override("es"):
        shown = Subject.objects.get(code="ONE").text("title")
    assert (shown, shown.lang) == ("Champs", "fr")


def test_any_language_is_better_than_nothing(db):
    with override("zh-hans"):
        one = Subject(code="ONE", title="电磁场")
    with override("en"):
        shown = one.text("title")
    assert (shown, shown.lang) == ("电磁场", "zh-Hans")


def test_empty_text_is_an_empty_text(emf):
    assert (emf.text("summary"), emf.text("summary").lang) == ("", "")
