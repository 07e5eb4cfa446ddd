"""What is proposed changes nothing before it is accepted, is decided once, and comes back with a reason if refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.mail.models import Mail
from members.models import Person
from subjects.models import Coordinator, Partnership
from tests import world as build
from workspace.models import Proposal
from workspace.proposals import acts as proposal_acts

EMF = "Subject EMF, made up"


@pytest.fixture
def account(world):
    """Ina's, who coordinates EMF."""
    return build.account("ina@example.org", person=world.ina, language="fr")


@pytest.fixture
def emf(world):
    return world.subjects["EMF"]


@pytest.fixture
def propose(world, account, emf):
    """`propose(title="New")`: Ina proposes these fields of EMF."""

    def submitted(language="en", why="Made up", **fields):
        texts = ("title", "summary", "partners")
        changes = [
            proposal_acts.change(name, new, emf if name in texts else None, language=language)
            for name, new in fields.items()
        ]
        return proposal_acts.submit(world.ina, changes, account=account, subject=emf, why=why, language=language)

    return submitted


@pytest.fixture
def of_entry(world):
    """`of_entry(sits_for="Kenya")`: Ina proposes these fields of her own office, through a link."""

    def submitted(**fields):
        term = Coordinator.objects.get(person=world.ina)
        row = {"honorific": world.ina, "name": world.ina, "sits_for": term, "ends_on": term}
        changes = [
            proposal_acts.change(name, new, row.get(name), office="Coordinator of EMF", language="en")
            for name, new in fields.items()
        ]
        return proposal_acts.submit(world.ina, changes, language="en")

    return submitted


def test_nothing_changes_before_it_is_accepted(propose, emf):
    propose(title="A better title")
    emf.refresh_from_db()
    assert emf.title == EMF


def test_old_and_new_are_kept_field_by_field_and_what_is_the_same_is_left_out(propose):
    proposal = propose(title="A better title", summary="", partners="TESTORG")
    assert [(one.field, one.old, one.new) for one in proposal.changes.all()] == [("title", EMF, "A better title")]


def test_what_a_person_proposed_takes_one_query_and_one_for_each_kind_of_office(
    world, of_entry, django_assert_num_queries
):
    of_entry(sits_for="Kenya", ends_on="2030-01-01")
    of_entry(sits_for="Ghana")
    with django_assert_num_queries(2):
        named = [row.label for proposal in Proposal.objects.newest_of(world.ina, 9) for row in proposal.rows]
    assert len(named) == 3 and all(label.startswith("Coordinator of EMF: ") for label in named)


@pytest.mark.parametrize("same", [{"title": EMF}, {"partners": " TESTORG,TESTORG ,"}, {"activities": " "}])
def test_a_proposal_of_nothing_is_refused(propose, same):
    with pytest.raises(ValidationError, match="You proposed no change"):
        propose(**same)


def test_line_ends_of_another_system_are_no_change(propose, emf):
    emf.summary = "One\r\ntwo"
    build.saved(emf)
    with pytest.raises(ValidationError, match="You proposed no change"):
        propose(summary="One\r\ntwo")


def test_the_same_proposal_sent_twice_is_one(propose):
    assert propose(title="A better title") == propose(title="A better title")
    assert Proposal.objects.count() == 1


def test_nobody_floods_the_secretariat(propose):
    for number in range(proposal_acts.MOST_WAITING):
        propose(title=f"Title {number}")
    with pytest.raises(ValidationError, match="are already waiting"):
        propose(title="One more")


def test_accepted_texts_stand_in_the_record_with_who_and_why(world, propose, emf):
    proposal_acts.accept(propose(title="A better title"), by=world.staff, reason="By telephone")
    emf.refresh_from_db()
    assert emf.title == "A better title"
    last = emf.history.first()
    assert last.history_user == world.staff
    assert last.history_change_reason == "Proposed by Ms Ina Sample. Made up. By telephone"


def test_a_text_is_proposed_in_the_language_of_the_page(world, propose, emf):
    proposal_acts.accept(propose(language="fr", title="Un titre inventé"), by=world.staff)
    emf.refresh_from_db()
    assert (emf.title_en, emf.title_fr) == (EMF, "Un titre inventé")


def test_accepted_partners_are_those_of_the_subject(world, propose, emf):
    build.partner(world.subjects["ACC"], "OTHERORG")
    proposal_acts.accept(propose(partners="OTHERORG"), by=world.staff)
    assert [row.partner.abbreviation for row in Partnership.objects.filter(subject=emf)] == ["OTHERORG"]


def test_a_partner_that_is_not_on_record_is_entered_first(world, propose, emf):
    proposal = propose(title="A better title", partners="TESTORG, NEWORG")
    with pytest.raises(ValidationError, match="Not on record as a partner organization: NEWORG"):
        proposal_acts.accept(proposal, by=world.staff)
    emf.refresh_from_db()
    proposal.refresh_from_db()
    assert (emf.title, proposal.state) == (EMF, "waiting")


def test_accepted_activities_write_nothing_into_the_record(world, propose, emf):
    before = emf.history.count()
    proposal_acts.accept(propose(activities="A workshop, made up"), by=world.staff)
    assert emf.history.count() == before


def test_a_record_that_moved_since_is_told_and_accepted_only_knowingly(world, propose, emf):
    proposal = propose(title="A better title")
    emf.title = "Changed by staff"
    build.saved(emf)
    with pytest.raises(ValidationError, match="The record has changed since"):
        proposal_acts.accept(proposal, by=world.staff)
    proposal_acts.accept(proposal, by=world.staff, despite=True)
    emf.refresh_from_db()
    assert emf.title == "A better title"


def test_what_is_decided_is_not_decided_again(world, propose):
    proposal = propose(title="A better title")
    proposal_acts.refuse(proposal, "Not now", by=world.staff)
    with pytest.raises(ValidationError, match="already decided: refused"):
        proposal_acts.accept(proposal, by=world.staff)


def test_a_refusal_goes_back_with_its_reason_in_the_language_of_the_proposal(world, propose):
    assert proposal_acts.refuse(propose(language="fr", title="Un titre"), "Parce que", by=world.staff)
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("ina@example.org", "fr")
    assert "Parce que" in mail.text
    assert "/fr/workspace/" in mail.text


def test_a_refusal_needs_a_reason(world, propose):
    with pytest.raises(ValidationError, match="Say why it is refused"):
        proposal_acts.refuse(propose(title="A better title"), " ", by=world.staff)
    assert not Mail.objects.exists()


def test_who_proposed_through_a_link_gets_the_refusal_at_the_known_address(world, of_entry):
    build.contact_data(world.ina, email="reached@example.org")
    assert proposal_acts.refuse(of_entry(honorific="Dr"), "Not so", by=world.staff)
    assert Mail.objects.get().to == "reached@example.org"


def test_a_refusal_without_any_address_says_so(world, of_entry):
    assert not proposal_acts.refuse(of_entry(honorific="Dr"), "Not so", by=world.staff)


def test_an_accepted_name_and_country_are_those_of_the_entry(world, of_entry):
    build.country("KE")
    proposal_acts.accept(of_entry(name="Ina Example Sample", sits_for="kenya"), by=world.staff)
    term = Coordinator.objects.get(person=world.ina)
    assert (term.person.name, term.country_id, term.organization) == ("Ina Example Sample", "KE", "")


def test_what_is_no_country_on_record_is_an_organization(world, of_entry):
    proposal_acts.accept(of_entry(sits_for="Made-up Sector Member"), by=world.staff)
    term = Coordinator.objects.get(person=world.ina)
    assert (term.country_id, term.organization) == (None, "Made-up Sector Member")


def test_an_accepted_end_ends_the_office_on_that_day(world, of_entry):
    proposal_acts.accept(of_entry(ends_on="2025-03-01"), by=world.staff)
    term = Coordinator.objects.get(person=world.ina)
    assert (term.ends_on, term.ends_precision) == (date(2025, 3, 1), "day")


def test_a_rule_of_the_record_refuses_the_whole_of_it(world, of_entry):
    proposal = of_entry(name="Ina Example", ends_on="2020-01-01")
    with pytest.raises(ValidationError, match="The end must come after the start"):
        proposal_acts.accept(proposal, by=world.staff)
    assert Person.objects.get(pk=world.ina.pk).name == "Ina Sample"


def test_proposals_go_with_the_person_when_two_records_are_merged(world, of_entry):
    from members.acts.merging import merge_persons

    proposal = of_entry(honorific="Dr", sits_for="Made-up Sector Member")
    merge_persons(world.lea, world.ina, reason="One person")
    proposal_acts.accept(proposal, by=world.staff, despite=True)
    assert Coordinator.objects.get(person=world.lea).organization == "Made-up Sector Member"
