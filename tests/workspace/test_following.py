"""Following by e-mail: asked for, confirmed by the reader, stopped at once; nobody else learns of it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from changes.topics import COMPOSITION
from iscg_portal import record_version
from iscg_portal.mail.models import Mail
from iscg_portal.mail.one_time import digest_of
from studies.models import StudyUnit
from tests import world as w
from workspace.access.erasing import erase_what_is_over
from workspace.following import acts as following
from workspace.following.models import DAYS_TO_CONFIRM
from workspace.models import Follow

pytestmark = pytest.mark.django_db
FORM = "/en/follow/"
READER = "reader@example.org"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def link_in_mail(kind):
    """The path of the newest link of this kind in the outbox."""
    return re.search(rf"/[a-z]{{2}}/follow/{kind}/[^\s]+", Mail.objects.first().text)[0]


def following_reader(about=COMPOSITION, email=READER):
    """A follow that was asked for and confirmed."""
    following.ask(email, about)
    assert following.confirm(link_in_mail("confirm").split("/")[-2])
    return Follow.objects.get(email=email, about=about)


def test_asking_sends_a_link_and_follows_nothing_yet(client):
    assert client.post(FORM, {"about": "", "email": READER}).status_code == 302
    assert Mail.objects.get().to == READER
    assert not Follow.objects.confirmed().exists()


def test_opening_the_link_only_shows_and_pressing_the_button_confirms(client):
    following.ask(READER, COMPOSITION)
    page = client.get(link_in_mail("confirm"))
    assert page.status_code == 200
    assert not Follow.objects.confirmed().exists()
    assert client.post(link_in_mail("confirm")).status_code == 200
    assert Follow.objects.confirmed().get().email == READER


def test_only_the_digest_of_the_link_is_kept_beside_the_address():
    following.ask(READER, COMPOSITION)
    assert Follow.objects.get().token_digest == digest_of(link_in_mail("confirm").split("/")[-2])


def test_link_is_good_once(client):
    following.ask(READER, COMPOSITION)
    link = link_in_mail("confirm")
    assert [client.post(link).status_code, client.post(link).status_code, client.get(link).status_code] == [
        200,
        410,
        410,
    ]


def test_link_that_is_too_old_confirms_nothing():
    following.ask(READER, COMPOSITION, timezone.now() - timedelta(days=DAYS_TO_CONFIRM, seconds=1))
    assert not following.confirm(link_in_mail("confirm").split("/")[-2])


@pytest.mark.parametrize("token", ["forged", "a" * 300, "чужой"])
def test_forged_link_says_a_sentence_and_shows_nothing(client, token):
    page = client.get(f"/en/follow/confirm/{token}/")
    assert page.status_code == 410
    assert "is incomplete" in page.content.decode()


def test_page_of_a_link_is_told_to_nobody(client):
    following.ask(READER, COMPOSITION)
    page = client.get(link_in_mail("confirm"))
    kept = page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"]
    assert kept == ("private, no-store", "no-referrer", "noindex")
    assert READER not in page.content.decode()


def test_asking_again_replaces_the_link_and_makes_no_second_row():
    following.ask(READER, COMPOSITION)
    first = link_in_mail("confirm")
    following.ask(READER.upper(), COMPOSITION)
    assert Follow.objects.count() == 1
    assert link_in_mail("confirm") != first


def test_nobody_is_subscribed_twice(world):
    following_reader("emf")
    following.ask(READER, "emf")
    assert "already follow" in Mail.objects.first().subject
    assert link_in_mail("stop")
    assert Follow.objects.count() == 1


def what_is_seen(email):
    """Status, place to go, number of queries and the page that comes then."""
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(FORM, {"about": "", "email": email})
    return answer.status_code, answer["Location"], len(queries), client.get(answer["Location"]).content


def test_answer_does_not_tell_whether_an_address_follows_already():
    following_reader(email="known@example.org")
    following.ask("waiting@example.org", COMPOSITION)
    seen = [what_is_seen(f"{name}@example.org") for name in ("warm-up", "known", "waiting", "unknown")]
    assert seen[1] == seen[2] == seen[3]


@pytest.mark.parametrize(
    "email",
    ["a@example.org\nBcc: b@example.org", f"{'a' * 300}@example.org", "читатель@пример", ""],
)
def test_address_that_is_none_is_refused_with_a_sentence(client, email):
    answer = client.post(FORM, {"about": "", "email": email})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not Mail.objects.exists()


def test_subject_that_is_not_on_record_is_refused_with_a_sentence(world, client):
    assert client.post(FORM, {"about": "nope", "email": READER}).status_code == 400
    assert "No subject with this code" in client.get(f"{FORM}?subject=NOPE").content.decode()
    assert not Follow.objects.exists()


def test_one_address_is_not_written_to_endlessly(client):
    answers = [client.post(FORM, {"about": "", "email": READER}).status_code for _ in range(8)]
    assert answers == [302] * 5 + [429] * 3
    assert Mail.objects.count() == 5


def test_form_of_another_site_is_refused():
    assert Client(enforce_csrf_checks=True).post(FORM, {"about": "", "email": READER}).status_code == 403


@pytest.mark.parametrize(("page", "link"), [("composition/changes/", ""), ("subjects/emf/", "?about=emf")])
def test_public_pages_lead_to_the_form(world, client, page, link):
    assert f'href="/en/follow/{link}"' in client.get(f"/en/{page}").content.decode()
    assert client.get(f"{FORM}{link}").status_code == 200


def test_form_from_the_page_of_a_subject_has_it_chosen(world, client):
    assert '<option value="emf" selected>' in client.get(f"{FORM}?subject=EMF").content.decode()


def test_request_that_nobody_confirmed_vanishes_and_a_follow_stays(world):
    follow = following_reader()
    following.ask("other@example.org", "emf", timezone.now() - timedelta(days=DAYS_TO_CONFIRM, seconds=1))
    assert erase_what_is_over().requests == 1
    assert Follow.objects.get() == follow


def test_opening_the_link_at_the_end_only_shows_a_button(client):
    address = following.stop_address(following_reader())
    assert "<button" in client.get(address).content.decode()
    assert Follow.objects.exists()


def test_mail_program_unsubscribes_by_one_post_and_the_row_is_deleted(settings):
    address = following.stop_address(following_reader())
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):  # doing it again does no harm
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follow.objects.exists()


def test_unsubscribing_sets_no_cookie(client):
    assert not client.get(following.stop_address(following_reader())).cookies


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: f"9{token}", lambda token: "1"])
def test_forged_link_unsubscribes_nobody(client, change):
    token = following.stop_address(following_reader()).split("/")[-2]
    assert client.post(f"/en/follow/stop/{change(token)}/").status_code == 404
    assert Follow.objects.exists()


def test_forged_host_writes_no_mail(client):
    assert client.post(FORM, {"about": "", "email": READER}, HTTP_HOST="evil.example").status_code == 400
    assert not Mail.objects.exists()


def test_following_is_no_change_of_the_record(world):
    before = record_version.current()
    following.stop(following_reader().pk)
    assert record_version.current() == before


def test_mail_and_pages_are_in_the_language_of_the_form(client):
    client.post("/ar/follow/", {"about": "", "email": READER})
    assert Mail.objects.get().language == "ar"
    assert link_in_mail("confirm").startswith("/ar/")


def test_button_works_in_a_browser_that_tells_no_origin_since_the_page_has_no_referrer():
    following.ask(READER, COMPOSITION)
    strict = Client(enforce_csrf_checks=True)
    assert not strict.get(link_in_mail("confirm")).cookies
    assert strict.post(link_in_mail("confirm"), headers={"origin": "null"}).status_code == 200


def test_a_follow_of_a_reader_who_has_an_account_is_among_my_data(client):
    account = w.account(READER)
    following_reader()
    client.force_login(account)
    assert client.get("/en/workspace/my-data.json").json()["follows"][0]["confirmed_at"]


def test_owner_of_an_account_sees_what_the_address_follows_and_can_end_it(world, client):
    for about in (COMPOSITION, "emf", "acc", "iot"):
        following_reader(about)
    client.force_login(w.account(READER))
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/en/workspace/my-data/").content.decode()
    assert page.count("/en/follow/stop/") == 4
    assert len(queries) <= 12


def test_link_to_what_is_gone_says_so(client):
    following.ask(READER, "gone")
    response = client.post(link_in_mail("confirm"))
    assert response.status_code == 410 and "no longer on record" in response.content.decode()
    assert not Follow.objects.confirmed().exists()


@pytest.mark.parametrize(
    "about",
    [
        "calendar/",
        "mapping/",
        "activities/",
        "activities/2025-1",
        "people/ada-testperson",
        "bodies/RAG",
        "units/{unit}",
        "emf",
    ],
)
def test_anything_can_be_followed_by_mail_and_as_a_feed(world, client, about):
    about = about.format(unit=StudyUnit.objects.first().slug)
    page = client.get(FORM, {"about": about}).content.decode()
    assert f'value="{about}" selected' in page
    feed = re.search(r'href="([^"]*\.atom)"', page)[1]
    assert client.get(feed)["Content-Type"].startswith("application/atom+xml")
    assert client.post(FORM, {"about": about, "email": READER}).status_code == 302
    assert client.post(link_in_mail("confirm")).status_code == 200
    assert Follow.objects.get().about == about


def test_owner_reads_that_a_follow_leads_nowhere(client):
    following_reader(COMPOSITION)
    Follow.objects.update(about="gone")
    client.force_login(w.account(READER))
    assert "leads nowhere any more" in client.get("/en/workspace/my-data/").content.decode()


@pytest.mark.parametrize("address", ["people/nobody", "subjects/gone", "bodies/nope"])
def test_feed_of_what_is_gone_says_so(world, client, address):
    response = client.get(f"/en/{address}.atom")
    assert response.status_code == 404 and "not on record, or no longer" in response.content.decode()


def test_what_is_not_on_record_is_not_offered(world, client):
    assert client.get(FORM, {"about": "people/nobody"}).status_code == 404
    assert client.get(FORM, {"about": "people/é"}).status_code == 404
    assert client.post(FORM, {"about": "people/nobody", "email": READER}).status_code == 400
