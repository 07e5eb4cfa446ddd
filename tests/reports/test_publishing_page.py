"""What cannot be undone shows itself first: the page that publishes shows all of it, and what is odd (rule 18)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.acts import annual_reports as acts
from reports.acts.blocks import generated_texts, write
from reports.facts import gather
from reports.models import AnnualReport
from reports.oddities import oddities
from tests import world as w
from workspace.models import ReportDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


@pytest.fixture
def report():
    return acts.open_report("2025")


def address_of(report):
    return f"/admin/reports/annualreport/{report.pk}/step/publish/"


def approved(report, staff):
    acts.submit(report)
    acts.approve(report, staff)
    return report


def odd(report):
    return [oddity.sentence for oddity in oddities(report, gather(report))]


def test_the_page_shows_the_text_of_every_language_as_it_will_be_frozen(client, staff, report):
    write(report.blocks.get(key="summary"), "edited", {"en": "The *made-up* text", "fr": "Le texte"}, shown="")
    page = client.get(address_of(approved(report, staff))).content.decode()
    for words in ("<em>made-up</em>", "Le texte", "Composition on 31 December 2025", "1 January – 31 December 2025"):
        assert words in page
    assert page.index("What is odd") < page.index("Le texte") < page.index('name="_act"')


def test_what_is_published_is_what_the_page_showed(client, staff, report):
    address = address_of(approved(report, staff))
    seen = client.get(address).context["adminform"].form.initial["seen"]
    client.post(address, {"reason": "Read it", "seen": seen})
    published = AnnualReport.objects.get()
    assert (published.state, published.content_sha256) == ("published", seen)


def test_a_text_that_changed_after_the_page_was_opened_is_shown_again_and_not_published(client, staff, report):
    address = address_of(approved(report, staff))
    seen = client.get(address).context["adminform"].form.initial["seen"]
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    page = client.post(address, {"reason": "Read it", "seen": seen})
    assert "changed after you opened this page" in page.content.decode() and "Ada Testperson" in page.content.decode()
    assert AnnualReport.objects.get().state == "approved"
    client.post(address, {"reason": "Read it", "seen": page.context["adminform"].form.data["seen"]})
    assert AnnualReport.objects.get().state == "published"


def test_nobody_publishes_what_no_page_showed(client, staff, report):
    client.post(address_of(approved(report, staff)), {"reason": "Unseen"})
    assert AnnualReport.objects.get().state == "approved"


def test_old_evidence_is_odd(report):
    w.representative("RAG1", w.person("Ada Testperson"), date(2020, 3, 1), last_confirmed_on=date(2024, 6, 1))
    w.representative("TSAG1", w.person("Ben Madeup"), date(2020, 3, 1), last_confirmed_on=date(2025, 6, 1))
    assert [line for line in odd(report) if "confirmed" in line] == ["Ada Testperson, RAG: last confirmed 1 June 2024."]


def test_meetings_without_a_result_or_without_word_whether_they_were_held_are_odd(report):
    w.meeting("25-1", date(2025, 5, 6), result="It agreed", result_en="It agreed")
    w.meeting("25-2", date(2025, 6, 6))
    w.meeting("25-3", date(2025, 7, 6), state="planned")
    assert [line for line in odd(report) if line.startswith("ISCG 25")] == [
        "ISCG 25-3: announced for 6 July 2025; whether it was held is not recorded.",
        "ISCG 25-2: it was held, and has no result.",
    ]


def test_coordinators_reports_that_wait_on_the_desk_are_odd(report):
    coordinator = w.coordinator(w.subject("EMF"), w.person("Ada Testperson"), date(2025, 1, 1))
    given = {"subject": coordinator.subject, "person": coordinator.person, "meeting": w.meeting("25-1")}
    w.saved(ReportDraft(**given, state="submitted", submitted_at=timezone.now(), results="Made up"))
    w.saved(ReportDraft(**given | {"meeting": w.meeting("26-1", date(2026, 2, 2))}, results="Of the next period"))
    found = [line for line in odd(report) if "waits on the desk" in line]
    assert found == ["EMF: the report of Ada Testperson to ISCG 25-1 waits on the desk for a decision."]


def test_what_was_written_by_hand_and_not_translated_is_odd(report):
    write(report.blocks.get(key="summary"), "edited", {"en": "A text", "fr": "Un texte"}, shown="")
    write(report.blocks.get(key="action"), "edited", {"en": "Another text"}, shown="")
    assert "Français: these blocks stand in English: Action required." in odd(report)


def test_a_number_that_a_document_has_is_odd(report):
    number = w.document(w.meeting("25-1"), title="A paper, made up").number
    report.number = number
    assert f"Its number {number} is that of a document in the register: A paper, made up." in odd(report)


def test_a_block_under_which_the_record_moved_is_odd(report):
    write(report.blocks.get(key="seats"), "edited", {"en": "By hand"}, shown=generated_texts(report)["seats"])
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    assert "“Changes in the composition” was written by hand, and the record has moved since." in odd(report)


def test_each_oddity_leads_to_where_it_is_mended(client, staff, report):
    meeting = w.meeting("25-2", date(2025, 6, 6))
    page = client.get(address_of(approved(report, staff))).content.decode()
    assert f'<a href="/admin/meetings/meeting/{meeting.pk}/change/">' in page


def test_nothing_is_published_under_the_number_of_a_document(staff, report):
    approved(report, staff)
    report.number = w.document(w.meeting("25-1")).number
    with pytest.raises(ValidationError, match="ISCG/25-1/01 is the number of a document: give the report another one"):
        acts.publish(report, staff, "Nobody else is here")
