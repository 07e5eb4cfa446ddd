"""What clauses F3 and A4 ask of reports: published each year, sent in time, handed in to each meeting."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iscg_portal.given_once import GivenOnce
from reports.models import AnnualReport, Transmission
from secretariat.attention import attention
from secretariat.checks.reports import CORRIGENDUM_WANTED
from secretariat.findings import OPEN
from secretariat.to_do import to_do
from tests import world as w
from workspace.models import ReportDraft

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def said(clause, on=DAY):
    """The open sentences of a clause."""
    return [f.sentence for f in attention(on, clause=clause) if f.topic.kind == OPEN]


def report(state="published"):
    """The annual report on 2025."""
    dates = {"period_from": date(2024, 12, 31), "period_to": date(2025, 12, 31)}
    return AnnualReport.objects.create(code="2025", state=state, content="{}", **dates)


def transmission(of, code="RAG", **fields):
    return w.saved(Transmission(report=of, group=w.advisory_group(code), **fields))


@pytest.mark.parametrize(("state", "missing"), [("approved", True), ("published", False), ("withdrawn", True)])
def test_last_year_wants_a_published_report(state, missing):
    report(state)
    assert ("No annual report on 2025 is published." in said("F3")) == missing


def test_the_report_on_the_year_before_is_not_enough():
    report()
    assert said("F3", date(2027, 1, 1)) == ["No annual report on 2026 is published."]


def test_a_transmission_is_overdue_once_its_day_is_past():
    transmission(report(), due_on=date(2026, 3, 1))
    assert said("F3", date(2026, 3, 1)) == ["RAG: the published report 2025 was not sent yet."]
    assert said("F3") == ["RAG: report 2025 was to be sent by 1 March 2026."]


def test_without_a_day_each_group_s_own_meeting_tells_what_is_overdue():
    of = report()
    for code, day in (("RAG", date(2026, 3, 1)), ("TSAG", date(2026, 5, 4))):
        transmission(of, code, meeting=w.meeting(f"{code}-2026", day, body=code))
    assert said("F3") == [
        "RAG: report 2025 was to be sent by 1 March 2026, for RAG-2026.",
        "TSAG: the published report 2025 was not sent yet.",
    ]


def test_what_was_sent_or_withdrawn_is_not_overdue():
    of = report()
    transmission(of, due_on=date(2026, 3, 1), state="sent", sent_on=date(2026, 3, 5))
    transmission(of, "TSAG", due_on=date(2026, 3, 1))
    AnnualReport.objects.update(state="withdrawn")
    assert said("F3") == ["No annual report on 2025 is published."]


def test_late_answers_and_comments_that_nobody_took_up_are_on_the_desk():
    of, sent = report(), {"sent_on": date(2026, 1, 5)}
    transmission(of, state="received", received_on=date(2026, 1, 6), answer_due_on=date(2026, 3, 1), **sent)
    answered = {"answered_on": date(2026, 2, 1), "reply": "Made up"}
    transmission(of, "TDAG", state="comments", **sent, **answered)
    transmission(of, "TSAG", state="follow-up", **sent, **answered)
    assert sorted(said("F3")) == [
        "RAG: an answer on the report 2025 was asked for by 1 March 2026.",
        "TDAG commented on the report 2025, and nobody has taken that up.",
    ]


@pytest.fixture
def coordinated():
    """(subject, its Coordinator, the last meeting): the Coordinator reported to the meeting before."""
    of, who = w.subject("EMF"), w.person("Ina Sample", "Ms")
    w.coordinator(of, who, date(2022, 4, 1))
    w.coordinator_report(of, w.meeting("25-1"), who)
    w.meeting("26-1", date(2026, 2, 20), state="cancelled")
    return of, who, w.meeting("25-2", date(2025, 9, 1))


def missing():
    return attention(DAY, clause="A4")


def test_the_last_meeting_that_took_place_wants_a_report_of_each_coordinator(coordinated):
    of, who, last = coordinated
    (finding,) = missing()
    assert finding.sentence == "EMF: no report of Ms Ina Sample to ISCG 25-2."
    assert finding.url.endswith(f"/coordinatorreport/add/?subject={of.pk}&meeting={last.pk}&person={who.pk}")


def test_a_draft_is_missing_and_leads_to_its_page(coordinated):
    draft = w.coordinator_report(*_to_the_last(coordinated), received_on=None)
    assert [finding.url for finding in missing()] == [f"/admin/reports/coordinatorreport/{draft.pk}/change/"]


def test_a_report_that_waits_for_the_secretariat_is_not_missing(coordinated):
    of, who, last = coordinated
    handed_in = {"state": "submitted", "submitted_at": timezone.now(), "results": "Made up"}
    w.saved(ReportDraft(subject=of, meeting=last, person=who, **handed_in))
    assert missing() == []


def _to_the_last(coordinated):
    return coordinated[0], coordinated[2], coordinated[1]


def test_a_report_that_was_received_is_not_missing(coordinated):
    w.coordinator_report(*_to_the_last(coordinated))
    assert missing() == []


def test_before_the_first_meeting_none_is_missing(coordinated):
    assert attention(date(2025, 2, 12), clause="A4") == []


def test_key_issues_without_an_answer_are_on_the_desk_the_oldest_first():
    w.key_issue("Second matter", date(2025, 6, 1), "ISC-TF")
    w.key_issue("First matter", date(2025, 2, 12))
    w.key_issue("Answered matter", answer="Yes", answered_on=date(2025, 6, 1))
    [issues] = to_do(w.staff_account(), DAY, ["issues"])
    assert [(line.text, line.note) for line in issues.lines] == [
        ("First matter", "Director of BR, since 12 February 2025"),
        ("Second matter", "Inter-Sectoral Coordination Task Force, since 1 June 2025"),
    ]


def queries():
    with CaptureQueriesContext(connection) as captured:
        attention(DAY)
    return len(captured)


def test_the_number_of_queries_does_not_grow(coordinated):
    of = report()
    transmission(of, due_on=date(2026, 3, 1))
    few = queries()
    for code in ("TSAG", "TDAG"):
        transmission(of, code, due_on=date(2026, 3, 1))
    for number in range(10):
        w.coordinator(w.subject(f"S{number}"), coordinated[1], date(2022, 4, 1))
    assert queries() == few
    assert len(missing()) == 11


def corrigenda_wanted():
    """Of the published reports, as the desk tells it in June 2025."""
    found = attention(date(2025, 6, 1), clause=CORRIGENDUM_WANTED.clause)
    return [one for one in found if one.topic is CORRIGENDUM_WANTED]


def test_a_published_report_that_no_longer_agrees_with_the_record_is_named_until_it_is_corrected(client, settings, db):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    report = w.published_report("2024")
    assert corrigenda_wanted() == []
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    [finding] = corrigenda_wanted()
    sentence = "Report 2024 no longer agrees with the record: 1 correction was not told yet."
    assert (finding.sentence, finding.url) == (sentence, finding.opens_at)
    assert "Open a corrigendum" in client.get("/admin/not-in-order/?clause=F3").content.decode()
    client.post(finding.opens_at, {"variant": "Corr", "reason": "The record was corrected."})
    draft = report.variants.get()
    [finding] = corrigenda_wanted()
    assert (draft.code, finding.opens_at) == ("2024-corr1", "")
    assert finding.url.endswith(f"/{draft.pk}/change/")
    report_acts = w.report_acts
    report_acts.submit(draft)
    report_acts.approve(draft, None)
    report_acts.publish(draft, None, "A test")
    assert corrigenda_wanted() == []


def test_only_who_may_open_reports_has_the_button(client, settings, db):
    settings.REQUIRE_SECOND_FACTOR = False
    reader = w.account("reader@example.org", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_annualreport"))
    client.force_login(reader)
    w.published_report("2024")
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    page = client.get("/admin/not-in-order/?clause=F3").content.decode()
    assert "no longer agrees with the record" in page and "Open a corrigendum" not in page


def test_a_number_that_stood_on_two_papers_before_the_rule_is_named():
    number = w.document(w.meeting("25-1")).number
    dates = {"period_from": date(2024, 12, 31), "period_to": date(2025, 12, 31)}
    rule = next(one for one in AnnualReport._meta.constraints if isinstance(one, GivenOnce))
    with connection.cursor() as cursor:
        for statement in rule.uninstall_sql(AnnualReport, connection):  # the end of the test makes it again
            cursor.execute(statement)
    AnnualReport.objects.create(code="2025", state="published", content="{}", number=number, **dates)
    twice = [finding.sentence for finding in attention(DAY) if "of a document" in finding.sentence]
    assert twice == [f"{number} is the number of report 2025 and of a document."]
