"""The blocks that other websites show in a frame: for the named hosts, in six languages, light and dark, no script."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from iscg_portal.environment import hosts
from iscg_portal.tenure.dates import today
from iscg_portal.web.page_cache import kept_pages
from tests import world as build

pytestmark = pytest.mark.django_db

HOST = "https://www.example.org"
BLOCKS = ["composition", "subjects", "next-meeting"]


@pytest.fixture
def named(settings):
    settings.EMBED_ANCESTORS = [HOST]


def policy_of(answer):
    return dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("block", BLOCKS)
def test_only_the_named_hosts_may_frame_a_block(world, client, named, block):
    answer = client.get(f"/en/embed/{block}/")
    assert policy_of(answer)["frame-ancestors"] == f"'self' {HOST}" and "X-Frame-Options" not in answer
    again = client.get(f"/en/embed/{block}/", headers={"if-none-match": answer["ETag"]})
    kept_pages.clear()
    anew = client.get(f"/en/embed/{block}/", headers={"if-none-match": answer["ETag"]})
    assert [again.status_code, anew.status_code] == [304, 304]
    assert policy_of(anew)["frame-ancestors"] == f"'self' {HOST}" and "X-Frame-Options" not in anew


def test_no_other_page_may_be_framed_by_a_named_host(world, client, named):
    for path in ("/en/", "/en/composition/", "/en/embed/", "/en/join/", "/en/embed/nothing/"):
        answer = client.get(path)
        assert policy_of(answer)["frame-ancestors"] == "'none'" and answer["X-Frame-Options"] == "DENY", path


def test_while_no_host_is_named_only_the_portal_shows_them(world, client):
    assert policy_of(client.get("/en/embed/composition/"))["frame-ancestors"] == "'self'"
    assert "No other host may show them yet" in client.get("/en/embed/").content.decode()


@pytest.mark.parametrize(
    "text", ["*", "'none'", "https://a.example b.example", "javascript:x", "https://a.example/path"]
)
def test_what_names_no_host_is_refused_at_the_start(monkeypatch, text):
    monkeypatch.setenv("EMBED_ANCESTORS", text)
    with pytest.raises(ImproperlyConfigured, match="must name hosts such as"):
        hosts("EMBED_ANCESTORS")


def test_blocks_tell_today_without_a_script(world, client):
    next_year = today() + timedelta(days=365)
    build.meeting("40-1", starts_on=next_year, ends_on=next_year, state="planned")
    composition, subjects, meeting = (client.get(f"/en/embed/{block}/").content.decode() for block in BLOCKS)
    assert "Ms Ada Testperson" in composition and "/en/subjects/emf/" in subjects and "Ms Ina Sample" in subjects
    assert "/en/meetings/40-1/" in meeting
    for text in (composition, subjects, meeting):
        assert (
            "<script" not in text
            and '<base target="_top">' in text
            and '<meta name="robots" content="noindex">' in text
        )


@pytest.mark.parametrize(("theme", "sheet"), [("light", False), ("dark", True)])
def test_a_host_can_ask_for_light_or_dark(world, client, theme, sheet):
    text = client.get(f"/ar/embed/composition/?theme={theme}").content.decode()
    assert f'dir="rtl" data-theme="{theme}"' in text and ("css/dark.css" in text) == sheet
    assert "prefers-color-scheme" not in text
    assert client.get("/en/embed/composition/?theme=blue").status_code == 400


def test_the_page_gives_the_code_and_shows_the_result(world, client, named):
    answer = client.get("/fr/embed/?theme=dark")
    text = answer.content.decode()
    assert policy_of(answer)["frame-src"] == "'self'" and HOST in text
    shown = re.findall(r'<iframe class="embedded-block" src="([^"]+)"', text)
    given = re.findall(r'&lt;iframe src="http[^"]+?(/fr/[^"]+)"', text)
    assert shown == given == [f"/fr/embed/{block}/?theme=dark" for block in BLOCKS]
    assert {client.get(path).status_code for path in shown} == {200}


def test_a_long_list_is_cut_and_leads_to_the_whole(world, client):
    for number in range(60):
        build.listing(build.subject(f"X{number}"), build.DAY)
    text = client.get("/en/embed/subjects/").content.decode()
    assert text.count("<tr><th") == 51 and "All subjects" in text


def test_an_empty_record_has_blocks_too(client):
    assert "No subject is recorded as on the list today." in client.get("/en/embed/subjects/").content.decode()
    assert "No next meeting of the group is announced." in client.get("/en/embed/next-meeting/").content.decode()
    assert client.get("/en/embed/composition/").status_code == 200
