"""A page says how to cite it, and to those who share it what it is; addresses written otherwise lead to it."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.html import escape
from PIL import Image
from pypdf import PdfReader

from iscg_portal import record_version
from iscg_portal.tenure.dates import print_moment, today
from iscg_portal.web.public_page import CACHE_CONTROL_OF_MISTAKEN
from tests import world as build

pytestmark = pytest.mark.django_db
DATED = "/en/subjects/?sector=R&on=2025-02-12"


def content(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cited(client, address):
    """The text of “Cite this page”."""
    said = re.search('<p class="cite-text">(.*?)</p>', content(client, address), re.S)[1]
    return re.sub("<[^>]*>", "", said).replace("&amp;", "&")


def test_a_page_of_a_day_is_cited_with_title_day_moment_and_address(world, client):
    record_version.bump()
    moment = print_moment(record_version.moment_of(record_version.current()))
    said = f"Subjects, as on 12 February 2025. As recorded on {moment} (Geneva). {settings.SITE_URL}{DATED}"
    assert cited(client, DATED).endswith(said)


def test_a_page_of_today_is_cited_with_the_day_that_will_be_another_one(world, client):
    assert cited(client, "/en/composition/").endswith(f"/en/composition/?on={today()}")


def test_changes_are_cited_with_both_days(world, client):
    assert re.search(
        r"/en/composition/changes/\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$", cited(client, "/en/composition/changes/")
    )


def test_resolutions_and_documents_are_cited_as_the_union_prints_them(world, client):
    build.document(build.meeting("25-7"), title="Draft <report>")
    assert "(ISCG): Document ISCG/25-7/01, “Draft" in cited(client, "/en/documents/iscg-25-7-01/")
    assert escape("<report>") in content(client, "/en/documents/iscg-25-7-01/")
    assert "(ISCG): Resolution ITU-R 6" in cited(client, "/en/resolutions/itu-r-6/")


def test_no_page_without_a_record_says_when_it_was_recorded(db, client):
    record_version.RecordVersion.objects.all().delete()
    assert "As recorded" not in cited(client, "/en/composition/")


def test_a_page_of_another_day_says_so_in_its_title_and_is_shared_as_that(world, client):
    page = content(client, DATED)
    assert "<title>Subjects, as on 12 February 2025 · ISCG</title>" in page
    assert f'og:url" content="{settings.SITE_URL}{escape(DATED)}"' in page
    assert 'name="robots" content="noindex"' in page
    assert "<title>Subjects · ISCG</title>" in content(client, "/en/subjects/")


def test_every_page_in_the_sitemap_has_a_description(world, client):
    pages = set(re.findall(r"<loc>[^<]*?(/en/[^<]*)</loc>", content(client, "/sitemap.xml")))
    kinds = {re.sub(r"(?<=/en/)([a-z-]+/).+", r"\1x", page): page for page in sorted(pages)}
    without = [page for page in kinds.values() if '<meta name="description" content="' not in content(client, page)]
    assert without == []


def test_descriptions_are_texts_since_two_places_print_them():
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    blocks = (
        re.findall(r"block description %}(.*?){% endblock", file.read_text(encoding="utf-8")) for file in templates
    )
    assert [text for found in blocks for text in found if "<" in text] == []


@pytest.mark.parametrize("prefix", ["en", "ar", "zh"])
def test_the_picture_of_the_seven_is_made_in_any_script(world, client, prefix):
    response = client.get(f"/{prefix}/composition.png")
    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


def test_the_sheet_has_the_day_asked_on_one_page(world, client):
    build.person("Ada " + "Verylongname" * 8)
    response = client.get("/en/composition.pdf?on=2025-02-12")
    assert (
        response["X-Robots-Tag"] == "noindex"
        and "iscg-composition-2025-02-12-en.pdf" in response["Content-Disposition"]
    )
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 1
    assert "as on 12 February 2025" in pages[0].extract_text()
    assert client.get("/en/composition.pdf?on=never").status_code == 404


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/en/composition/2025-02-12", "/en/composition/?on=2025-02-12"),
        ("/en/2025-02-12/", "/en/?on=2025-02-12"),
        ("/fr/subjects/2025-02-12/?sector=R", "/fr/subjects/?sector=R&on=2025-02-12"),
        ("/en/people/ada-testperson/2025-02-12/", "/en/people/ada-testperson/?on=2025-02-12"),
        ("/EN/Composition", "/en/composition/"),
        ("/en/People/Ada_Testperson/", "/en/people/ada-testperson/"),
        ("/en/people/Ada%20Testperson/", "/en/people/ada-testperson/"),
        ("/en/composition/.", "/en/composition/"),
        ("/en//composition.html?on=2025-02-12", "/en/composition/?on=2025-02-12"),
        ("/en/Composition.JSON", "/en/composition.json"),
        ("/en/composition\u200e/", "/en/composition/"),
    ],
)
def test_an_address_written_otherwise_leads_to_the_page(world, client, written, meant):
    response = client.get(written)
    assert (response.status_code, response["Location"]) == (301, meant)
    assert response["Cache-Control"] == CACHE_CONTROL_OF_MISTAKEN


@pytest.mark.parametrize(
    "address",
    [
        "/en/subjects/editions/1999-02-12/",
        "/en/contact/2025-02-12/",
        "/DE/composition/",
        "/en/FOLLOW/STOP/Token/",
        "/en/composition/2025-02-12/?on=2024-01-01",
        "/" + "A" * 3000,
    ],
)
def test_what_is_no_page_of_the_portal_leads_nowhere(world, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"), [("favicon.ico", "image/vnd.microsoft.icon"), ("apple-touch-icon.png", "image/png")]
)
def test_icons_are_where_browsers_look_for_them(client, name, kind):
    response = client.get(f"/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, kind)
