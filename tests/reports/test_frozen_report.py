"""The database itself keeps what was published: nothing of it changes but the state, and that one way."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from iscg_portal.across_tables import drop_triggers, make_triggers
from iscg_portal.tenure.constraints import sentence_for
from reports.models import AnnualReport, ReportStep
from tests import world as w

pytestmark = pytest.mark.django_db

CHANGES = {
    "content": "{}",
    "content_sha256": "0" * 64,
    "number": "ISCG/99-2/99",
    "code": "2024-other",
    "place": "Elsewhere",
    "dated_on": None,
    "variant": "Rev",
    "is_archive": True,
}


def change(report, **values):
    """The sentence of the database's refusal, blank where it lets the change pass."""
    try:
        with transaction.atomic():
            AnnualReport.objects.filter(pk=report.pk).update(**values)
    except IntegrityError as error:
        return str(sentence_for(error))
    return ""


@pytest.mark.parametrize("field", CHANGES)
def test_nothing_of_a_published_report_changes(report_of_2024, field):
    assert change(report_of_2024, **{field: CHANGES[field]}).startswith("A published report is frozen")


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("published", {"published", "superseded", "withdrawn"}),
        ("superseded", {"superseded", "withdrawn"}),
        ("withdrawn", {"withdrawn"}),
    ],
)
def test_the_state_moves_one_way(report_of_2024, state, following):
    change(report_of_2024, state=state)
    allowed = set()
    for next_state in AnnualReport.State.values:
        with transaction.atomic():
            if not change(report_of_2024, state=next_state):
                allowed.add(next_state)
            transaction.set_rollback(True)
    assert allowed == following


def test_a_draft_can_be_changed(db):
    report = w.report_acts.open_report("2024")
    assert change(report, number="ISCG/99-2/07", state="in review") == ""


def test_a_form_is_told_the_same(report_of_2024):
    report_of_2024.number = "ISCG/99-2/99"
    with pytest.raises(ValidationError, match="A published report is frozen"):
        report_of_2024.full_clean()


@contextmanager
def as_migrate_does():
    """The triggers over two tables are out of the way of a rebuild, and made again after it."""
    both = [apps.get_app_config(name) for name in ("meetings", "reports")]
    for config in both:
        drop_triggers(config, plan=["one migration"])
    yield
    for config in both:
        make_triggers(config)


@pytest.mark.django_db(transaction=True)
def test_the_rule_survives_a_rebuild_of_the_table(report_of_2024):
    old = AnnualReport._meta.get_field("place")
    new = models.CharField("place", max_length=201, blank=True)
    new.set_attributes_from_name("place")
    new.model = AnnualReport
    with as_migrate_does():
        for before, after in ((old, new), (new, old)):
            with connection.schema_editor() as editor:
                editor.alter_field(AnnualReport, before, after, strict=True)
    assert change(report_of_2024, content="{}")


@pytest.mark.django_db(transaction=True)
def test_the_rule_can_be_taken_away_and_put_back(report_of_2024):
    rule = next(one for one in AnnualReport._meta.constraints if one.name == "reports_annualreport_stays_frozen")
    without = [one for one in AnnualReport._meta.constraints if one is not rule]
    AnnualReport._meta.constraints, every = without, AnnualReport._meta.constraints
    try:
        with as_migrate_does(), connection.schema_editor() as editor:
            editor.remove_constraint(AnnualReport, rule)
        assert change(report_of_2024, place="Elsewhere") == ""
    finally:
        AnnualReport._meta.constraints = every
        with as_migrate_does(), connection.schema_editor() as editor:
            editor.add_constraint(AnnualReport, rule)
    assert change(report_of_2024, place="Nowhere")


def test_a_draft_opened_by_mistake_goes_with_its_steps_and_a_published_report_stays(report_of_2024, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account("keeper@example.org"))
    draft = w.report_acts.open_report("2025")
    for report in (draft, report_of_2024):
        client.post(f"/admin/reports/annualreport/{report.pk}/delete/", {"reason": "Another period was meant"})
    assert [report.code for report in AnnualReport.objects.all()] == ["2024"]
    assert not ReportStep.objects.filter(report_id=draft.pk).exists()
