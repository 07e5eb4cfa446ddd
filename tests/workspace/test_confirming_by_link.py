"""A link before a meeting: opening it only shows the person's own offices, answering spends it, once."""

from datetime import date, timedelta

import pytest
from django.test import Client

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from meetings.models import Meeting
from members.acts.merging import merge_persons
from tests import world as build
from workspace.models import EntryLink, Proposal
from workspace.proposals.entries import ask_again

ADDRESS_IN_MAIL = "/en/confirm/"


@pytest.fixture
def link_of(world):
    """`link_of(person)`: the path of the link in the mail that the person gets today."""

    def asked(person):
        build.contact_data(person, email="reached@example.org", phone="+41 00 111 22 33", note="Secretnote")
        ask_again(person)
        return path_in(Mail.objects.first())

    return asked


def path_in(mail):
    return ADDRESS_IN_MAIL + mail.text.partition(ADDRESS_IN_MAIL)[2].split()[0]


def answer(client, path, kind="confirm", **typed):
    """Open the page and send what a browser would send, with these fields typed over it."""
    form = client.get(path).context["form"]
    return client.post(path, {name: form[name].value() or "" for name in form.fields} | typed | {"answer": kind})


def confirmed_on(person):
    return person.coordinator_set.get().last_confirmed_on


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_only_shows(world, client, link_of, method):
    path = link_of(world.ina)
    assert getattr(client, method)(path).status_code == 200
    assert not EntryLink.objects.exclude(answered_at=None).exists()
    assert confirmed_on(world.ina) is None


def test_it_shows_the_persons_offices_and_nothing_else(world, client, link_of):
    page = client.get(link_of(world.ina)).content.decode()
    assert "Coordinator of EMF" in page
    assert "Japan" in page
    for secret in ("reached@example.org", "111 22 33", "Secretnote", "Kim Mockup", "Ada Testperson"):
        assert secret not in page


def test_it_is_told_to_no_other_site_no_cache_and_no_search_engine(world, client, link_of):
    response = client.get(link_of(world.ina))
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_a_confirmation_is_written_into_every_office_with_who_and_how(world, client, link_of):
    other = build.coordinator(world.subjects["IOT"], world.ina, date(2023, 1, 1))
    assert "confirmed as on today" in answer(client, link_of(world.ina)).content.decode()
    term = world.ina.coordinator_set.get(subject__code="EMF")
    other.refresh_from_db()
    assert (term.last_confirmed_on, other.last_confirmed_on) == (today(), today())
    assert term.history.first().history_change_reason == "Confirmed by Ms Ina Sample through a one-time link"


def test_it_can_be_answered_without_a_cookie(world, link_of):
    path, browser = link_of(world.ina), Client(enforce_csrf_checks=True)
    seen = browser.get(path).context["form"].seen_now
    assert browser.post(path, {"answer": "confirm", "seen": seen}, HTTP_ORIGIN="null").status_code == 200


def test_answering_twice_is_refused_with_a_sentence(world, client, link_of):
    path = link_of(world.ina)
    seen = client.get(path).context["form"].seen_now
    answer(client, path)
    for response in (client.get(path), client.post(path, {"answer": "confirm", "seen": seen})):
        assert response.status_code == 410
        assert "already answered" in response.content.decode()
        assert "Ina" not in response.content.decode()
        assert response["Referrer-Policy"] == "no-referrer"


def test_no_log_has_the_address(world, client, link_of, caplog):
    path = link_of(world.ina)
    client.put(path)
    client.post(path, {"answer": "confirm", "seen": "old"})
    answer(client, path)
    client.get(path)
    assert path not in caplog.text


@pytest.mark.parametrize("token", ["x" * 43, "x", "\u202e", "a\nb", "x" * 3000])
def test_a_forged_link_is_not_found(world, client, token):
    for response in (client.get(f"/en/confirm/{token}/"), client.post(f"/en/confirm/{token}/")):
        assert response.status_code == 404
    assert not Proposal.objects.exists()


def test_the_digest_that_is_stored_opens_nothing(world, client, link_of):
    link_of(world.ina)
    assert client.get(f"/en/confirm/{EntryLink.objects.get().digest}/").status_code == 404


def test_an_expired_link_says_so_and_takes_no_answer(world, client, link_of):
    path = link_of(world.ina)
    EntryLink.objects.update(expires_on=today() - timedelta(days=1))
    typed, ours = {"answer": "confirm", "remark": "Typed, made up"}, {"sec-fetch-site": "same-origin"}
    for response in (client.get(path), client.post(path, typed, headers=ours)):
        assert response.status_code == 410
        assert "This link has expired" in response.content.decode()
    assert "Typed, made up</textarea>" in response.content.decode()


def test_a_new_link_ends_the_one_before(world, client, link_of):
    first = link_of(world.ina)
    ask_again(world.ina)
    assert client.get(first).status_code == 410
    assert client.get(path_in(Mail.objects.first())).status_code == 200


def test_an_office_that_ended_leaves_nothing_to_confirm(world, client, link_of):
    path, term = link_of(world.ina), world.ina.coordinator_set.get()
    term.ends_on = today()
    build.saved(term)
    assert client.get(path).status_code == 410


def test_corrections_wait_and_change_nothing(world, client, link_of):
    answer(client, link_of(world.ina), "correct", honorific="Dr", sits_for_0="Kenya", remark="Made up")
    proposal = Proposal.objects.get()
    changes = {one.field: (one.old, one.new) for one in proposal.changes.all()}
    assert changes == {"honorific": ("Ms", "Dr"), "sits_for": ("Japan", "Kenya"), "remark": ("", "Made up")}
    assert (proposal.person, proposal.account, proposal.state) == (world.ina, None, "waiting")
    assert EntryLink.objects.get().answer == "corrected"
    world.ina.refresh_from_db()
    assert (world.ina.honorific, confirmed_on(world.ina)) == ("Ms", None)


def test_no_longer_me_waits_with_its_day(world, client, link_of):
    answer(client, link_of(world.ina), "correct", ends_on_0="2026-03-01")
    change = Proposal.objects.get().changes.get()
    assert (change.office, change.field, change.new) == ("Coordinator of EMF", "ends_on", "2026-03-01")
    assert EntryLink.objects.get().answer == "no longer"
    assert world.ina.coordinator_set.get().ends_on is None


def test_an_office_cannot_be_over_before_it_began_and_the_link_is_not_spent(world, client, link_of):
    response = answer(client, link_of(world.ina), "correct", ends_on_0="2022-04-01")
    assert "It began on 1 April 2022" in response.content.decode()
    assert EntryLink.objects.get().answered_at is None


def test_sending_the_corrections_unchanged_spends_nothing(world, client, link_of):
    response = answer(client, link_of(world.ina), "correct")
    assert "You proposed no change" in response.content.decode()
    assert EntryLink.objects.get().answered_at is None


@pytest.mark.parametrize("kind", ["", "something else"])
def test_an_answer_that_is_none_only_shows_the_page(world, client, link_of, kind):
    assert answer(client, link_of(world.ina), kind).status_code == 200
    assert EntryLink.objects.get().answered_at is None


def test_an_entry_that_changed_since_it_was_opened_is_shown_again(world, client, link_of):
    path = link_of(world.ina)
    seen = client.get(path).context["form"].seen_now
    build.coordinator(world.subjects["IOT"], world.ina, date(2023, 1, 1))
    response = client.post(path, {"answer": "confirm", "seen": seen})
    assert response.status_code == 409
    assert "Coordinator of IOT" in response.content.decode()
    assert EntryLink.objects.get().answered_at is None


def test_after_two_records_of_a_person_were_merged_the_link_is_that_of_the_one_kept(world, client, link_of):
    path = link_of(world.ina)
    merge_persons(world.lea, world.ina, reason="One person")
    assert "Ms Lea Nobody" in client.get(path).content.decode()
    answer(client, path)
    assert confirmed_on(world.lea) == today()


def test_the_page_is_there_in_the_language_of_the_mail(world, client):
    build.account("ina@example.org", person=world.ina, language="ar")
    ask_again(world.ina)
    text = Mail.objects.get().text
    assert client.get(text[text.index("/ar/confirm/") :].split()[0]).status_code == 200


def test_answers_are_limited_as_signing_in_is(world, client):
    statuses = [client.post("/en/confirm/guess/").status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]


def test_a_link_lives_no_longer_than_the_meeting_for_which_it_is(world, link_of):
    last = today() + timedelta(days=5)
    build.meeting("99-1", last)
    link_of(world.ina)
    assert EntryLink.objects.get().expires_on == last


def test_a_meeting_that_is_removed_leaves_the_link(world, client, link_of):
    build.meeting("99-1", today() + timedelta(days=5))
    path = link_of(world.ina)
    Meeting.objects.all().delete()
    assert client.get(path).status_code == 200


def test_a_remark_beside_yes_reaches_the_secretariat(world, client, link_of):
    page = answer(client, link_of(world.ina), remark="My title will change soon").content.decode()
    assert "Your entry is confirmed as on today. The secretariat has what you wrote." in page
    assert confirmed_on(world.ina) == today()
    [change] = Proposal.objects.get().changes.all()
    assert (change.field, change.new) == ("remark", "My title will change soon")


def test_a_plain_yes_proposes_nothing(world, client, link_of):
    answer(client, link_of(world.ina))
    assert not Proposal.objects.exists()


def test_yes_beside_a_changed_field_is_asked_again_and_keeps_what_was_typed(world, client, link_of):
    page = answer(client, link_of(world.ina), name="Ina Sample-Other", remark="See above").content.decode()
    assert "You changed something below and said that everything is right." in page
    assert "Ina Sample-Other" in page and "See above" in page
    assert (confirmed_on(world.ina), Proposal.objects.count()) == (None, 0)


def test_the_button_of_yes_sends_what_was_typed_in_the_form(world, client, link_of):
    page = client.get(link_of(world.ina)).content.decode()
    main = page.partition("<main")[2]
    assert main.count("<form") == main.count('id="entry"') == 1
    assert 'form="entry" name="answer" value="confirm"' in page
