"""Every list of the admin stands in the order of words of the account's language, on both databases alike."""

from contextlib import suppress
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, TextField
from django.utils.translation import override

from iscg_portal.adminkit.base import LookedAt, RecordAdmin
from meetings.models import Document, Meeting
from members.models import Account, Conference
from subjects.models import Resolution
from tests import world
from tests.admin.conftest import list_of
from tests.iscg_portal.test_collation import IN_ORDER, LANGUAGES, mixed

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


def meeting_of(number, **texts):
    return world.meeting(f"{number:02}-1", date(2000 + number, 3, 1), **texts)


def document_of(number, **texts):
    return world.document(number=f"ISCT-18/{number:02}", **texts)


def resolution_of(number, **texts):
    return world.resolution(number=900 + number, **texts)


def sorted_by(client, model, column, way=""):
    """The rows of the list, sorted by the head of a column."""
    at = client.get(list_of(model)).context["cl"].list_display.index(column)
    return list(client.get(list_of(model), {"o": f"{way}{at}"}).context["cl"].result_list)


def speaks(account, language):
    account.language = language
    account.save(update_fields=["language"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("model", "make"), [(Meeting, meeting_of), (Document, document_of), (Resolution, resolution_of)]
)
def test_titles_stand_in_the_order_of_the_language(desk, chief, model, make, language):
    words = IN_ORDER[language]
    for number, word in enumerate(mixed(words), start=1):
        texts = {"title": word} if language == "en" else {"title": "A", f"title_{language.replace('-', '_')}": word}
        make(number, **texts)
    speaks(chief, language)
    with override(language):
        assert [row.text("title") for row in sorted_by(desk, model, "title_in_words")] == words
        assert [row.text("title") for row in sorted_by(desk, model, "title_in_words", "-")] == words[::-1]


def test_a_title_without_a_translation_stands_by_the_title_that_is_shown(desk, chief):
    resolution_of(1, title="zone", title_fr="arbre")
    resolution_of(2, title="étoile")
    resolution_of(3, title_ru="Арктика", title="", original_language="ru")
    speaks(chief, "fr")
    with override("fr"):
        shown = [row.text("title") for row in sorted_by(desk, Resolution, "title_in_words")]
    assert shown == ["arbre", "étoile", "Арктика"]


def test_plain_words_and_words_of_other_records_stand_in_order_too(desk):
    places = ["access", "Éclair", "edge", "Zone"]
    for number, place in enumerate(mixed(places), start=1):
        world.saved(Conference(code=f"PP-{number}", body="PP", name=place, place=place, starts_on=DAY, ends_on=DAY))
        world.account(f"{number}@example.org", name=place, person=world.person(place, sort_key=place))
    assert [row.place for row in sorted_by(desk, Conference, "place")] == places
    assert [row.name for row in sorted_by(desk, Conference, "name")] == places
    named = [row.person.name for row in sorted_by(desk, Account, "person") if row.person]
    assert named == places


@pytest.mark.parametrize("way", ["", "-"])
def test_a_row_without_a_value_comes_last_either_way(desk, way):
    for number in (1, 2):
        world.document(number=f"ISCT-18/0{number}", dated_on=DAY if number == 1 else None)
        world.account(f"{number}@example.org", person=world.person() if number == 1 else None)
    assert sorted_by(desk, Account, "person", way)[0].person is not None


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_column_of_words_sorts_by_the_language(desk, rf, chief, model):
    site, request = admin.site._registry[model], rf.get("/", {})
    if not isinstance(site, RecordAdmin | LookedAt):
        return
    request.user = chief
    for at, _column in enumerate(desk.get(list_of(model)).context["cl"].list_display):
        answer = desk.get(list_of(model), {"o": str(at)})
        assert answer.status_code == 200
        changelist = answer.context["cl"]
        plain = [term for term in changelist.get_ordering(request, changelist.queryset) if is_plain_text(model, term)]
        assert plain == []


def is_plain_text(model, term):
    """Whether a term of an ordering names a column of words, and leaves its order to the database."""
    expression = term.expression
    if type(expression) is not F or expression.name == "pk":
        return False
    with suppress(FieldDoesNotExist):
        field = get_fields_from_path(model, expression.name)[-1]
        return isinstance(field, CharField | TextField) and field.editable
    return False
