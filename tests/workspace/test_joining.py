"""A delegate asks to take part, confirms the address, and the secretariat decides (clause C5)."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from iscg_portal.mail.models import Mail
from tests import world as w
from workspace.joining import acts as joining
from workspace.models import JoinRequest, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
ADDRESS = "/en/join/"
FORM = {
    "name": "Una Delegate",
    "capacity": "Member State",
    "country": "CH",
    "affiliation": "An administration, made up",
    "email": "una@example.org",
    "message": "Made up",
}


@pytest.fixture(autouse=True)
def switzerland(db):
    return w.country("CH")


def ask(client, **changes):
    return client.post(ADDRESS, FORM | changes)


def link_in_mail():
    return re.search(r"/en/join/[\w-]{20,}/", Mail.objects.latest("pk").text)[0]


def participant(state="waiting", **changes):
    return w.participant(state=state, **(FORM | changes))


@pytest.fixture
def desk(client, settings):
    """The browser of a staff account with every right."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    return client


def page_of(one, act=""):
    return f"/admin/workspace/participant/{one.pk}/{act}"


def test_the_request_is_seen_once_the_address_is_confirmed(client):
    assert ask(client)["Location"] == "/en/join/asked/"
    assert not Participant.objects.exists()
    client.post(link_in_mail())
    found = Participant.objects.get()
    assert (found.email, found.country, found.state) == ("una@example.org", "CH", "waiting")


def test_looking_at_the_link_confirms_nothing(client):
    ask(client)
    page = client.get(link_in_mail())
    assert page.status_code == 200
    assert "Una" not in page.content.decode()
    assert not Participant.objects.exists()
    assert page["Cache-Control"] == "private, no-store"
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_the_link_is_good_once(client):
    ask(client)
    assert [client.post(link_in_mail()).status_code for _ in range(2)] == [200, 410]
    assert "was already used" in client.get(link_in_mail()).content.decode()
    assert Participant.objects.count() == 1


def test_the_link_is_good_for_two_days_and_then_the_request_is_removed(client):
    ask(client)
    JoinRequest.objects.update(good_until=timezone.now() - timedelta(seconds=1))
    assert client.post(link_in_mail()).status_code == 410
    call_command("send_due")
    assert not JoinRequest.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.parametrize("country", ["QX", "Atlantis", "", "ch"])
def test_a_state_that_cannot_be_chosen_is_refused_in_one_sentence(client, country):
    refused = ask(client, country=country).context["form"].errors
    assert refused == {"country": ["Choose the State."]}


@pytest.mark.parametrize("country", ["QX", "Atlantis", ""])
def test_so_it_is_on_the_page_of_staff(desk, country):
    one = participant()
    refused = desk.post(page_of(one, "change/"), FORM | {"state": one.state, "country": country, "language": "en"})
    assert refused.context["adminform"].form.errors["country"] == ["Choose the State."]


@pytest.mark.parametrize("token", ["nope", "a" * 900, "%00", "..", "é"])
def test_a_forged_link_is_told_in_a_sentence(client, token):
    assert client.get(f"/en/join/{token}/").status_code == 404


def test_the_database_does_not_know_the_token(client):
    ask(client)
    assert JoinRequest.objects.get().digest not in link_in_mail()


def test_nothing_tells_whether_an_address_is_known():
    participant(state="takes part")
    w.account("account@example.org")
    seen = []
    for email in (FORM["email"], "account@example.org", "nobody@example.org"):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, email=email)
        seen.append((answer.status_code, answer["Location"], len(queries), client.get(answer["Location"]).content))
    assert seen[0] == seen[1] == seen[2]
    assert Mail.objects.count() == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": f"{'a' * 300}@example.org"},
        {"email": "читатель@пример"},
        {"name": "U" * 201},
        {"affiliation": ""},
        {"capacity": "King"},
        {"country": ""},
        {"country": "ZZ"},
        {"message": "m" * 2001},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client, changes):
    answer = ask(client, **changes)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Mail.objects.exists()


def test_a_name_in_another_script_is_taken(client):
    ask(client, name="وفد مختلق", capacity="Sector Member", affiliation="一个组织")
    client.post(link_in_mail())
    found = Participant.objects.get()
    assert (found.name, found.stands_for, found.country) == ("وفد مختلق", "一个组织", "")


def test_the_mail_says_nothing_that_was_typed(client):
    ask(client, name="Buy things at shop.example", message="Cheap")
    mail = Mail.objects.get()
    assert "shop.example" not in mail.text + mail.html + mail.subject
    assert "Cheap" not in mail.text + mail.html


def test_a_robot_reads_the_same_and_nothing_is_kept(client):
    assert ask(client, website="https://robot.example")["Location"] == "/en/join/asked/"
    assert not JoinRequest.objects.exists()
    assert not Mail.objects.exists()


def test_one_address_is_not_written_to_endlessly(client):
    answers = [ask(Client()).status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert Mail.objects.count() == 5


def test_a_forged_host_and_a_form_of_another_site_are_refused():
    assert Client().post(ADDRESS, FORM, HTTP_HOST="evil.example").status_code == 400
    assert Client(enforce_csrf_checks=True).post(ADDRESS, FORM).status_code == 403
    assert not Mail.objects.exists()


def test_who_asks_twice_waits_once_with_what_was_said_last(client):
    for affiliation in ("First, made up", "Second, made up"):
        ask(client, affiliation=affiliation)
        client.post(link_in_mail())
    assert [one.affiliation for one in Participant.objects.waiting()] == ["Second, made up"]


def test_staff_confirm_and_the_delegate_is_told_in_the_language_of_the_form(desk):
    waiting = participant(language="fr")
    assert "Confirm…" in desk.get(page_of(waiting, "change/")).content.decode()
    assert desk.post(page_of(waiting, "act/confirm/"), {"reason": "Letter of the administration"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "takes part"
    assert Mail.objects.values_list("to", "language").get() == ("una@example.org", "fr")
    version = waiting.history.latest()
    assert (version.history_change_reason, version.history_user.email) == (
        "Letter of the administration",
        "staff@example.org",
    )


def test_a_refusal_needs_a_reason_that_the_delegate_reads(desk):
    waiting = participant()
    assert desk.post(page_of(waiting, "act/refuse/"), {"reason": " "}).status_code == 200
    desk.post(page_of(waiting, "act/refuse/"), {"reason": "Not on the list, made up"})
    waiting.refresh_from_db()
    assert waiting.state == "refused"
    assert "Not on the list, made up" in Mail.objects.get().text


def test_two_who_decide_at_a_time_decide_once():
    waiting = participant()
    joining.admit(waiting)
    with pytest.raises(ValidationError, match="decided in the meantime"):
        joining.refuse(waiting, reason="Too late")
    assert Mail.objects.count() == 1


def test_an_address_takes_part_once():
    participant(state="takes part")
    with pytest.raises(ValidationError, match="already takes part"):
        joining.admit(participant())
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(state="waiting").update(state="takes part", email="UNA@example.org")


def test_the_export_has_who_takes_part_and_no_formula(desk):
    participant(state="takes part", name="=1+1")
    participant(email="waiting@example.org")
    text = desk.get("/admin/workspace/participant/export/csv/").content.decode("utf-8-sig")
    assert "una@example.org,'=1+1,Member State,CH" in text
    assert "waiting@example.org" not in text
    sheet = load_workbook(io.BytesIO(desk.get("/admin/workspace/participant/export/xlsx/").content)).active
    assert [row[0].value for row in sheet.rows] == ["email", "una@example.org"]


@pytest.mark.parametrize("path", ["export/csv/", "PK/act/confirm/", "PK/act/refuse/"])
def test_deciding_and_exporting_are_rights_of_their_own(client, settings, path):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.account("clerk@example.org", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename__in=["view_participant", "change_participant"]))
    client.force_login(account)
    one = participant()
    assert client.get(page_of(one, "change/")).status_code == 200
    assert client.get(f"/admin/workspace/participant/{path.replace('PK', str(one.pk))}").status_code == 403


def test_the_history_keeps_nothing_that_was_said_of_the_delegate():
    columns = {field.name for field in Participant.history.model._meta.fields}
    assert columns.isdisjoint({"name", "email", "affiliation", "message"})


def test_participants_wait_on_the_desk_of_who_may_see_them(desk):
    participant()
    assert "Una Delegate" in desk.get("/admin/").content.decode()


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_the_form_stands_in_six_languages_and_is_linked_from_every_page(client, language):
    assert client.get(f"/{language}/join/").status_code == 200
    assert f'href="/{language}/join/"' in client.get(f"/{language}/contact/").content.decode()
