"""Finished public pages are kept by each worker, and a kept page is the page as it would be made now."""

import tracemalloc

import pytest
from django.db import InterfaceError
from django.http import HttpResponse
from django.urls import path

from iscg_portal.web import page_cache
from iscg_portal.web.language_prefix import language_patterns
from iscg_portal.web.page_cache import BYTES_OF_AN_ENTRY, KeptPage, KeptPages, kept_pages
from iscg_portal.web.public_page import public_file, public_page, takes
from members.models import Country
from tests.served import kept, served

ENCODINGS = ("", "gzip", "br")
made = []


@public_page
@takes("on")
def countries(request):
    made.append(request.get_full_path())
    response = HttpResponse(f"{Country.objects.count()} countries " + "and so on " * 100)
    response["Content-Disposition"] = "inline"
    return response


@public_page
def refused(request):
    made.append(request.get_full_path())
    return HttpResponse("no such filter", status=400)


@public_file
def stored(request):
    made.append(request.get_full_path())
    return HttpResponse("a stored file", headers={"ETag": '"its own"'})


def private(request):
    made.append(request.get_full_path())
    return HttpResponse("for one reader")


urlpatterns = language_patterns(
    path("countries/", countries),
    path("refused/", refused),
    path("stored/", stored),
    path("private/", private),
)
in_the_portal = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def nothing_made():
    made.clear()


def ask(client, address="/en/countries/", method="get", encoding="", **headers):
    return getattr(client, method)(address, headers={"accept-encoding": encoding} | headers)


def headers_of(response):
    return sorted((name.lower(), value) for name, value in response.items())


# What readers get


@in_the_portal
def test_page_is_made_once_and_then_costs_one_query(client, db, django_assert_num_queries):
    first = ask(client)
    with django_assert_num_queries(1):
        second = ask(client)
    assert made == ["/en/countries/"]
    assert second.content == first.content


@in_the_portal
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_kept_page_has_the_status_content_and_every_header_of_the_page_as_made(client, db, encoding, method):
    as_made = ask(client, method=method, encoding=encoding)
    kept_pages.clear()
    ask(client, encoding=encoding)
    made.clear()
    as_kept = ask(client, method=method, encoding=encoding)
    assert made == []
    assert headers_of(as_kept) == headers_of(as_made)
    assert (as_kept.status_code, as_kept.content) == (as_made.status_code, as_made.content)
    named = {name for name, _value in headers_of(as_kept)}
    assert {"content-security-policy", "permissions-policy", "x-frame-options", "content-language"} <= named


@in_the_portal
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_not_modified_says_the_same_whether_the_page_is_kept_or_not(client, db, encoding, django_assert_num_queries):
    tag = ask(client, encoding=encoding)["ETag"]
    answers = []
    for forget in (False, True):
        kept_pages.clear() if forget else None
        with django_assert_num_queries(1):
            answers.append(ask(client, encoding=encoding, **{"if-none-match": tag}))
    assert [answer.status_code for answer in answers] == [304, 304]
    for name in ("ETag", "Cache-Control", "Vary"):
        assert answers[0][name] == answers[1][name]
    assert made == ["/en/countries/"]


@in_the_portal
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_whole_page_follows_a_not_modified_that_a_worker_answered_before_it_kept_the_page(client, db, encoding):
    whole = ask(client, encoding=encoding)
    kept_pages.clear()  # another worker has yet to make it
    assert ask(client, encoding=encoding, **{"if-none-match": whole["ETag"]}).status_code == 304
    after = ask(client, encoding=encoding)
    assert (after.status_code, after.content) == (200, whole.content)


@in_the_portal
def test_kept_page_answers_after_a_server_has_closed_and_added_to_the_response(client, db):
    ask(client)
    ask(client)["X-Added"] = "by a proxy in the same process"
    assert "X-Added" not in ask(client)


@in_the_portal
def test_pages_differ_by_language_and_query(client, db):
    for address in ("/en/countries/", "/fr/countries/", "/en/countries/?on=2025-02-12"):
        ask(client, address)
    assert len(made) == len(kept_pages) == 3


@in_the_portal
def test_change_of_the_record_drops_every_page(client, db):
    ask(client)
    ask(client, "/fr/countries/")
    Country.objects.create(code="CH")
    assert ask(client).content.startswith(b"1 countries")
    assert len(kept_pages) == 1


@in_the_portal
def test_new_day_drops_every_page(client, db, monkeypatch):
    ask(client)
    monkeypatch.setattr("iscg_portal.web.page_tag.today", lambda: "the next day")
    ask(client)
    assert len(made) == 2
    assert len(kept_pages) == 1


@in_the_portal
@pytest.mark.parametrize("address", ["/en/refused/", "/en/stored/", "/en/private/", "/en/nowhere/"])
def test_nothing_but_a_whole_public_page_is_kept(client, db, address):
    ask(client, address)
    assert len(kept_pages) == 0


@in_the_portal
def test_address_that_is_no_public_page_costs_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        ask(client, "/en/private/")
        ask(client, "/en/nowhere/")


@in_the_portal
def test_while_developing_every_page_is_made(client, db, settings):
    settings.DEBUG = True
    ask(client)
    ask(client)
    assert (len(made), len(kept_pages)) == (2, 0)


@in_the_portal
def test_kept_page_is_refused_to_a_host_that_is_not_ours(client, db):
    tag = ask(client)["ETag"]
    for headers in ({}, {"if-none-match": tag}):
        assert ask(client, host="elsewhere.example", **headers).status_code == 400


@in_the_portal
def test_kept_page_is_still_sent_to_https_first(client, db, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["iscg.example"]
    host = {"host": "iscg.example"}
    assert client.get("/en/countries/", secure=True, headers=host).status_code == 200
    assert len(kept_pages) == 1
    assert client.get("/en/countries/", headers=host).status_code == 301


# What the server gets, before Django makes a request


@in_the_portal
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_server_gets_a_kept_page_as_django_makes_it(db, encoding, django_assert_num_queries):
    headers = {"accept-encoding": encoding}
    as_made = served("/en/countries/", headers=headers)
    with django_assert_num_queries(1):
        as_kept = served("/en/countries/", headers=headers)
    assert as_kept == as_made
    assert made == ["/en/countries/"]


@in_the_portal
@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}'])
def test_server_gets_not_modified_as_django_says_it(client, db, known):
    tag = ask(client)["ETag"]
    told = ask(client, **{"if-none-match": tag})
    assert served("/en/countries/", headers={"if-none-match": known.format(tag)}) == (304, sorted(told.items()), b"")


@in_the_portal
def test_server_gets_a_changed_page_anew(client, db):
    ask(client)
    Country.objects.create(code="CH")
    assert served("/en/countries/")[2].startswith(b"1 countries")


@in_the_portal
@pytest.mark.parametrize(
    "asked", [{"HTTP_HOST": "elsewhere.example"}, {"wsgi.url_scheme": "https"}, {"HTTP_X_FORWARDED_PROTO": "https"}]
)
def test_server_gets_no_page_that_was_kept_under_another_host_or_scheme(db, asked):
    served("/en/countries/")
    assert kept("/en/countries/")
    assert kept("/en/countries/", **asked) is None


@in_the_portal
@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_server_gets_what_django_answers_to_every_other_method(client, db, method):
    ask(client)
    status, _headers, content = served("/en/countries/", method)
    assert (status, bool(content)) == ((200, False) if method == "HEAD" else (405, True))


@in_the_portal
def test_server_asks_django_where_the_database_is_lost(client, db, monkeypatch):
    def lost():
        raise InterfaceError

    ask(client)
    monkeypatch.setattr("iscg_portal.record_version.current", lost)
    assert kept("/en/countries/") is None


# What is kept


def page(content=b"x" * 1_000, address="/en/", **headers):
    return KeptPage.of(HttpResponse(content, headers=headers), address)


def test_pages_not_asked_for_longest_go_first():
    kept = KeptPages(most_bytes=3 * page().bytes, most_bytes_of_a_page=10_000)
    for key in "abc":
        kept.keep("now", key, page())
    kept.find("now", "a")
    kept.keep("now", "d", page())
    assert [key for key in "abcd" if key in kept] == ["a", "c", "d"]
    assert kept.bytes == 3 * page().bytes


def test_page_kept_twice_is_counted_once():
    kept = KeptPages()
    kept.keep("now", "a", page())
    kept.keep("now", "a", page(b"longer" * 1_000))
    assert kept.bytes == page(b"longer" * 1_000).bytes


def test_page_that_would_push_out_many_is_not_kept():
    kept = KeptPages(most_bytes=100_000, most_bytes_of_a_page=5_000)
    kept.keep("now", "a", page(b"x" * 5_000))
    assert "a" not in kept


def test_page_of_another_state_is_not_found():
    kept = KeptPages()
    kept.keep("before", "a", page())
    assert kept.find("now", "a") is None
    assert (len(kept), kept.bytes) == (0, 0)


def test_what_is_counted_is_what_the_memory_holds(client, db):
    headers = dict(ask(client, "/en/privacy/").items())
    kept = KeptPages()
    tracemalloc.start()
    for number in range(1_000):
        address = f"/en/subjects/?on=2025-02-12&page={number}"
        own = headers | {"ETag": f'"{number:032}-br"', "Content-Length": str(4_000 + number)}
        kept.keep("now", (address, "br"), KeptPage.of(HttpResponse(b"%8000d" % number, headers=own), address))
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == 1_000
    assert kept.bytes * 0.8 <= held <= kept.bytes


def test_cache_is_bounded_by_64_megabytes_and_knows_its_overhead():
    assert page_cache.MOST_BYTES == 64_000_000
    assert page(b"").bytes > BYTES_OF_AN_ENTRY
