"""The parity table of the texts, its lists, and the files for translators (rules 11 and 21)."""

import io

import pytest
from babel.messages.pofile import read_po, write_po
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from iscg_portal.history import save_with_reason
from iscg_portal.importing.rows import ChangedMeanwhile, RowsRefused
from iscg_portal.text_origins import Origin, mark, mark_of
from secretariat.texts import importing
from secretariat.texts.files import lines_of, read, write_catalogue, write_table
from secretariat.texts.parity import TextKind, Texts, TextState
from subjects.models import Subject
from tests import world as build

TITLE = TextKind(Subject, "title")


@pytest.fixture
def staff(db, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    return build.staff_account()


@pytest.fixture
def subject(db):
    subject = build.subject("TEST", title="Testing of plainly made-up things")
    subject.title_fr = "Essais"
    mark(subject, "title_fr", Origin.OURS)
    save_with_reason(subject, "made up")
    return subject


def state(subject, language):
    return Texts(Subject, [Subject.objects.get(pk=subject.pk)]).state_of(subject, "title", language)


def sheet(subject, into="fr", **cells):
    """The file of one text, as a translator sends it back."""
    book = load_workbook(io.BytesIO(write_table(list(lines_of([TITLE], into)), into)))
    table = book.worksheets[0]
    names = [cell.value for cell in table[1]]
    row = next(row for row in table.iter_rows(min_row=2) if row[0].value.endswith(f"/{subject.pk}"))
    for name, text in cells.items():
        row[names.index(name)].value = text
    content = io.BytesIO()
    book.save(content)
    return read(content.getvalue())


def judge(subject, staff, into="fr", **cells):
    return importing.judge(sheet(subject, into, **cells), staff)


def sentence(preview):
    return [(problem.column, problem.sentence) for row in preview.rows for problem in row.problems]


def test_a_text_is_the_original_ours_or_missing(subject):
    assert [state(subject, code) for code in ("en", "fr", "es")] == [
        TextState.PRESENT,
        TextState.OURS,
        TextState.MISSING,
    ]


def test_a_translation_is_older_once_its_original_changed(subject):
    subject.title_en = "Testing of other made-up things"
    save_with_reason(subject, "renamed")
    assert state(subject, "fr") == TextState.OLDER


def test_a_translation_without_a_mark_is_older_by_the_history(subject):
    subject.title_es = "Pruebas"
    save_with_reason(subject, "typed")
    assert state(subject, "es") == TextState.PRESENT
    subject.title_en = "Testing of other made-up things"
    save_with_reason(subject, "renamed")
    assert state(subject, "es") == TextState.OLDER


def test_a_mark_says_nothing_of_a_text_that_was_changed(subject):
    subject.title_fr = "Autres essais"
    assert mark_of(subject, "title_fr") == {}


def test_a_file_taken_out_and_brought_in_changes_nothing(subject, staff):
    assert not judge(subject, staff).changes_something
    catalogue = write_catalogue(list(lines_of([TITLE], "fr")), "fr")
    assert not importing.judge(read(catalogue), staff).changes_something


def test_a_translation_is_written_with_its_mark_and_its_reason(subject, staff):
    given = sheet(subject, "es", text="Pruebas")
    preview = importing.judge(given, staff)
    importing.write(given, by=staff, reason="translated", state=preview.state)
    subject.refresh_from_db()
    assert (subject.title_es, mark_of(subject, "title_es")["origin"]) == ("Pruebas", "ours")
    assert subject.history.first().history_change_reason == "translated"


def test_a_catalogue_brings_a_translation_and_leaves_what_is_fuzzy(subject, staff):
    catalogue = read_po(io.BytesIO(write_catalogue(list(lines_of([TITLE], "ru")), "ru")))
    for message in catalogue:
        if message.id:
            message.string = "Испытания"
    content = io.BytesIO()
    write_po(content, catalogue)
    assert importing.judge(read(content.getvalue()), staff).counts["changed"] == 1
    fuzzy = content.getvalue().replace(b"\nmsgctxt", b"\n#, fuzzy\nmsgctxt")
    assert not importing.judge(read(fuzzy), staff).changes_something


def test_an_empty_cell_loses_nothing(subject, staff):
    assert not judge(subject, staff, text="").changes_something


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"key": "subjects.subject.title/999999"}, "key", "not there"),
        ({"key": "members.account.name/1"}, "key", "no text"),
        ({"original": "Something else"}, "original", "has changed"),
        ({"text": "<b>Essais</b>"}, "text", "markup"),
        ({"text": "=1+1"}, "text", "formula"),
        ({"origin": "mine"}, "origin", "official"),
        ({"origin": "official"}, "source", "where"),
        ({"language": "xx"}, "language", "ar, en"),
        ({"language": "en"}, "language", "original"),
        ({"looked_at": "perhaps"}, "looked_at", "yes"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_with_its_reason(subject, staff, cells, column, words):
    ((where, said),) = sentence(judge(subject, staff, **cells))
    assert where == column and words in said


def test_one_refused_row_stops_the_whole_file(subject, staff):
    given = sheet(subject, text="<b>Essais</b>")
    with pytest.raises(RowsRefused):
        importing.write(given, by=staff, reason="", state=importing.judge(given, staff).state)


def test_what_changed_since_the_preview_is_not_written(subject, staff):
    given = sheet(subject, "es", text="Pruebas")
    before = importing.judge(given, staff).state
    subject.title_es = "Ensayos"
    save_with_reason(subject, "typed meanwhile")
    with pytest.raises(ChangedMeanwhile):
        importing.write(given, by=staff, reason="", state=before)


def test_a_translator_confirms_a_text_whose_original_changed(subject, staff):
    subject.title_en = "Testing of other made-up things"
    save_with_reason(subject, "renamed")
    given = sheet(subject, looked_at="yes")
    importing.write(given, by=staff, reason="", state=importing.judge(given, staff).state)
    subject.refresh_from_db()
    assert state(subject, "fr") == TextState.OURS


def test_the_table_leads_to_the_text_and_the_file_is_written_and_undone(subject, staff, client):
    client.force_login(staff)
    assert "/admin/texts/subjects.subject.title/es/?state=missing" in client.get("/admin/texts/").content.decode()
    listed = client.get("/admin/texts/subjects.subject.title/es/?state=missing").content.decode()
    assert f"/admin/subjects/subject/{subject.pk}/change/" in listed
    content = client.get("/admin/texts/files/es/po/?kind=subjects.subject.title").content
    file = io.BytesIO(content.replace(b'made-up things"\nmsgstr ""', b'made-up things"\nmsgstr "Pruebas"'))
    file.name = "es.po"
    preview = client.post("/admin/texts/import/", {"file": file})
    assert "Pruebas" in client.get(preview.url).content.decode()
    client.post(preview.url, {"reason": "translated"})
    subject.refresh_from_db()
    assert subject.title_es == "Pruebas"
    client.post(f"/admin/undo/{subject.history.first().history_act}/", {"reason": "no"})
    subject.refresh_from_db()
    assert (subject.title_es or "") == "" and "title_es" not in subject.text_origins


def test_files_for_translators_ask_for_the_rights_of_every_file_of_the_records(subject, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = build.account("texts@example.org", is_staff=True)
    out, into = "/admin/texts/files/fr/po/", "/admin/texts/import/"
    for rights, statuses in (
        (["view_subject", "change_subject"], (403, 403)),
        (["view_subject", "export_subject"], (200, 403)),
        (["import_subject"], (403, 403)),
        (["change_subject", "import_subject"], (403, 200)),
    ):
        account.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client.force_login(account)
        assert (client.get(out).status_code, client.get(into).status_code) == statuses, rights
        if "view_subject" in rights:
            page = client.get("/admin/texts/").content.decode()
            assert (out in page, into in page) == (statuses[0] == 200, statuses[1] == 200)
