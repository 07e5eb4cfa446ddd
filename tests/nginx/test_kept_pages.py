"""nginx keeps public pages for a minute, gives them for a day while the portal is down, and never what is gone."""

import hashlib
import io
import struct
import time
from datetime import timedelta

import pytest

from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep
from iscg_portal.history import remove_mistake
from iscg_portal.tenure.dates import today
from meetings.acts import register
from meetings.models import DocumentFile
from members.models import Person
from tests import world as build

DAY = 86_400


def statuses(site, addresses, **headers):
    return [site.ask(address, **headers).status for address in addresses]


def test_a_page_is_kept_for_a_minute_and_then_asked_for_again(site):
    first = site.ask("/en/composition/")
    with site.server.kept[0].open("rb") as file:
        valid_until = struct.unpack("=8xq", file.read(16))[0]
    assert 58 <= valid_until - time.time() <= 61
    assert site.ask("/en/composition/") == first and site.how == "HIT"
    site.after(61)
    assert site.ask("/en/composition/").body == first.body and site.how == "REVALIDATED"
    assert site.ask("/en/composition/").status == 200 and site.how == "HIT"


def test_the_first_reader_after_a_minute_gets_the_new_page(site):
    site.ask("/en/people/ada-testperson/")
    ada = Person.objects.get(slug="ada-testperson")
    ada.name = "Ada Renamed"
    ada.save()
    site.after(33 * 60)
    assert "Ada Renamed" in site.ask("/en/people/ada-testperson/", accept_encoding="identity").text
    site.ask("/en/people/ada-testperson/")
    assert site.how == "EXPIRED"


def test_what_is_restricted_is_gone_after_a_minute_and_does_not_come_back(site, paper):
    for encoding in ("br", "gzip", "identity"):
        assert statuses(site, paper.own + paper.lists, accept_encoding=encoding) == [200] * 7
    paper.visibility = "restricted"
    paper.save()
    site.after(61)
    for encoding in ("br", "gzip", "identity"):
        assert statuses(site, paper.own, accept_encoding=encoding) == [404] * 3
    lists = [site.ask(address, accept_encoding="identity").text for address in paper.lists]
    assert [address for address, text in zip(paper.lists, lists, strict=True) if "Vanishing" in text] == []
    assert statuses(site, paper.own) == [404] * 3 and site.how == "HIT"
    site.after(61)
    with site.stopped():
        assert statuses(site, paper.own) == [503] * 3


def test_a_name_that_is_no_longer_public_is_gone_after_a_minute(site, world):
    subject = world.subjects["EMF"]
    row = build.focal_point(subject, build.person("Zoe Vanishing"), "BR", build.date(2024, 1, 1), name_is_public=True)
    addresses = ["/en/coordinators/", "/en/coordinators.json", "/en/subjects/emf/"]
    seen = [site.ask(address, accept_encoding="identity").text for address in addresses]
    assert all("Zoe Vanishing" in text for text in seen)
    row.name_is_public = False
    row.save()
    site.after(61)
    assert not any("Zoe Vanishing" in site.ask(address, accept_encoding="identity").text for address in addresses)
    assert site.ask("/en/people/zoe-vanishing/").status == 404


def test_a_person_entered_by_mistake_is_gone_after_a_minute_from_pages_and_files(site, world):
    zoe = build.person("Zoe Vanishing")
    row = build.focal_point(world.subjects["EMF"], zoe, "RAG", today() - timedelta(5))
    lists = [
        "/en/coordinators/",
        "/en/coordinators.json",
        "/en/coordinators.csv",
        "/en/subjects/emf/",
        "/en/changes.atom",
    ]
    addresses = ["/en/people/zoe-vanishing/", *lists]
    for encoding in ("br", "identity"):
        assert statuses(site, addresses, accept_encoding=encoding) == [200] * 6
    named = [address for address in addresses if "Vanishing" in site.ask(address, accept_encoding="identity").text]
    assert named == addresses[:-1]
    remove_mistake(row, reason="Of another group")
    remove_mistake(zoe, reason="Nobody of that name")
    site.after(61)
    assert site.ask(addresses[0]).status == 404
    kept = [address for address in lists if "Vanishing" in site.ask(address, accept_encoding="identity").text]
    assert kept == []


def test_what_is_withdrawn_says_so_after_a_minute_and_its_file_stays_as_it_is(site, paper):
    file = site.ask(paper.own[1])
    statuses(site, paper.own + paper.lists)
    register.withdraw(paper, paper.meeting.starts_on, "Sent in error")
    site.after(61)
    for address in [paper.own[0], *paper.lists]:
        assert "Sent in error" in site.ask(address, accept_encoding="identity").text, address
    again = site.ask(paper.own[1])
    assert (again.status, again.body, site.how) == (200, file.body, "REVALIDATED")


@pytest.mark.parametrize(("age", "status"), [(61, 200), (DAY + 50, 200), (DAY + 70, 503)])
def test_while_the_portal_is_down_a_copy_of_at_most_a_day_is_given(site, age, status):
    page = site.ask("/fr/composition/")
    site.after(age)
    with site.stopped():
        answer = site.ask("/fr/composition/")
        assert answer.status == status
        assert (answer.body == page.body) == (status == 200)
    assert site.ask("/fr/composition/").status == 200


@pytest.mark.parametrize("status", ["500 Server Error", "502 Bad", "503 Service Unavailable", "504 Timeout"])
def test_an_error_of_the_portal_is_no_reason_to_take_a_kept_page_away(site, status):
    page = site.ask("/en/composition/")
    site.after(61)
    site.start(answering(status))
    assert site.ask("/en/composition/").body == page.body and site.how == "STALE"
    never_seen = site.ask("/ar/composition/")
    assert (never_seen.status, never_seen.headers["retry-after"]) == (503, "120")
    site.after(DAY)
    assert site.ask("/en/composition/").status == 503


def answering(status, body=b"in its own words", **headers):
    """A portal that answers everything so."""

    def application(environ, start_response):
        given = {"Content-Type": "text/plain", "Content-Length": str(len(body))}
        start_response(status, list((given | headers).items()))
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return application


def test_a_large_file_comes_whole_and_in_parts(site, paper):
    content = b"%PDF-1.4 " + bytes(range(256)) * 50_000 + b"%%EOF"
    stored = keep(io.BytesIO(content), KINDS["pdf"])
    address = build.saved(DocumentFile(document=paper, language="fr", stored=stored)).address
    part = site.ask(address, range="bytes=100-199")
    assert (part.status, part.body, part.headers["content-range"]) == (
        206,
        content[100:200],
        f"bytes 100-199/{len(content)}",
    )
    assert hashlib.sha256(site.ask(address).body).hexdigest() == stored.sha256 and site.how == "HIT"
    assert site.ask(address, range="bytes=-5").body == b"%%EOF"
    assert site.ask(address, range=f"bytes={len(content)}-").status == 416
    head = site.ask(address, method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(content)))


def test_a_page_is_known_by_its_own_strong_tag(site):
    head = site.ask("/en/composition/", method="HEAD")
    page = site.ask("/en/composition/")
    assert site.how == "HIT" and head.headers["etag"] == page.headers["etag"]
    assert page.headers["etag"].endswith('-br"') and not page.headers["etag"].startswith("W/")
    assert site.ask("/en/composition/", if_none_match=page.headers["etag"]).status == 304
