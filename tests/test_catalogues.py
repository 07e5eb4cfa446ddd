"""The portal speaks six languages: each catalogue has every message of the code, translated, with its placeholders."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tools import catalogues

PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd](?![A-Za-z0-9_])|\{\w*\}")
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def said():
    """{(context, message)} of the code; the message of a plural is its singular."""
    found = catalogues.said_by_the_code()
    return {(context, message if isinstance(message, str) else message[0]) for message, context, _where in found}


@pytest.fixture(scope="module", params=catalogues.LOCALES)
def catalogue(request):
    return catalogues.read(request.param)


def messages(catalogue):
    return [message for message in catalogue if message.id]


def forms(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def original(message):
    """The English that has every placeholder: of a plural the second."""
    return message.id if isinstance(message.id, str) else message.id[1]


def test_there_is_a_catalogue_for_every_language_but_that_of_the_code():
    others = {code for code, _name in settings.LANGUAGES} - {"en"}
    assert {translation.to_locale(code) for code in others} == set(catalogues.LOCALES)


def test_it_has_the_messages_of_the_code_and_no_others(catalogue, said):
    kept = {(message.context, message.id if isinstance(message.id, str) else message.id[0]) for message in catalogue}
    kept -= {(None, "")}
    assert kept - said == set(), "run: python -m tools.catalogues"
    assert said - kept == set(), "run: python -m tools.catalogues, then translate"


def test_every_message_is_translated(catalogue):
    lacking = [message.id for message in messages(catalogue) if not all(forms(message))]
    assert lacking == []


def test_every_plural_has_all_forms_of_the_language(catalogue):
    plurals = [message for message in messages(catalogue) if not isinstance(message.id, str)]
    assert plurals
    assert {len(forms(message)) for message in plurals} == {catalogue.num_plurals}


def test_placeholders_and_tags_stand_in_the_translation_too(catalogue):
    wrong = []
    for message in messages(catalogue):
        wanted, *rest = (original(message), *forms(message))
        if sorted(PLACES.findall(wanted)) != sorted(PLACES.findall(rest[-1])):
            wrong.append(message.id)
        if any(not set(PLACES.findall(form)) <= set(PLACES.findall(wanted)) for form in rest):
            wrong.append(message.id)
        if any(sorted(TAGS.findall(form)) != sorted(TAGS.findall(wanted)) for form in rest):
            wrong.append(message.id)
    assert wrong == []


def test_a_message_keeps_the_spaces_at_its_ends(catalogue):
    def ends(text):
        return text[:1].isspace(), text[-1:].isspace()

    wrong = [
        message.id
        for message in messages(catalogue)
        for form in forms(message)
        if ends(form)[1] != ends(original(message))[1]
    ]
    assert wrong == []


@pytest.mark.parametrize(("language", "words", "seats"), [("ar", "مقعدان شاغران", 2), ("fr", "3 sièges vacants", 3)])
def test_the_portal_speaks_what_the_catalogue_says(language, words, seats):
    with translation.override(language):
        text = ngettext("%(number)s seat vacant", "%(number)s seats vacant", seats) % {"number": seats}
        assert text.replace("\N{NO-BREAK SPACE}", " ") == words
        assert gettext("Subjects") != "Subjects"
