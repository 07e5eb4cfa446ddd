"""An accepted Coordinator's report is public with five of its six parts; duplications are a list of their own."""

from datetime import date

import pytest

from reports.acts.coordinator_reports import make_public
from reports.models import CoordinatorReport
from studies.models import FindingDecision, StudyFinding
from studies.overlaps.finder import look_through
from tests import world as w

pytestmark = pytest.mark.django_db
PAGE = "/en/coordinators-reports/25-1/emf/"
SECRET = "Guidancesecret, made up"


@pytest.fixture
def report():
    of, who, to = w.subject("EMF"), w.person("Ina Sample"), w.meeting("25-1")
    w.coordinator(of, who, date(2022, 4, 1))
    texts = {"duplication": "Two workshops became one.", "guidance": SECRET, "next_steps": "- One\n- Two"}
    return w.coordinator_report(of, to, who, **texts)


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_it_is_on_the_pages_of_subject_and_meeting_in_the_list_and_in_the_search(client, report):
    for page in ("/en/subjects/emf/", "/en/meetings/25-1/", "/en/coordinators-reports/", "/en/search/?q=workshops"):
        assert PAGE in text(client, page), page
    found = text(client, PAGE)
    assert "Two workshops became one." in found and "Results, made up" in found and SECRET not in found
    assert found.count("</li>\n<li") and "- One" not in found  # a list is a list
    assert client.get("/en/coordinators-reports/25-1%00/emf/").status_code in (400, 404)


def test_its_files_have_five_parts(client, report):
    row = client.get("/en/coordinators-reports.json").json()["coordinators_reports"][0]
    assert (row["meeting"], row["subject"], row["coordinator"]) == ("25-1", "EMF", "Ina Sample")
    assert row["duplication"] == "Two workshops became one." and "guidance" not in row
    for format in ("csv", "xlsx"):
        assert SECRET.encode() not in client.get(f"/en/coordinators-reports.{format}").content


@pytest.mark.parametrize("fields", [{"is_internal": True}, {"received_on": None}])
def test_a_draft_and_one_that_stays_inside_are_nowhere(client, report, fields):
    for name, value in fields.items():
        setattr(report, name, value)
    report.save()
    assert client.get(PAGE).status_code == 404
    for page in ("/en/subjects/emf/", "/en/meetings/25-1/", "/en/coordinators-reports/", "/en/duplications/"):
        assert "workshops" not in text(client, page) and PAGE not in text(client, page), page
    assert PAGE not in text(client, "/en/search/?q=workshops")


def test_staff_say_that_one_of_before_the_rule_is_public(client, report, settings):
    CoordinatorReport.objects.filter(pk=report.pk).update(is_internal=True)
    of, who = report.subject, report.person
    w.coordinator_report(of, w.meeting("25-2", date(2025, 9, 1)), who, received_on=None, is_internal=True)
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    chosen = [str(one.pk) for one in CoordinatorReport.objects.all()]
    data = {"action": "make_public", "_selected_action": chosen}
    said = client.post("/admin/reports/coordinatorreport/", data, follow=True).content.decode()
    assert "1 report is public now." in said
    assert CoordinatorReport.objects.public().get() == report
    assert make_public(CoordinatorReport.objects.all()) == 0


@pytest.mark.parametrize(("more", "is_asked"), [({}, True), ({"results": "New, made up"}, False)])
def test_who_enters_for_a_coordinator_what_the_last_report_says_is_asked_whether_that_is_meant(
    client, report, settings, more, is_asked
):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    texts = {name: getattr(report, name) for name in CoordinatorReport.TEXTS} | more
    to = w.meeting("25-2", date(2025, 9, 1))
    row = {"subject": report.subject_id, "meeting": to.pk, "person": report.person_id, **texts}
    row |= {"starts_on": "2025-02-12", "received_on": "2025-08-20"}
    said = client.post("/admin/reports/coordinatorreport/add/", row, follow=True).content.decode()
    assert CoordinatorReport.objects.filter(meeting=to).exists()
    assert ("It says word for word what the report to ISCG 25-1 says." in said) == is_asked


def test_duplications_of_coordinators_and_of_the_finder_are_one_list(client, report):
    question = w.study_unit("Q7/2", title="Human exposure to made-up fields")
    w.study_unit("SG5", "T 2025-2028", "study group", "Human exposure to made-up fields")
    w.link(question, subject=report.subject)
    look_through(date(2025, 6, 1))
    finding = StudyFinding.objects.get(kind="similar titles")
    decided = {"act": "accepted", "decided_on": date(2025, 7, 1), "outcome": "Both groups meet in May."}
    w.saved(FindingDecision(finding=finding, fingerprint=finding.fingerprint, **decided))
    rows = client.get("/en/duplications.json?subject=EMF").json()["duplications"]
    assert [(row["origin"], row["meeting"]) for row in rows] == [("secretariat", None), ("coordinator", "25-1")]
    assert client.get("/en/duplications.json?year=2024").json()["duplications"] == []
    assert "Both groups meet in May." in text(client, "/en/duplications/")


def test_a_list_with_no_year_on_record_asks_for_none(client, db):
    page = client.get("/en/coordinators-reports/").content.decode()
    assert '<select name="year"><option value="">all</option></select>' in page
