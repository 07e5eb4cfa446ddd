"""The text in the original language is what a record needs, at form and import, and no other language's."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.registry import all_resources
from iscg_portal.translated import Translated, columns_of
from meetings.models import AgendaItem, Decision, Document, Meeting
from members.models import AdvisoryGroup, ClauseText, Conference
from reports.models import KeyIssue
from studies.models import Activity, StudyUnit
from subjects.models import Partner, Resolution, Subject
from tests import world as build
from tests.admin.conftest import as_sent, page_of
from tests.doors.conftest import is_history, our_models

ARABIC = "عنوان مختلق"
NEEDED = {
    Activity: "title",
    AdvisoryGroup: "name",
    AgendaItem: "title",
    ClauseText: "wording",
    Conference: "name",
    Decision: "wording",
    Document: "title",
    KeyIssue: "statement",
    Meeting: "title",
    Partner: "name",
    Resolution: "title",
    StudyUnit: "title",
    Subject: "title",
}


def one_of(model):
    """A saved record of the model."""
    meeting = build.meeting("99-1") if model in (AgendaItem, Decision, Document, Meeting) else None
    return {
        Activity: build.activity,
        AdvisoryGroup: build.advisory_group,
        AgendaItem: lambda: build.agenda_item(meeting),
        ClauseText: build.clause_text,
        Conference: build.conference,
        Decision: lambda: build.taken(meeting),
        Document: lambda: build.document(meeting),
        KeyIssue: build.key_issue,
        Meeting: lambda: meeting,
        Partner: lambda: build.partner(build.subject()).partner,
        Resolution: build.resolution,
        StudyUnit: build.study_unit,
        Subject: build.subject,
    }[model]()


def test_every_model_with_texts_in_six_languages_is_walked_over():
    models = {model for model in our_models() if needs_a_text(model)}
    assert models == set(NEEDED), "Put it in NEEDED, and make one in `one_of`."


def needs_a_text(model):
    """A text may lack altogether: the title of a resolution's revision does."""
    fields = model.TRANSLATED if issubclass(model, Translated) and not is_history(model) else ()
    return any(not model._meta.get_field(name).blank for name in fields)


def only_in(record, field, language):
    for column in columns_of(field):
        setattr(record, column, None)
    setattr(record, f"{field}_{language}", ARABIC)
    record.original_language = "ar"


@pytest.mark.parametrize("model", NEEDED)
def test_a_record_needs_the_text_of_its_original_language_and_no_other(db, model):
    record, field = one_of(model), NEEDED[model]
    only_in(record, field, "ar")
    record.full_clean()
    only_in(record, field, "en")
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert refusal.value.message_dict == {f"{field}_ar": ["Give the text in the original language."]}


@pytest.mark.parametrize("model", [model for model in NEEDED if model in admin.site._registry])
def test_a_record_in_arabic_only_is_saved_in_the_admin(desk, model):
    record, field = one_of(model), NEEDED[model]
    only_in(record, field, "ar")
    record.save()
    page = page_of(record)
    assert desk.post(page, as_sent(desk.get(page))).status_code == 302
    sent = as_sent(desk.get(page)) | {f"{field}_ar": " \u200b", f"{field}_en": "Made up"}
    answer = desk.post(page, sent)
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [f"{field}_ar"]


ROWS = {
    "meetings.agendaitem": {"meeting": "99-1", "number": "7"},
    "meetings.decision": {"meeting": "99-1", "number": "7", "kind": "decision"},
    "meetings.document": {"number": "ISCT-18/12", "type": "report"},
    "meetings.meeting": {"code": "99-2", "body": "ISCG", "starts_on": "2025-05-05", "precision": "day"},
    "members.conference": {"code": "PP-30", "body": "PP", "starts_on": "2030-05-05", "ends_on": "2030-05-06"},
    "studies.activity": {"code": "", "starts_on": "2025-05-05", "precision": "day"},
    "studies.studyunit": {
        **{"sector": "", "period": "", "number": "IRG-MADEUP"},
        **{"kind": "joint group", "starts_on": "", "starts_precision": ""},
    },
    "subjects.resolution": {"body": "PP", "number": "999"},
    "subjects.subject": {"code": "MADEUP", "scope": "R; T"},
}


def test_every_import_of_texts_in_six_languages_is_walked_over():
    models = {label for label, resource in all_resources().items() if needs_a_text(resource.model())}
    assert models == set(ROWS), "Put a row of the table in ROWS."


@pytest.mark.parametrize("label", ROWS)
def test_an_import_needs_the_text_of_the_original_language_and_no_other(desk, label):
    build.meeting("99-1")
    resource = all_resources()[label]
    field = NEEDED[resource.model()]
    row = ROWS[label] | {"original_language": "ar"}
    [refused] = judge_rows(label, [row | {f"{field}_ar": "", f"{field}_en": "Made up"}]).rows
    assert [(problem.column, problem.sentence) for problem in refused.problems] == [
        (f"{field}_ar", "Give the text in the original language.")
    ]
    write_rows(label, [row | {f"{field}_ar": ARABIC, f"{field}_en": ""}])
    record = resource.model()._default_manager.latest("pk")
    assert (record.original_language, record.text(field)) == ("ar", ARABIC)
    page = page_of(record)
    assert desk.post(page, as_sent(desk.get(page))).status_code == 302
