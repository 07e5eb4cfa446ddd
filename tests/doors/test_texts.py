"""A text is cleaned, then checked, then written: in the same way at every door."""

import re
import unicodedata
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, models
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bench.rows import judge_rows, write_rows
from iscg_portal import text_fields
from iscg_portal.apps import our_apps
from iscg_portal.history import save_with_reason
from iscg_portal.plain_text import cleaned
from iscg_portal.tables import guarded
from members.models import Person
from tests import world as build
from tests.admin.conftest import as_sent, list_of
from tests.doors.conftest import our_models
from tests.importing.conftest import as_file
from workspace.models import JoinRequest, Proposal, ProposedChange
from workspace.proposals.acts import accept, change, submit

# Decomposed accents, a no-break space, marks of direction, a zero-width space, a vertical tab.
TYPED = "\u202e Jose\u0301\u00a0\u200bTest\x0bperson\u2069 \ufeff"
MEANT = "José Test person"
PERSIAN = "نقشه\u200cها"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (TYPED, MEANT),
        ("a\u00a0b\u3000c\t\td", "a b c d"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("one\r\ntwo\u2028three\x85four", "one two three four"),
        ("\u200e(1)\u200f \u061cx", "(1) x"),
        ("co\u00adop\u2060er\u200bate", "cooperate"),
        (PERSIAN, PERSIAN),
        ("\u200dعلي\u200c", "علي"),
        ("a \u200d b", "a b"),
        ("അവന\u0d4d\u200d", "അവന\u0d4d\u200d"),  # a final consonant of Malayalam, as many keyboards write it
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\u3164\u2800\ufe0f\u034f\u115f", ""),
        ("\ud800x\ufffe\U0010ffff", "x"),
        ("２０２５ Ⅷ ﬁ", "２０２５ Ⅷ ﬁ"),
    ],
)
def test_a_line_says_what_can_be_seen(typed, meant):
    assert cleaned(typed) == meant


def test_a_long_text_keeps_its_lines():
    assert cleaned(" One\u00a0line,\r\nanother\x0bone\n\n and\u202e more \n", lines=True) == (
        "One line,\nanother\none\n\n and more"
    )


@given(st.text(alphabet=st.characters(codec=None)), st.booleans())
def test_a_clean_text_stays_as_it_is(text, lines):
    once = cleaned(text, lines)
    assert cleaned(once, lines) == once == unicodedata.normalize("NFC", once)
    assert not [sign for sign in once if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"]
    assert lines or "\n" not in once


# What the portal writes by itself, or keeps as it was sent: mails, tokens and digests, staged files.
OF_THE_PORTAL = {"Mail", "Attachment", "RecordVersion", "ShippedRow", "StagedImport", "StoredFile", "WaitingFile"}
OF_THE_PORTAL |= {"FileText", "IndexEntry", "SearchMiss"}
NOT_TYPED = {
    *("Account.password", "AnnualReport.content", "AnnualReport.content_sha256", "Document.slug", "Document.sort_key"),
    *("DocumentFile.name", "EntryLink.digest", "Follow.token_digest", "GroupFile.kind", "Invitation.digest"),
    *(
        "JoinRequest.digest",
        "Person.name_key",
        "Person.search_key",
        "Person.told_apart",
        "FinderRun.token",
        "FindingDecision.fingerprint",
        "MappingLink.topic_key",
        "StudyFinding.fingerprint",
        "StudyFinding.key",
        "StudyUnit.sort_key",
        "ReportBlock.key",
        "Resolution.slug",
    ),
}


def test_every_text_that_people_type_is_of_a_field_that_cleans_it():
    uncleaned = [
        f"{model.__name__.removeprefix('Historical')}.{field.name}"
        for model in our_models()
        if model.__name__.removeprefix("Historical") not in OF_THE_PORTAL
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not (field.choices or field.generated or isinstance(field, text_fields._Kept))
        and field.name not in ("history_public_language", "public_language")  # that of the page
    ]
    assert set(uncleaned) - NOT_TYPED == set(), "Make it of iscg_portal.text_fields, or put it in NOT_TYPED."


def test_every_form_cleans_what_is_typed():
    """Hidden fields give back what the page itself wrote there."""
    found = []
    for app in our_apps():
        for file in Path(app.path).rglob("*.py"):
            text = file.read_text()
            if file.name != "text_fields.py" and "migrations" not in file.parts:
                typed = re.findall(r"forms\.(?:Char|Email|URL|Slug)Field\([^)]*\)?", text)
                found += [f"{file.name}: {field}" for field in typed if "HiddenInput" not in field]
    assert found == [], "Make it a form field of iscg_portal.text_fields."


def test_every_page_of_the_admin_cleans_what_is_typed(rf, db):
    request = rf.get("/")
    request.user = build.staff_account()
    ours = {app.label for app in our_apps()}
    uncleaned = []
    for model, page in admin.site._registry.items():
        if model._meta.app_label in ours and page.has_add_permission(request):
            for name, field in page.get_form(request)().fields.items():
                is_text = isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)
                if is_text and not isinstance(field, text_fields._Typed) and "password" not in name:
                    uncleaned.append(f"{model.__name__}.{name}")
    assert uncleaned == [], "Make it a form field of iscg_portal.text_fields."


def through_the_form(desk, tmp_path):
    page = list_of(Person, "add")
    answer = desk.post(page, as_sent(desk.get(page)) | {"name": TYPED, "slug": "at-the-door"})
    assert answer.status_code == 302


def through_an_import(desk, tmp_path):
    write_rows("person", [{"name": TYPED, "slug": "at-the-door"}])


def through_the_command(desk, tmp_path):
    file = tmp_path / "persons.csv"
    file.write_bytes(as_file([{"name": "x", "slug": "at-the-door"}], "csv").replace(b"x,", f"{TYPED},".encode()))
    call_command("import_data", "person", str(file))


def through_an_act(desk, tmp_path):
    save_with_reason(Person(name=TYPED, slug="at-the-door"), "Made up")


def through_an_update(desk, tmp_path):
    Person.objects.create(name="Somebody", slug="at-the-door")
    Person.objects.update(name=TYPED)


def through_a_proposal(desk, tmp_path):
    who = build.person("Somebody", slug="at-the-door")
    accept(submit(who, [change("name", TYPED, who, language="en")], language="en"), by=None)


DOORS = [
    through_the_form,
    through_an_import,
    through_the_command,
    through_an_act,
    through_an_update,
    through_a_proposal,
]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_cleans_a_name_in_the_same_way(desk, tmp_path, door):
    door(desk, tmp_path)
    person = Person.objects.get(slug="at-the-door")
    assert person.name == MEANT
    assert {version.name for version in person.history.all()} <= {MEANT, "Somebody"}


def test_a_proposal_to_the_secretariat_is_kept_clean(world):
    submit(world.ina, [change("remark", "One\u202e\x0btwo", language="en")], language="en")
    assert ProposedChange.objects.get().new == "One\ntwo"


def test_what_is_typed_the_same_but_for_marks_is_no_proposal(world):
    with pytest.raises(ValidationError, match="You proposed no change"):
        submit(world.ina, [change("name", "Ina\u00a0Sample\u200b", world.ina, language="en")], language="en")
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("fresh_limits")
def test_who_asks_to_take_part_has_a_clean_name(client, db):
    form = {"name": TYPED, "capacity": "Sector Member", "affiliation": "Made\u00a0up", "email": "una@example.org"}
    assert client.post("/en/join/", form).status_code == 302
    request = JoinRequest.objects.get()
    assert (request.name, request.affiliation) == (MEANT, "Made up")


@pytest.mark.parametrize("unseen", ["\u200b", "\u3164", " \u00a0 ", "\ufeff\u2060", "\u2800"])
def test_a_name_of_invisible_characters_is_empty_and_refused_at_every_door(desk, unseen):
    page = list_of(Person, "add")
    assert "errorlist" in desk.post(page, as_sent(desk.get(page)) | {"name": unseen}).content.decode()
    assert judge_rows("person", [{"name": unseen, "slug": "nobody"}]).rows[0].verdict == "refused"
    with pytest.raises(ValidationError):
        Person(name=unseen, slug="nobody").full_clean()
    assert not Person.objects.exists()


def test_an_import_of_what_a_form_wrote_changes_nothing(db):
    build.person("José Test person", slug="jose")
    assert judge_rows("person", [{"name": TYPED, "slug": "jose"}]).rows[0].verdict == "unchanged"


def test_a_long_text_keeps_its_lines_at_form_and_import(desk, world):
    write_rows(
        "focalpoint",
        [
            {
                "subject": "EMF",
                "person": "kim-mockup",
                "body": "RAG",
                "starts_on": "2022-04-01",
                "starts_precision": "day",
                "note": "One\r\n\x07two",
            }
        ],
    )
    assert world.kim.focalpoint_set.get().note == "One\ntwo"
    page = reverse("admin:subjects_focalpoint_change", args=[world.kim.focalpoint_set.get().pk])
    desk.post(page, as_sent(desk.get(page)) | {"note": "One\r\n\u202ethree"})
    assert world.kim.focalpoint_set.get().note == "One\nthree"


@pytest.mark.parametrize("before", ["\x0b", "\x00", "\u200b", "\t", "\r", "\u202e", "\ufeff ", " \u00a0"])
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@sum(1)", "\uff1d1+1"])
def test_nothing_unseen_stands_before_a_formula_in_an_export(before, formula):
    assert guarded(f"{before}{formula}") == f"'{formula}"


def test_a_row_that_was_written_before_goes_out_clean(db, client):
    build.meeting("25-1", place="Geneva")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET place = %s, title_en = %s", ["Gen\x0beva", "\x1b=1+1"])
    assert b"\x0b" not in client.get("/en/meetings.ics").content
    assert ",'=1+1" in client.get("/en/meetings.csv").content.decode()
