"""What a reader is told when a request cannot be answered."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import path

from iscg_portal import urls as real
from iscg_portal.web.errors import NotAllowed, gone
from members.models import Country
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
SENTENCE = "There is no day 30 February."


def view_that(raises):
    def view(request):
        raise raises

    return view


def view_that_looks_up(request):
    get_object_or_404(Country, code="XX")


urlpatterns = [
    path("en/bad/", view_that(BadRequest(SENTENCE))),
    path("en/bad.json", view_that(BadRequest(SENTENCE))),
    path("en/missing/", view_that(Http404(SENTENCE))),
    path("en/unknown/", view_that_looks_up),
    path("en/suspicious/", view_that(SuspiciousOperation("secret detail"))),
    path("en/forbidden/", view_that(PermissionDenied("secret detail"))),
    path("en/not-yours/", view_that(NotAllowed(SENTENCE))),
    path("en/spent/", lambda request: gone(request, SENTENCE)),
    path("en/broken/", view_that(RuntimeError("secret detail"))),
    *real.urlpatterns,
]
handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/en/bad/", 400, SENTENCE),
        ("/en/missing/", 404, SENTENCE),
        ("/en/unknown/", 404, "There is no page at this address."),
        ("/en/nowhere/", 404, "There is no page at this address."),
        ("/de/", 404, "There is no page at this address."),
        ("/en/suspicious/", 400, "This request could not be understood."),
        ("/en/forbidden/", 403, "You may not see or change this."),
        ("/en/not-yours/", 403, SENTENCE),
        ("/en/broken/", 500, "The portal could not answer this request."),
    ],
)
def test_page_says_so_in_a_sentence(client, address, status, sentence):
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    page = response.content.decode()
    assert sentence in page
    assert "<h1>" in page
    assert "secret detail" not in page


def test_a_page_that_is_not_there_offers_the_main_pages_and_those_of_a_like_address(client):
    page = client.get("/en/compositon/").content.decode()
    assert "Did you mean:" in page
    assert page.count('href="/en/composition/"') == 3  # in the menu, as meant, among the main pages
    assert '<input id="search-page"' in page
    assert '<a href="/en/subjects/"><bdi>' in client.get("/en/subjects/no-such/").content.decode()
    assert "Did you mean:" not in client.get("/en/nowhere/").content.decode()


@pytest.mark.parametrize(("address", "headers"), [("/en/bad.json", {}), ("/en/bad/", {"accept": "application/json"})])
def test_who_asks_for_json_gets_json(client, address, headers):
    response = client.get(address, headers=headers)
    assert (response.status_code, response.json()) == (400, {"status": 400, "error": SENTENCE})


def test_browser_that_also_takes_json_gets_a_page(client):
    headers = {"accept": "text/html,application/json;q=0.9"}
    assert client.get("/en/bad/", headers=headers)["Content-Type"].startswith("text/html")


def test_sentence_follows_the_language_of_the_address(client):
    assert client.get("/fr/nowhere/")["Content-Language"] == "fr"


def test_forbidden_host_name_is_refused_with_a_sentence(client):
    response = client.get("/en/nowhere/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "This request could not be understood." in response.content.decode()


@pytest.mark.parametrize(("origin", "kept"), [("http://testserver", True), ("https://elsewhere.example", False)])
def test_form_whose_token_is_gone_is_refused_with_a_sentence_and_what_was_typed_is_for_our_own_pages(origin, kept):
    typed = {"text": "Typed at length", "password": "Secret"}
    response = Client(enforce_csrf_checks=True).post("/en/corrections/new/", typed, headers={"origin": origin})
    page = response.content.decode()
    assert response.status_code == 403
    assert "This form was too old or came from another site." in page and "Secret" not in page
    assert ("Typed at length</textarea>" in page) == kept


TYPED = {"comment": "Typed <b>at length</b>", "password": "Secret", "seen": "0f0f", "meeting": "12", "_save": "Save"}
TYPED |= {"seen-12": "0f0f", "next": "/en/"}
OURS = {"origin": "http://testserver"}
OF_A_ONE_TIME_LINK = {"origin": "null", "sec-fetch-site": "same-origin"}
OF_ANOTHER_SITE = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
REFUSING = ["forbidden", "not-yours", "missing", "unknown", "spent"]


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("headers", [OURS, OF_A_ONE_TIME_LINK], ids=["ours", "of a one-time link"])
@pytest.mark.parametrize("address", REFUSING)
def test_who_typed_into_a_form_that_is_not_taken_gets_it_back(client, address, headers, signed_in):
    if signed_in:
        client.force_login(world.account())
    answer = client.post(f"/en/{address}/", TYPED, headers=headers)
    page = answer.content.decode()
    assert "Typed &lt;b&gt;at length" in page and "Nothing was saved; what you wrote is still here." in page
    assert page.count("<textarea") == page.count("at length") == 1 and "Secret" not in page
    assert "no-store" in answer["Cache-Control"]
    assert "what you wrote" not in client.get(f"/en/{address}/", headers=headers).content.decode()


@pytest.mark.parametrize("headers", [OF_ANOTHER_SITE, {"origin": "null"}, {}])
@pytest.mark.parametrize("address", [*REFUSING, "nowhere", "follow/confirm/made-up"])
def test_no_page_repeats_what_another_site_sends(client, address, headers):
    answer = client.post(f"/en/{address}/", TYPED, headers=headers)
    assert answer.status_code >= 400 and "at length" not in answer.content.decode()
