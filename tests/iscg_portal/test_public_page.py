"""A public page is the same for everyone and cacheable by anyone (rule 15)."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from iscg_portal.web.language_prefix import language_patterns
from iscg_portal.web.page_tag import preferred_encoding
from iscg_portal.web.public_page import CACHE_CONTROL, SignedInStateRefused, public_page, takes
from members.models import Country

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
rendered = []


@public_page
@takes("on", "q")
def countries(request):
    rendered.append(request.get_full_path())
    return HttpResponse(f"{Country.objects.count()} countries " + "and so on " * 100)


@public_page
def short(request):
    return HttpResponse("short")


@public_page
def greeting(request):
    return HttpResponse(f"Hello {request.user} {sorted(request.COOKIES)}")


@public_page
def moved(request):
    return HttpResponseRedirect("/en/short/")


@public_page
def remembers_a_visit(request):
    request.session["seen"] = True


urlpatterns = language_patterns(
    path("countries/", countries),
    path("short/", short),
    path("greeting/", greeting),
    path("moved/", moved),
    path("remembers/", remembers_a_visit),
)


def test_says_how_long_anyone_may_keep_it(client):
    response = client.get("/en/countries/")
    assert response["Cache-Control"] == CACHE_CONTROL
    assert response["ETag"].startswith('"')
    assert response["Vary"] == "Accept-Encoding"


def test_sets_no_cookie_even_for_the_signed_in(client, admin_user):
    client.force_login(admin_user)
    response = client.get("/en/countries/")
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_is_the_same_for_the_signed_in(client, admin_user):
    anonymous = client.get("/en/greeting/").content
    client.force_login(admin_user)
    assert client.get("/en/greeting/").content == anonymous


def test_cannot_touch_the_session(client):
    with pytest.raises(SignedInStateRefused):
        client.get("/en/remembers/")


def test_unchanged_page_is_answered_with_one_query_and_not_made_again(client, django_assert_num_queries):
    tag = client.get("/en/countries/")["ETag"]
    rendered.clear()
    with django_assert_num_queries(1):
        response = client.get("/en/countries/", headers={"if-none-match": tag})
    assert (response.status_code, response["ETag"], response["Cache-Control"]) == (304, tag, CACHE_CONTROL)
    assert rendered == []


def test_tag_that_a_proxy_made_weak_is_known(client):
    tag = client.get("/en/countries/")["ETag"]
    assert client.get("/en/countries/", headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304


def test_any_change_of_the_record_changes_the_tag(client):
    tag = client.get("/en/countries/")["ETag"]
    Country.objects.create(code="CH")
    response = client.get("/en/countries/", headers={"if-none-match": tag})
    assert response.status_code == 200
    assert response.content.startswith(b"1 countries")


def test_language_query_and_address_each_have_a_tag_of_their_own(client):
    addresses = ["/en/countries/", "/fr/countries/", "/en/countries/?on=2025-02-12", "/en/short/"]
    assert len({client.get(address)["ETag"] for address in addresses}) == 4


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_is_compressed_for_who_can_read_it(client, encoding, unpack):
    plain = client.get("/en/countries/")
    packed = client.get("/en/countries/", headers={"accept-encoding": encoding})
    assert packed["Content-Encoding"] == encoding
    assert unpack(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


def test_compressed_page_is_recognised_by_its_own_tag(client):
    headers = {"accept-encoding": "gzip, br"}
    tag = client.get("/en/countries/", headers=headers)["ETag"]
    response = client.get("/en/countries/", headers=headers | {"if-none-match": tag})
    assert (response.status_code, response["ETag"]) == (304, tag)


def test_short_page_is_not_compressed(client):
    assert "Content-Encoding" not in client.get("/en/short/", headers={"accept-encoding": "br"})


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=0.5, br", "br"),
        ("GZIP", "gzip"),
    ],
)
def test_encoding_follows_the_header(accepted, chosen):
    assert preferred_encoding(accepted) == chosen


def test_head_says_the_length_and_sends_nothing(client):
    page, head = client.get("/en/countries/"), client.head("/en/countries/")
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", str(len(page.content)), page["ETag"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused_with_a_sentence(client, method):
    response = getattr(client, method)("/en/countries/", headers={"accept": "application/json"})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["error"] == "This address can only be read (GET, HEAD)."


def test_endless_query_is_refused_and_the_next_request_works(client):
    response = client.get("/en/countries/?on=" + "9" * 3000, headers={"accept": "application/json"})
    assert response.status_code == 414
    assert "2000 characters" in response.json()["error"]
    assert client.get("/en/countries/").status_code == 200


def test_redirect_may_be_kept_by_anyone(client):
    response = client.get("/en/moved/")
    assert (response.status_code, response["Cache-Control"]) == (302, CACHE_CONTROL)


def test_null_character_in_the_query_is_refused(client):
    assert client.get("/en/countries/?q=%00", headers={"accept": "application/json"}).status_code == 400


def test_host_that_is_not_ours_is_refused(client):
    assert client.get("/en/countries/", headers={"host": "elsewhere.example"}).status_code == 400


def test_tag_of_a_public_page_says_nothing_about_other_addresses(client):
    tag = client.get("/en/countries/")["ETag"]
    for address in ("/en/nowhere/", "/en/short/", "/fr/countries/"):
        assert client.get(address, headers={"if-none-match": tag}).status_code != 304
