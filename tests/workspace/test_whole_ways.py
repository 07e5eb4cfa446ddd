"""Two things walked from their beginning to their end, by pages alone: a contested claim, and a proposed activity."""

from datetime import date

import pytest
from django.test import Client

from reports.acts.annual_reports import open_report
from reports.composing import generated
from reports.facts import gather
from studies.models import Activity, MappingLink
from tests import world as build
from workspace.models import Proposal


@pytest.fixture
def people(world, settings):
    """Browsers of Kim (Focal Point of EMF for RAG), of Ben (for TDAG), of staff, and of a reader."""
    settings.REQUIRE_SECOND_FACTOR = False
    build.focal_point(world.subjects["EMF"], world.ben, "TDAG", date(2024, 1, 1))
    accounts = {key: build.account(f"{key}@example.org", person=getattr(world, key)) for key in ("kim", "ben")}
    for key, account in (accounts | {"desk": world.staff}).items():
        browser = Client()
        browser.force_login(account)
        setattr(world, key, browser)
    world.reader = Client()
    return world


def read(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def say(browser, address, stance, because=""):
    form = browser.get(address).context["form"]
    sent = {"stance": stance, "because": because, "seen": form["seen"].value()}
    assert browser.post(address, sent).status_code == 302


def test_a_claim_is_contested_answered_and_agreed_by_two_focal_points_and_readers_see_each_step(people):
    claim = {"subject": people.subjects["EMF"].pk, "unit": people.link.second_id, "other": people.link.first_id}
    page = people.kim.post("/en/workspace/links/claim/", claim | {"kind": "same topic", "topic": "Exposure, made up"})
    address = page.url
    link = MappingLink.objects.get(topic_en="Exposure, made up")

    def told(state):
        """Whether the reader finds it so, on the pages of its units and in the table."""
        rows = people.reader.get("/en/mapping/d-r.json").json()["mapping_d_r"]
        states = [row["state"] for row in rows if row["topic"] == "Exposure, made up"]
        pages = [read(people.reader, f"/en/units/{unit.slug}/") for unit in link.units]
        return states == [state] and all("Exposure, made up" in page for page in pages)

    assert told("to-be-confirmed")
    assert "Exposure, made up" in read(people.ben, "/en/workspace/")
    say(people.ben, address, "contested", "We regulate, they measure.")
    assert told("contested") and "We regulate, they measure." in read(people.kim, address)
    say(people.kim, address, "confirmed", "Section 2 regulates too.")
    assert told("contested") and "Section 2 regulates too." in read(people.ben, address)
    say(people.ben, address, "confirmed")
    assert told("confirmed")
    for browser in (people.kim, people.ben):
        assert address not in read(browser, "/en/workspace/")
    for feed in ("/en/mapping/changes.atom", f"/en/units/{link.first.slug}.atom"):
        text = read(people.reader, feed)
        assert "link agreed by both sides" in text and "We regulate, they measure." in text
        assert "Kim Mockup" not in text and "Focal Point for RAG" not in text


def filled(answer):
    """What a browser sends of a page of the admin that nobody has changed."""
    formsets = [one.formset for one in answer.context["inline_admin_formsets"]]
    forms = [answer.context["adminform"].form, *(one.management_form for one in formsets)]
    forms += [form for formset in formsets for form in formset.forms]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_a_proposed_activity_comes_to_the_list_the_calendar_the_search_and_the_annual_report(people):
    typed = {"title": "A seminar, made up", "kind": "seminar", "starts_on": "2025-11-04", "ends_on": "2025-11-05"}
    typed |= {"place": "Testville", "regions": ["D"], "sectors": ["T"], "source": "ISCG/99-1/08", "why": "Made up"}
    assert people.kim.post("/en/workspace/subjects/emf/activity/", typed).status_code == 302
    proposal = Proposal.objects.get()
    assert "A seminar, made up" not in read(people.reader, "/en/activities/?year=2025")
    assert "A seminar, made up" in read(people.desk, f"/admin/workspace/proposal/{proposal.pk}/change/")
    ticked = {"points": list(proposal.changes.values_list("pk", flat=True)), "reason": "By telephone"}
    answer = people.desk.post(f"/admin/workspace/proposal/{proposal.pk}/accept/", ticked)
    assert answer.status_code == 302
    made = Activity.objects.get(title_en="A seminar, made up")
    address = f"/en/activities/{made.code}/"
    assert address in read(people.kim, "/en/workspace/")
    for page in ("/en/activities/?year=2025", "/en/search/?q=seminar", "/en/subjects/emf/"):
        assert address in read(people.reader, page)
    for page in (address, "/en/activities.ics?year=2025", f"/en/activities/{made.code}.ics"):
        assert "A seminar, made up" in read(people.reader, page).replace("\\,", ",")

    change = f"/admin/studies/activity/{made.pk}/change/"
    answer = people.desk.post(change, filled(people.desk.get(change)) | {"state": "held"})
    assert answer.status_code == 302, answer.context["errors"]
    assert "STATUS:CONFIRMED" in read(people.reader, f"/en/activities/{made.code}.ics")
    report = open_report("2025")
    rows = generated(report, gather(report))["activities"]["rows"]
    held = ("EMF", "A seminar, made up", "Africa", "4–5 November 2025", "Testville", "held")
    assert held in [tuple(row) for row in rows]
    assert "A seminar, made up" in read(people.desk, f"/admin/reports/annualreport/{report.pk}/preview/")
