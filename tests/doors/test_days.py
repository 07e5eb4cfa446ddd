"""One rule for the days of the record: from 1865 to 2199 in the database, and at every door not far ahead."""

from datetime import date, timedelta

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse

from bench.rows import judge_rows
from front.models import SearchMiss
from iscg_portal.apps import our_apps
from iscg_portal.importing.cells import Day
from iscg_portal.importing.days import DateColumn
from iscg_portal.importing.registry import all_resources
from iscg_portal.scheduled_acts import postpone
from iscg_portal.search.models import IndexEntry
from iscg_portal.tenure.constraints import sentence_for
from iscg_portal.tenure.dates import FIRST_DAY, LAST_DAY, today
from iscg_portal.tenure.day_field import DayField, DayInput
from iscg_portal.tenure.joint_validation import RefusedTogether, save_together
from meetings.models import Meeting
from members.models import Representative
from reports.acts.annual_reports import open_report
from reports.models import AnnualReport
from studies.models import FinderRun
from subjects.models import Edition
from tests import world as build
from tests.admin.conftest import as_sent, complaints, list_of
from tests.doors.conftest import is_history, our_models
from workspace.proposals import acts as proposals

OUTSIDE = [date(1, 1, 1), date(1864, 12, 31), date(2200, 1, 1), date(2925, 1, 1), date(9999, 12, 31)]
FAR_AHEAD = date(today().year + 51, 1, 1)

# What the portal makes of the record, and counts: nobody enters a day there.
DERIVED = {FinderRun, IndexEntry, SearchMiss}


def days_of_record():
    return [
        (model, field)
        for model in our_models()
        if not is_history(model) and model not in DERIVED
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    ]


def tomorrow():
    """Asked for in a test, which may run on a later day than it was read."""
    return today() + timedelta(days=1)


def names(pairs):
    return [f"{model.__name__}.{field.name}" for model, field in pairs]


def test_every_day_of_the_record_keeps_the_rule():
    loose = names(pair for pair in days_of_record() if not isinstance(pair[1], DayField))
    assert loose == [], "Make it a DayField."
    assert len(days_of_record()) >= 40


def test_the_history_keeps_what_was(db):
    assert [
        field
        for model in our_models()
        if is_history(model)
        for field in model._meta.fields
        if isinstance(field, DayField)
    ] == []


@pytest.mark.parametrize("model, field", days_of_record(), ids=names(days_of_record()))
def test_the_database_holds_no_other_day(db, model, field):
    """The check of each column stands in the table."""
    assert field.db_check(connection) in _definition(model)


def _definition(model):
    """What the database knows of the table, in the words in which `db_check` writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [model._meta.db_table])
            return cursor.fetchone()[0]
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [model._meta.db_table],
        )
        lines = "\n".join(line for (line,) in cursor.fetchall())
    for field in model._meta.concrete_fields:
        if isinstance(field, DayField):
            plain = f"(({field.column} >= '{FIRST_DAY}'::date) AND ({field.column} <= '{LAST_DAY}'::date))"
            lines = lines.replace(plain, field.db_check(connection))
    return lines


@pytest.mark.parametrize("day", OUTSIDE)
@pytest.mark.parametrize("field", ["starts_on", "ends_on", "last_confirmed_on"])
def test_the_database_refuses_a_term_on_a_day_outside(world, day, field):
    term = Representative.objects.filter(person=world.ada)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        term.update(**{field: day}, **({"ends_precision": "day"} if field == "ends_on" else {}))
    if field == "starts_on":  # on the others rules of their own may speak first
        assert str(sentence_for(refusal.value)) == "A day of the record lies from 1865 to 2199."


@pytest.mark.parametrize("text", ["2025-02-30", "soon", "", "2025-1-1"])
def test_the_database_takes_no_text_for_a_day(world, text):
    with pytest.raises(Exception, match="(?i)constraint|invalid|out of range"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE members_representative SET starts_on = %s", [text])


@pytest.mark.parametrize("model, field", days_of_record(), ids=names(days_of_record()))
@pytest.mark.parametrize("day", [*OUTSIDE, FAR_AHEAD])
def test_no_model_takes_another_day(model, field, day):
    with pytest.raises(ValidationError, match="founded in 1865|more than 50 years ahead|not come yet"):
        field.clean(day, model())


def test_fifty_years_ahead_is_the_last_year():
    field = Representative._meta.get_field("ends_on")
    assert field.clean(FAR_AHEAD - timedelta(days=1), None) < FAR_AHEAD
    assert field.clean(FIRST_DAY, None) == FIRST_DAY


HAPPENED = {
    "Appointment.decided_on", "ChairTerm.last_confirmed_on", "Coordinator.last_confirmed_on",
    "CoordinatorReport.received_on", "Document.withdrawn_on", "Edition.adopted_on", "FocalPoint.last_confirmed_on",
    "KeyIssue.answered_on", "KeyIssue.closed_on", "KeyIssue.published_on", "KeyIssue.raised_on",
    "Nomination.nominated_on", "Nomination.withdrawn_on", "Representative.last_confirmed_on",
    "Transmission.answered_on", "Transmission.received_on", "Transmission.sent_on",
}  # fmt: skip


def test_what_has_happened_was_not_tomorrow():
    happened = [pair for pair in days_of_record() if pair[1].has_happened]
    assert HAPPENED <= set(names(happened))
    for model, field in happened:
        assert field.clean(today(), model()) == today()
        with pytest.raises(ValidationError, match="not come yet"):
            field.clean(tomorrow(), model())


def test_every_day_in_a_form_keeps_the_rule():
    """Those that the pages of the admin make from the models, and those written by hand."""

    def all_forms(kind):
        for one in kind.__subclasses__():
            yield one
            yield from all_forms(one)

    ours = tuple(app.name for app in our_apps())
    loose = [
        f"{form.__name__}.{name}"
        for form in all_forms(forms.BaseForm)
        if form.__module__.split(".")[0] in ours
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField) and not isinstance(field, DayInput)
    ]
    assert loose == [], "Make it a DayInput."
    assert admin.site._registry


@pytest.mark.parametrize("label, resource", all_resources().items())
@pytest.mark.parametrize("day", ["0001-01-01", "1864-12-31", "2200-01-01", "2925-02-03", "9999-12-31"])
def test_no_import_takes_another_day(db, label, resource, day):
    made = resource()
    columns = [each for each in made.fields.values() if isinstance(each, DateColumn) or type(each.widget) is Day]
    for column in columns:
        with pytest.raises(ValueError, match="founded in 1865|years ahead"):
            column.value_in({column.column_name: day, getattr(column, "precision", ""): ""})


@pytest.mark.parametrize("day", [*OUTSIDE, FAR_AHEAD])
def test_every_door_refuses_a_meeting_on_such_a_day_with_a_sentence(desk, day):
    sentence = "1865|more than 50 years"
    page = list_of(Meeting, "add")
    sent = as_sent(desk.get(page)) | {"code": "99-1", "title_en": "Made up", "body": "ISCG"}
    sent |= {name: day.isoformat() for name in sent if name.startswith(("starts_on", "days"))}
    answer = desk.post(page, sent)
    assert answer.status_code == 200
    row = {"code": "99-1", "body": "ISCG", "title_en": "Made up", "starts_on": day.isoformat(), "precision": "day"}
    assert judge_rows("meeting", [row]).rows[0].verdict == "refused"
    meeting = build.meeting("99-2", state="planned")
    with pytest.raises(ValidationError, match=sentence):
        postpone(meeting, because="Made up", starts_on=day, by=None)
    assert list(Meeting.objects.values_list("code", "starts_on")) == [("99-2", date(2025, 2, 12))]
    assert complaints(answer)


@pytest.mark.parametrize("day", [*OUTSIDE, FAR_AHEAD])
def test_an_act_on_terms_refuses_such_a_day(world, day):
    term = Representative.objects.get(person=world.ada)
    term.ends_on, term.ends_precision = day, "day"
    with pytest.raises(RefusedTogether, match="1865|more than 50 years"):
        save_together([term])


@pytest.mark.parametrize("day", [*OUTSIDE, FAR_AHEAD])
def test_a_proposal_with_such_a_day_is_refused_when_it_would_be_written(world, day):
    term = world.ina.coordinator_set.get()
    proposed = proposals.change("ends_on", day.isoformat(), term, office="Coordinator of EMF", language="en")
    proposal = proposals.submit(world.ina, [proposed], language="en")
    assert str(proposal.changes.get())
    with pytest.raises(ValidationError):
        proposals.accept(proposal, by=world.staff)


@pytest.mark.parametrize("period", ["0001", "1864", "2200", "9999", "0001-01-01..2025-01-01", "2025-01-01..9999-12-31"])
def test_no_report_is_on_such_a_period(db, period):
    with pytest.raises(ValidationError, match="1865|more than 50 years|Write the period"):
        open_report(period)
    with pytest.raises(CommandError, match="1865|more than 50 years|Write the period"):
        call_command("compose_report", period)
    assert not AnnualReport.objects.exists()


def test_a_refused_period_is_refused_in_one_sentence(db):
    with pytest.raises(ValidationError) as refusal:
        open_report("1864")
    assert refusal.value.messages == ["The Union was founded in 1865; nothing on record can be older."]


def test_a_meeting_that_has_not_begun_was_not_held(db):
    with pytest.raises(ValidationError, match="once its last day has come"):
        build.meeting("99-1", tomorrow(), state="held")
    assert build.meeting("99-2", today(), state="held").pk


def test_a_document_may_bear_the_day_of_its_coming_meeting_and_no_later_one(db):
    coming = build.meeting("99-1", tomorrow())
    assert build.document(coming, dated_on=tomorrow()).dated_on == tomorrow()
    with pytest.raises(ValidationError, match="has not come yet"):
        build.document(coming, dated_on=tomorrow() + timedelta(days=1))
    with pytest.raises(ValidationError, match="has not come yet"):
        build.document(None, number="ISCT-18/12", dated_on=tomorrow())


def test_an_edition_is_not_adopted_tomorrow(db):
    with pytest.raises(ValidationError, match="not come yet"):
        Edition(adopted_on=tomorrow(), document="ISCG/99-1/05").full_clean()


def test_pages_name_no_day_outside_either(client, db):
    assert client.get("/en/composition/?on=1864-12-31").status_code == 404
    assert client.get("/en/composition/?on=1865-01-01").status_code == 200
    assert client.get(reverse("members:composition") + "?on=2199-12-31").status_code == 200
