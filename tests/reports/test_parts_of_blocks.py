"""Each meeting and each subject of a draft is written, left out and translated for itself."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from meetings.models import AgendaItem
from reports.acts import annual_reports as acts
from reports.acts.blocks import block_of, generated_texts, moved, write
from reports.composing import generated
from reports.content import content_of
from reports.facts import gather
from reports.models import AnnualReport
from reports.oddities import oddities
from reports.prose import opening
from reports.renditions import harmless
from subjects.models import Subject
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """Of 2025, in which the subjects EMF and IOT were on the agenda."""
    subjects = [w.subject("EMF"), w.subject("IOT")]
    w.agenda_item(w.meeting("25-2", date(2025, 5, 12)), "1", "Made up", subjects=subjects)
    return acts.open_report("2025")


def edited(report, key, **texts):
    return write(block_of(report, key), "edited", texts, shown=generated_texts(report).get(key, ""))


def subjects_of(report, lang="en"):
    """{key: block} of the section on subjects as it would be frozen."""
    sections = content_of(report, gather(report))["languages"][lang]["sections"]
    return {block["key"]: block for one in sections if one["key"] == "subjects" for block in one["blocks"]}


def test_who_writes_one_subject_leaves_the_others_to_the_record(draft):
    edited(draft, "by_subject/emf", en="By hand", fr="À la main")
    w.activity("Added later, made up", date(2025, 5, 4), subjects=[w.subject("AAA"), Subject.objects.get(code="IOT")])
    shown = subjects_of(draft)
    assert [*shown] == ["by_subject/aaa", "by_subject/emf", "by_subject/iot"]
    assert "By hand" in shown["by_subject/emf"]["html"] and "Added later" in shown["by_subject/iot"]["html"]
    assert "À la main" in subjects_of(draft, "fr")["by_subject/emf"]["html"]
    assert subjects_of(draft, "ar")["by_subject/emf"]["lang"] == "en"


def test_one_block_is_made_alone_as_it_is_among_all(draft, monkeypatch):
    facts = gather(draft)
    every = generated(draft, facts)
    assert {key: generated(draft, facts, only=key) for key in every} == {key: {key: every[key]} for key in every}
    monkeypatch.setattr(opening, "summary", None)
    assert generated(draft, facts, only="by_subject/emf") == {"by_subject/emf": every["by_subject/emf"]}
    assert generated(draft, facts, only="by_subject/none") == {}


def test_a_subject_is_left_out_alone(draft):
    write(block_of(draft, "by_subject/emf"), "left out", {}, shown="")
    assert [*subjects_of(draft)] == ["by_subject/iot"]


def test_what_was_written_as_a_whole_stands_in_the_place_of_the_parts(draft):
    edited(draft, "by_subject/emf", en="A part")
    edited(draft, "by_subject", en="All of it by hand")
    shown = subjects_of(draft)
    assert [*shown] == ["by_subject"] and "All of it by hand" in shown["by_subject"]["html"]


def test_the_text_of_a_subject_that_the_record_no_longer_tells_stays_and_is_odd(draft):
    block = edited(draft, "by_subject/emf", en="By hand")
    AgendaItem.objects.get().subjects.clear()
    assert "By hand" in subjects_of(draft)["by_subject/emf"]["html"]
    assert moved(draft, block, "")
    said = [one.sentence for one in oddities(draft, gather(draft)) if "moved since" in one.sentence]
    assert said == ["“What was done on each subject: EMF” was written by hand, and the record has moved since."]


def test_a_revision_begins_with_the_parts_of_the_text_before_and_names_what_changed(draft):
    edited(draft, "by_subject/emf", en="By hand")
    staff = w.staff_account()
    for act in (acts.submit, acts.approve, acts.publish):
        act(draft, *([staff] if act is not acts.submit else []))
    revision = acts.correct(draft, AnnualReport.Variant.REVISION, staff, "Made up")
    assert "By hand" in subjects_of(revision)["by_subject/emf"]["html"]
    edited(revision, "by_subject/emf", en="Anew")
    edited(revision, "by_subject/iot", en="For the first time")
    changes = json.dumps(content_of(revision, gather(revision))["languages"]["en"]["sections"][0], ensure_ascii=False)
    assert "What was done on each subject: EMF: By hand" in changes
    assert "What was done on each subject: IOT: as the record has it" in changes


def test_each_part_has_its_page_and_stands_in_the_list_of_blocks(client, draft, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    address = f"/admin/reports/annualreport/{draft.pk}/text/"
    page = client.get(address).content.decode()
    assert f"{address}by_subject/emf/" in page and f"{address}by_meeting/25-2/" in page
    assert "What each meeting considered and agreed: ISCG 25-2, 12 May 2025" in page
    shown = client.get(f"{address}by_subject/emf/")
    initial = shown.context["adminform"].form.initial
    assert initial["text_en"].startswith("### [EMF](") and "IOT" not in initial["text_en"]
    client.post(f"{address}by_subject/emf/", initial | {"text_en": "By hand"})
    assert draft.blocks.get(key="by_subject/emf").texts == {"en": "By hand"}
    assert client.get(f"{address}by_subject/none/").status_code == 404
    assert client.get(f"{address}summary/emf/").status_code == 404


def test_a_whole_that_is_too_long_is_written_part_by_part(client, draft, settings, monkeypatch):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    monkeypatch.setattr(harmless, "MOST_CHARACTERS", 240)
    words = "at most 240 are accepted. Write its parts instead: each of them has a page of its own."
    page = f"/admin/reports/annualreport/{draft.pk}/text/by_subject/"
    assert words in client.get(page).content.decode()
    with pytest.raises(ValidationError, match=words):
        edited(draft, "by_subject", en="Written at length. " * 19)
    with pytest.raises(ValidationError, match=r"accepted\.'\]$"):
        edited(draft, "by_subject/emf", en="Written at length. " * 19)
    edited(draft, "by_subject/emf", en="In short")
