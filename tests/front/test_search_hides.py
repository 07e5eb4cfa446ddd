"""What the public may not see is in no entry, and what becomes hidden leaves with the act that hides it."""

import json
from datetime import date
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from front.models import SearchMiss
from front.search.misses import MOST, PATIENCE, count_miss, forget_old_misses
from iscg_portal.history import remove_mistake
from iscg_portal.integrity.verifying import verify
from iscg_portal.record_version import current
from iscg_portal.search.file_texts import forget_texts, read_next
from iscg_portal.search.following import made_anew_together
from iscg_portal.search.indexing import check, make_anew, mend
from iscg_portal.search.models import FileText, IndexEntry
from members.models import Person
from subjects.models import Subject
from tests import world as build
from tests.front.test_nothing_personal_leaks import SECRETS, guarded_world, kept_secrets  # noqa: F401
from tests.front.test_search import titles
from tests.made_up_files import docx, paragraph, pdf

pytestmark = pytest.mark.django_db


def everything_indexed():
    columns = ("record", "address", "exact", "shown", "files", "head", "words")
    return json.dumps([list(row) for row in IndexEntry.objects.values_list(*columns)], ensure_ascii=False)


def test_no_entry_has_a_secret(guarded_world, client):  # noqa: F811
    text = everything_indexed()
    assert [secret for secret in SECRETS if secret in text or secret.lower() in text] == []
    assert mend() > 0  # the standing pages
    for typed in ("hiddenname", "zoe", "secretsource", "secretbody", "dummy"):
        assert titles(client, typed) == [], typed


def test_a_restricted_document_leaves_with_the_act_and_comes_back_with_it(client, django_capture_on_commit_callbacks):
    document = build.document(build.meeting("25-7"), "Orbits, a paper")
    build.document_file(document, content=pdf("Zebras are told of inside.").read())
    assert read_next() and not read_next()
    assert titles(client, "orbits") == titles(client, "zebra") == ["Orbits, a paper"]
    before = current()
    document.visibility = "restricted"
    document.save()
    assert current() != before
    assert titles(client, "orbits") == titles(client, "zebra") == []
    assert forget_texts() == 1 and not FileText.objects.exists()
    document.visibility = "public"
    document.save()
    assert titles(client, "orbits") == ["Orbits, a paper"]


def test_a_draft_is_not_found(client):
    build.document(build.meeting("25-7"), "Orbits, a paper", visibility="draft")
    assert titles(client, "orbits") == []


def test_a_person_is_found_while_an_office_is_public(client, world):
    assert titles(client, "lea nobody") == titles(client, "jon dummy") == []
    term = build.representative("TDAG2", world.lea, date(2024, 6, 1))
    assert titles(client, "lea nobody") == ["Ms Lea Nobody"]
    remove_mistake(term, reason="Made up", by=world.staff)
    assert titles(client, "lea nobody") == []


def test_an_office_that_goes_to_somebody_else_is_told_of_nobody_else(client, world):
    term = world.ada.representative_set.get()
    term.person = world.lea
    term.save()
    assert titles(client, "ada testperson") == []
    assert titles(client, "lea nobody") == ["Ms Lea Nobody"]


def test_a_new_name_takes_the_place_of_the_old_one_wherever_it_was_told(client, world):
    world.ina.name, world.ina.sort_key = "Ina Otherwise", "Otherwise Ina"
    world.ina.save()
    assert titles(client, "sample") == []
    assert titles(client, "ina otherwise") == ["Ms Ina Otherwise", "Subject EMF, made up"]


def test_the_text_of_a_word_file_is_read_without_what_was_deleted_and_without_addresses(client):
    body = paragraph("Giraffes of the savanna, write to jane.doe@example.org, tel. +41 22 730 51 11")
    deleted = '<w:p><w:del><w:r><w:delText xml:space="preserve">Unicorns</w:delText></w:r></w:del></w:p>'
    document = build.document(build.meeting("25-7"), "A paper, made up")
    build.document_file(document, language="fr", content=docx(body + deleted).read(), kind="docx")
    assert read_next()
    assert titles(client, "savanna") == ["A paper, made up"]
    page = client.get("/en/search/?q=giraffes").content.decode()
    assert "<mark>Giraffes</mark> of the savanna" in page and "in the file, Français" in page
    assert "jane.doe" not in page and "730" not in page
    assert titles(client, "unicorns") == []


def test_a_broken_file_is_read_once_and_has_no_text(client):
    build.document_file(build.document(build.meeting("25-7")), content=b"%PDF-1.4 broken %%EOF")
    assert read_next() and not read_next()
    assert FileText.objects.get().text == ""


def test_the_index_is_found_wrong_and_made_anew(client, world, capsys):
    Person.objects.filter(pk=world.ada.pk).update(name="Ada Elsewhere")
    Subject.objects.filter(code="EMF").update(title_en="Something else")
    assert [one["names"]["count"] for one in check()] == ["2"]
    assert any("search" in one["sentence"] for one in verify())
    assert make_anew() == IndexEntry.objects.count() > 10
    assert list(check()) == []
    assert titles(client, "elsewhere") == ["Ms Ada Elsewhere"]
    IndexEntry.objects.all().delete()
    call_command("verify", "--repair-index")
    assert "made anew" in capsys.readouterr().out
    assert titles(client, "elsewhere") == ["Ms Ada Elsewhere"]


def test_of_what_is_rolled_back_no_entry_is_made_anew(client, world):
    with transaction.atomic(), made_anew_together():
        world.ada.name = "Ada Elsewhere"
        world.ada.save()
        transaction.set_rollback(True)
    assert titles(client, "elsewhere") == []


def test_what_wrote_past_the_signals_is_mended_by_the_sender(client, world):
    mend()
    Person.objects.filter(pk=world.ada.pk).update(name="Ada Elsewhere")
    before = current()
    assert mend() == 1
    assert current() != before and titles(client, "elsewhere") == ["Ms Ada Elsewhere"]
    before = current()
    assert mend() == 0 and current() == before


def test_a_miss_is_counted_by_its_words_alone_and_gives_the_record_no_new_token(client, world):
    before = current()
    for _time in range(2):
        client.get("/fr/search/?q=Zèbre+Girafe")
        from iscg_portal.web.page_cache import kept_pages

        kept_pages.clear()
    miss = SearchMiss.objects.get()
    assert (miss.words, miss.language, miss.count, current()) == ("zebre girafe", "fr", 2, before)
    assert {field.name for field in SearchMiss._meta.fields} == {"id", "words", "language", "count", "last_on"}


def test_counting_a_miss_waits_for_no_writer(db):
    if connection.vendor != "sqlite":
        pytest.skip("Elsewhere a new row waits for nobody.")
    with mock.patch("front.search.misses._count") as count:
        count.side_effect = lambda *_words: waited.append(connection.patience)
        waited = []
        count_miss("zebra", "en")
    assert waited == [PATIENCE] and PATIENCE < 1


@pytest.mark.parametrize("typed", ["jane.doe@example.org", "+41 22 730 51 11", "x", "word " * 30])
def test_what_may_tell_of_a_person_or_is_no_word_is_not_kept(db, typed):
    count_miss(typed, "en")
    assert not SearchMiss.objects.exists()


def test_what_is_found_or_narrowed_down_is_no_miss(client, world):
    for query in ("q=emf", "q=zebra&kind=person", "q=emf&year=1999"):
        client.get(f"/en/search/?{query}")
    assert not SearchMiss.objects.exists()


def test_misses_are_bounded_in_number(db):
    day = date(2025, 1, 1)
    SearchMiss.objects.bulk_create(SearchMiss(words=f"w{n}", language="en", last_on=day) for n in range(MOST))
    count_miss("another one", "en")
    assert SearchMiss.objects.count() == MOST
    assert forget_old_misses(date(2025, 2, 1)) == MOST // 5
    assert forget_old_misses(date(2026, 2, 1)) == MOST * 4 // 5


def test_staff_see_the_misses_the_most_asked_first(client, world, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    for words, times in (("giraffe", 1), ("zebra", 3)):
        for _time in range(times):
            count_miss(words, "en")
    client.force_login(world.staff)
    page = client.get("/admin/front/searchmiss/").content.decode()
    assert page.index("zebra") < page.index("giraffe")
