"""An activity that a Focal Point proposes: judged as the record would, entered once accepted, and its proposer told."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.history import save_with_reason
from iscg_portal.mail.models import Mail
from reports.acts.annual_reports import open_report
from reports.composing import generated
from reports.facts import gather
from studies.models import Activity
from tests import world as build
from workspace.models import Proposal
from workspace.proposals.acts import accept, refuse, withdraw

ADDRESS = "/en/workspace/subjects/emf/activity/"
TYPED = {
    **{"title": "A workshop, made up", "kind": "workshop", "starts_on": "2027-03-04", "ends_on": "2027-03-05"},
    **{"place": "Testville", "regions": ["D", "ATU"], "sectors": ["T", "D"], "interests": ["LDC"]},
    **{"partners": "TESTORG", "languages": "en, fr", "source": "ISCG/99-1/08", "why": "Made up"},
}


@pytest.fixture
def kim(world, client):
    """The browser of EMF's Focal Point."""
    client.force_login(build.account("kim@example.org", person=world.kim, language="fr"))
    return client


@pytest.fixture
def proposal(kim):
    """What Kim proposed."""
    assert kim.post(ADDRESS, TYPED).status_code == 302
    return Proposal.objects.get()


def test_nothing_public_changes_before_it_is_accepted(world, proposal, client):
    before = Activity.objects.count()
    assert "A workshop, made up" not in client.get("/en/activities/?year=2027").content.decode()
    assert (proposal.state, before) == ("waiting", 1)


def test_accepted_it_is_an_activity_with_all_that_was_proposed(world, proposal):
    accept(proposal, by=world.staff, reason="By telephone")
    made = Activity.objects.get(title_en="A workshop, made up", code="2027-1")
    assert (made.starts_on, made.ends_on, made.state) == (date(2027, 3, 4), date(2027, 3, 5), "planned")
    assert (made.regions, made.sectors, made.interests) == (["D", "ATU"], ["T", "D"], ["LDC"])
    assert (made.subject_codes, made.partner_names, made.languages) == (["EMF"], ["TESTORG"], "en; fr")
    assert (made.source, made.source_dated_on) == ("ISCG/99-1/08", timezone.localdate(proposal.made_at))
    assert made.history.first().history_change_reason == "Proposed by Kim Mockup. Made up. By telephone"


@pytest.mark.parametrize("left_out", ["title", "starts_on", "place"])
def test_a_part_that_is_wrong_is_left_out_unless_there_is_no_activity_without_it(world, proposal, left_out):
    points = set(proposal.changes.exclude(row=left_out).values_list("pk", flat=True))
    given = {"by": world.staff, "points": points, "because": "It is wrong, made up"}
    if left_out != "place":
        with pytest.raises(ValidationError, match="An activity has a title and a first day"):
            accept(proposal, **given)
        return
    assert accept(proposal, **given).activity.place == ""


def test_accepted_it_stands_on_the_list_in_the_calendar_and_on_the_subject(world, proposal, client):
    accept(proposal, by=world.staff)
    for address in ("/en/activities/", "/en/activities.ics", "/en/activities/2027-1/", "/en/subjects/emf/"):
        assert "A workshop, made up" in client.get(address).content.decode().replace("\\,", ","), address


def test_from_proposal_to_calendar_to_annual_report(world, kim, client):
    assert kim.post(ADDRESS, TYPED | {"starts_on": "2025-05-04", "ends_on": "2025-05-05"}).status_code == 302
    accept(Proposal.objects.get(), by=world.staff)
    made = Activity.objects.get(title_en="A workshop, made up", code="2025-2")
    made.state = Activity.State.HELD
    save_with_reason(made, "It was held")
    assert "A workshop\\, made up" in client.get("/en/activities.ics?year=2025").content.decode()
    report = open_report("2025")
    rows = generated(report, gather(report))["activities"]["rows"]
    assert ["EMF", "A workshop, made up", "held"] in [[row[0], row[1], row[5]] for row in rows]


def test_the_proposer_is_told_with_the_address_of_its_page(world, proposal, kim):
    accept(proposal, by=world.staff)
    [mail] = Mail.objects.filter(to="kim@example.org")
    assert "/fr/activities/2027-1/" in mail.text and "A workshop, made up" in mail.subject
    page = kim.get("/en/workspace/").content.decode()
    assert "/en/activities/2027-1/" in page and "Accepted".lower() in page.lower()


def test_refused_it_stays_out_and_the_proposer_reads_why(world, proposal):
    refuse(proposal, "Already planned, made up", by=world.staff)
    assert Activity.objects.count() == 1
    [mail] = Mail.objects.filter(to="kim@example.org")
    assert "Already planned, made up" in mail.text and "A workshop, made up" in mail.text


def test_withdrawn_it_cannot_be_accepted(world, proposal):
    withdraw(proposal, by=world.staff)
    with pytest.raises(ValidationError, match="already decided"):
        accept(proposal, by=world.staff)


def test_a_partner_that_is_not_on_record_keeps_all_of_it_out(world, kim):
    kim.post(ADDRESS, TYPED | {"partners": "NEWORG"})
    with pytest.raises(ValidationError, match="Not on record as a partner organization: NEWORG"):
        accept(Proposal.objects.get(), by=world.staff)
    assert Activity.objects.count() == 1 and Proposal.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"starts_on": "March"}, "starts_on"),
        ({"ends_on": "2027-03-01"}, None),
        ({"languages": "English"}, "languages"),
        ({"regions": ["Z"]}, "regions"),
        ({"title": "Ask ina.sample@example.org"}, "title"),
        ({"office": "Ina, ina.sample@example.org"}, "office"),
        ({"source": "Ask ina.sample@example.org"}, "source"),
        ({"web_url": "javascript:alert(1)"}, "web_url"),
    ],
)
def test_what_the_record_would_refuse_is_refused_in_the_form_and_kept_there(kim, wrong, field):
    answer = kim.post(ADDRESS, TYPED | wrong)
    form = answer.context["form"]
    assert answer.status_code == 200 and list(form.errors) == [field or "__all__"]
    assert "Testville" in answer.content.decode() and not Proposal.objects.exists()


def test_only_coordinator_and_focal_points_of_the_subject_propose(world, client):
    client.force_login(build.account("max@example.org", person=world.max))
    assert client.get(ADDRESS).status_code == 404
    answer = client.post(ADDRESS, TYPED)
    assert answer.status_code == 403 and "Testville" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_in_another_language_the_title_is_one_of_that_language(world, kim):
    kim.post(ADDRESS.replace("/en/", "/fr/"), TYPED | {"title": "Un atelier inventé"})
    accept(Proposal.objects.get(), by=world.staff)
    made = Activity.objects.get(code="2027-1")
    assert (made.title_fr, made.original_language) == ("Un atelier inventé", "fr")


def test_staff_see_it_field_by_field(world, proposal, admin_client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    admin_client.force_login(world.staff)
    page = admin_client.get(f"/admin/workspace/proposal/{proposal.pk}/accept/").content.decode()
    for words in ("For which region", "D: Africa", "4 March 2027", "Testville", "ITU-T (standardization)"):
        assert words in page
