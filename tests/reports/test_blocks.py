"""The blocks of a draft: live, by hand, left out; never written over, neither by the record nor by a colleague."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reports.acts import annual_reports as acts
from reports.acts.blocks import as_markdown, generated_texts, moved, version_of, write
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


@pytest.fixture
def draft():
    return acts.open_report("2025")


def edited(report, key, text, **options):
    return write(report.blocks.get(key=key), "edited", {"en": text}, shown=generated_texts(report)[key], **options)


def page_of(report, key="summary"):
    return f"/admin/reports/annualreport/{report.pk}/text/{key}/"


def sent(client, address, text=None, **changes):
    """What a browser sends that has had the page open, on which this was typed, or nothing."""
    initial = client.get(address).context["adminform"].form.initial
    text = initial["text_en"] if text is None else text
    return {"mode": "edited", "text_en": text, "opened": initial["opened"], "shown": initial["shown"]} | changes


def published(report, staff):
    acts.submit(report)
    acts.approve(report, staff)
    acts.publish(report, staff)
    return report.content


def test_a_hand_edit_stays_whatever_the_record_says_later(draft, staff):
    edited(draft, "seats", "Written *by hand*")
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    sections = json.loads(published(draft, staff))["languages"]["en"]["sections"]
    assert "<em>by hand</em>" in json.dumps(sections)


def test_the_difference_shows_what_the_record_says_since(draft):
    block = edited(draft, "seats", "Written by hand")
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    kinds = moved(draft, block, generated_texts(draft)["seats"])
    assert any(kind == "gone" and "No change is on record" in line for kind, line in kinds)
    assert any(kind == "new" and "Ada Testperson" in line for kind, line in kinds)


def test_nothing_has_moved_while_the_record_says_the_same(draft):
    assert moved(draft, edited(draft, "seats", "By hand"), generated_texts(draft)["seats"]) == []


def test_a_block_that_is_left_out_is_not_published(draft, staff):
    write(draft.blocks.get(key="action"), "left out", {}, shown="")
    assert "Action required" not in published(draft, staff)


def test_a_text_in_another_language_makes_the_report_in_it(draft, staff):
    write(draft.blocks.get(key="summary"), "edited", {"en": "A text", "fr": "Un texte"}, shown="")
    assert "Un texte" in json.loads(published(draft, staff))["languages"]["fr"]["sections"][0]["blocks"][0]["html"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 2_000_000, "at most 200000 are accepted"),
        ("Hello <script>alert(1)</script>", "has HTML such as"),
        ("[here](javascript:alert(1))", "has HTML such as"),
        ("Write to ada.testperson@example.org", "personal e-mail"),
        ("  ", "one language"),
    ],
    ids=["2 MB", "a script", "a link that runs one", "a personal address", "nothing"],
)
def test_a_text_that_no_report_may_have_is_refused_with_a_sentence(draft, text, sentence):
    with pytest.raises(ValidationError, match=sentence):
        edited(draft, "summary", text)
    assert draft.blocks.get(key="summary").mode == "live"


def test_a_broken_table_is_printed_as_its_words(draft, staff):
    edited(draft, "summary", "| a | b\n|--\n| c")
    assert "| a | b" in published(draft, staff)


def test_what_is_no_draft_is_not_written(draft, staff):
    acts.submit(draft, staff)
    with pytest.raises(ValidationError, match="in review"):
        edited(draft, "summary", "Too late")


def test_the_second_of_two_is_told_by_the_act(draft, staff):
    block = draft.blocks.get(key="summary")
    opened = version_of(block)
    edited(draft, "summary", "The first", opened=opened, by=staff)
    with pytest.raises(ValidationError, match="after you opened it"):
        edited(draft, "summary", "The second", opened=opened)
    assert draft.blocks.get(key="summary").texts == {"en": "The first"}


def test_a_table_becomes_markdown_that_gives_the_same_table(draft):
    block = {"kind": "table", "caption": "Made up", "columns": ["A"], "rows": [["x | *y*"]], "empty": ""}
    assert as_markdown(block) == "### Made up\n\n| A |\n| --- |\n| x \\| \\*y\\* |"


def test_a_block_is_written_on_its_page(client, draft, staff):
    client.post(page_of(draft), sent(client, page_of(draft), "By hand, made up"))
    block = draft.blocks.get(key="summary")
    assert (block.mode, block.texts) == ("edited", {"en": "By hand, made up"})
    assert "the seven seats" in block.seen["en"]


def test_two_who_write_one_block_lose_nothing(client, draft, staff):
    second = sent(client, page_of(draft), "The second text")
    client.post(page_of(draft), second | {"text_en": "The first text"})
    answer = client.post(page_of(draft), second)
    page = answer.content.decode()
    assert "after you opened it" in page and "The first text" in page and "The second text" in page
    assert draft.blocks.get(key="summary").texts == {"en": "The first text"}
    client.post(page_of(draft), second | {"opened": answer.context["adminform"].form.data["opened"]})
    assert draft.blocks.get(key="summary").texts == {"en": "The second text"}


def test_another_mistake_does_not_hide_that_a_colleague_saved(client, draft, staff):
    second = sent(client, page_of(draft), "The second text")
    client.post(page_of(draft), second | {"text_en": "The first text"})
    answer = client.post(page_of(draft), second | {"mode": ""})
    assert answer.context["adminform"].form.data["opened"] == second["opened"]


def test_who_writes_while_the_record_changes_is_shown_the_new_text(client, draft, staff):
    data = sent(client, page_of(draft, "seats"), "By hand, made up")
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    page = client.post(page_of(draft, "seats"), data).content.decode()
    assert "The record changed while you wrote" in page and "Ada Testperson" in page and "By hand, made up" in page


def test_the_list_of_blocks_says_where_the_record_has_moved(client, draft, staff):
    edited(draft, "seats", "By hand")
    address = f"/admin/reports/annualreport/{draft.pk}/text/"
    assert "has moved since" not in client.get(address).content.decode()
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    assert "has moved since" in client.get(address).content.decode()
    assert "No longer:" in client.get(page_of(draft, "seats")).content.decode()


def test_staff_preview_the_draft_in_each_language(client, draft, staff):
    write(draft.blocks.get(key="summary"), "edited", {"en": "A text", "ar": "نص"}, shown="")
    address = f"/admin/reports/annualreport/{draft.pk}/preview/"
    assert "A text" in client.get(address).content.decode()
    assert "نص" in client.get(f"{address}?language=ar").content.decode()
    assert client.get(f"{address}?language=xx").status_code == 404


def test_the_preview_of_a_revision_is_headed_as_one(client, staff, report_of_2024):
    revision = acts.correct(report_of_2024, "Rev", None, "A test")
    page = client.get(f"/admin/reports/annualreport/{revision.pk}/preview/").content.decode()
    assert "<h1>Revision 1: Report of the ISCG for 2024</h1>" in page


def test_who_may_not_see_reports_sees_no_preview(client, draft, staff):
    client.force_login(w.account("reader@example.org", is_staff=True))
    assert client.get(f"/admin/reports/annualreport/{draft.pk}/preview/").status_code in (403, 404)


def test_who_types_a_text_and_leaves_the_choice_as_it_was_means_the_text(client, draft, staff):
    answer = client.post(page_of(draft), sent(client, page_of(draft), "By hand, made up", mode="live"), follow=True)
    block = draft.blocks.get(key="summary")
    assert (block.mode, block.texts) == ("edited", {"en": "By hand, made up"})
    assert "Summary stands in the report as written by hand. Saved: English." in answer.content.decode()


def test_who_chooses_the_record_is_told_what_became_of_the_text(client, draft, staff):
    edited(draft, "summary", "By hand")
    answer = client.post(page_of(draft), sent(client, page_of(draft), "Typed too", mode="live"), follow=True)
    block = draft.blocks.get(key="summary")
    assert (block.mode, block.texts) == ("live", {"en": "Typed too"})
    said = "Summary follows the record. The text by hand is kept here, and does not stand in the report."
    assert said in answer.content.decode()
    assert "Typed too" in client.get(page_of(draft)).content.decode()


def test_a_page_that_was_only_opened_changes_nothing(client, draft, staff):
    answer = client.post(page_of(draft), sent(client, page_of(draft), mode="live"), follow=True)
    block = draft.blocks.get(key="summary")
    assert (block.mode, block.texts) == ("live", {})
    assert "Summary follows the record." in answer.content.decode()


@pytest.mark.parametrize("order", [("en", "fr"), ("fr", "en")])
def test_two_who_write_two_languages_of_one_block_keep_both(client, draft, staff, order):
    opened = sent(client, page_of(draft))
    for language in order:
        client.post(page_of(draft), opened | {f"text_{language}": f"By hand in {language}"})
    block = draft.blocks.get(key="summary")
    assert (block.mode, block.texts) == ("edited", {"en": "By hand in en", "fr": "By hand in fr"})


def test_who_leaves_a_block_out_while_another_writes_it_is_told(client, draft, staff):
    leaves_out = sent(client, page_of(draft), mode="left out")
    edited(draft, "summary", "The first text")
    page = client.post(page_of(draft), leaves_out).content.decode()
    assert "after you opened it" in page
    assert draft.blocks.get(key="summary").mode == "edited"
