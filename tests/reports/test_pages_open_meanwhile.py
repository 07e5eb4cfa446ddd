"""Who had a page of a report open while it was published or withdrawn is told so, and keeps what was typed."""

from datetime import date

import pytest

from iscg_portal.history import Reason
from meetings.models import AgendaItem
from reports.acts import annual_reports as acts
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db
TYPED = "Typed at length, made up"
FROZEN = "What was published is frozen; its page shows it. Nothing was saved; what you wrote is still here."
CLOSED = {
    "in review": "2025 is in review now, so this step is not possible. Nothing was saved; what you wrote",
    "published": FROZEN,
    "withdrawn": FROZEN,
}


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


@pytest.fixture
def draft():
    w.agenda_item(w.meeting("25-2", date(2025, 5, 12)), "1", "Made up", subjects=[w.subject("EMF")])
    return acts.open_report("2025")


def moved_to(state, report, staff):
    """Take the steps up to the state, as others do meanwhile."""
    acts.submit(report)
    if state != "in review":
        acts.approve(report, staff)
        acts.publish(report, staff)
    if state == "withdrawn":
        acts.withdraw(report, staff, Reason(public="Made up"))


def page_of(report, end):
    return f"/admin/reports/annualreport/{report.pk}/{end}"


def shown(client, page):
    """What a browser would send of the form on the page."""
    context = client.get(page).context
    form = context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value is not None}
    for inline in context.get("inline_admin_formsets", ()):
        management = inline.formset.management_form
        values |= {management.add_prefix(name): value for name, value in management.initial.items()}
    return values | {"opened_version": context.get("opened_version", "")}


@pytest.mark.parametrize(
    ("end", "field"),
    [("text/summary/", "text_en"), ("text/summary/", "text_fr"), ("text/by_subject/emf/", "text_en")],
    ids=["the original", "a translation", "a part"],
)
@pytest.mark.parametrize("state", CLOSED)
def test_the_text_of_a_block_is_kept_on_its_page(client, draft, staff, state, end, field):
    page = page_of(draft, end)
    sent = shown(client, page) | {field: TYPED}
    moved_to(state, draft, staff)
    answer = client.post(page, sent)
    assert answer.status_code == 200
    assert CLOSED[state] in answer.text and TYPED in answer.text
    assert TYPED not in str([block.texts for block in draft.blocks.all()])


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_is_known_of_the_report_is_kept_on_its_page(client, draft, staff, state):
    page = page_of(draft, "change/")
    sent = shown(client, page) | {"place": TYPED, "change_reason": "Why, made up"}
    moved_to(state, draft, staff)
    answer = client.post(page, sent)
    assert answer.status_code == 200 and "ManagementForm" not in answer.text
    assert FROZEN in answer.text and TYPED in answer.text and "Why, made up" in answer.text
    assert AnnualReport.objects.get().place == ""
    assert 'name="place"' not in client.get(page).text


@pytest.mark.parametrize("state", CLOSED)
def test_why_the_draft_was_a_mistake_is_kept_on_its_page(client, draft, staff, state):
    moved_to(state, draft, staff)
    answer = client.post(page_of(draft, "delete/"), {"reason": TYPED})
    assert CLOSED[state] in answer.text and TYPED in answer.text
    assert client.get(page_of(draft, "delete/")).status_code == 403


def test_the_text_of_a_part_that_the_record_lost_meanwhile_is_kept_and_can_be_saved(client, draft, staff):
    page = page_of(draft, "text/by_subject/emf/")
    sent = shown(client, page) | {"text_en": TYPED}
    AgendaItem.objects.get().subjects.clear()
    answer = client.post(page, sent)
    assert "The record changed while you wrote." in answer.text and TYPED in answer.text
    assert client.post(page, sent | {"shown": ""}).status_code == 302
    assert draft.blocks.get(key="by_subject/emf").texts == {"en": TYPED}
