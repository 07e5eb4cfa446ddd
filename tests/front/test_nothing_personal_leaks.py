"""No contact data, no note and no hidden name reaches any public page or file; no personal address or number does.

Every address of the sitemap, its files, other days and filters, the pages of errors and the machines' addresses are
searched, in two languages. `make test` asks every third on one of the other days, by turns, and every eighth in Arabic;
`make walk` asks all.
"""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from django.apps import apps

from front.data_files import DATA_FILES
from iscg_portal.history import Reason, remove_with_reason, save_with_reason
from iscg_portal.sourced import Sourced
from subjects.acts import adopt_edition
from tests import walks
from tests import world as build
from workspace.models import ProposedChange
from workspace.proposals.activities import RECORD
from workspace.proposals.acts import submit

pytestmark = pytest.mark.django_db

THE_GROUPS_OWN = {"iscg@itu.int", "int-sect-group@lists.itu.int"}
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
NUMBER = re.compile(r"\+\s?\d[\d\s().-]{6,}\d|(?<![\d#.-])\(?0\d{1,4}\)?[\s./-]\d{2,}[\s./-]\d{2,}")
NAME_FOR_EVER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of an entry or an event: digits by chance
SECRETS = (
    "secretnote",
    "secretmail",
    "secretphone",
    "5550123",
    "Hiddenname",
    "hiddenname",
    "secretsource",
    "secretbody",
    "secretplace",
)


# Words that the standing record has, and names beside which a hidden thing would stand.
ASKED = ("emf", "testperson", "workshop", "made up", "2025-1", "zoe", "dummy", "testorg", "q7/2", "report")


def with_secrets():
    """The standing ISCG with a secret in every place that the public must not read."""
    world = build.standing_iscg()
    for number, who in enumerate([world.ada, world.ina, world.jon, world.kim, world.lea]):
        build.contact_data(who, f"secretmail{number}@example.org", f"+41 22 5550123 {number}", note="secretnote")
    hide_a_name_everywhere(world)
    note_everywhere(world)
    keep_where_copies_were_seen()
    change_and_remove_rows(world)
    activities_not_in_the_record(world)
    adopt_edition(world.day, "ISCG/99-1/05", by=world.staff, reason="secretnote")
    build.participant("Una Hiddenname", email="secretmail9@example.org", affiliation="secretbody", message="secretnote")
    return world


@pytest.fixture(scope="session")
def kept_secrets(kept):
    return kept(with_secrets)


@pytest.fixture
def guarded_world(db, kept_secrets):
    return kept_secrets.put_back()


def hide_a_name_everywhere(world):
    """Secretariat focal points of every body whose name is not public, past, present and to come."""
    hidden = build.person("Zoe Hiddenname", "Ms", source="secretsource")
    kept = {"note": "secretnote", "source": "secretsource", "organization": "secretbody"}
    for body in ("BR", "TSB", "BDT", "GS"):
        build.focal_point(world.subjects["EMF"], hidden, body, date(2020, 1, 1), date(2024, 1, 1), **kept)
        build.focal_point(world.subjects["EMF"], hidden, body, date(2024, 1, 1), country=build.country("CH"), **kept)
    build.focal_point(world.subjects["ACC"], hidden, "GS", date(2070, 1, 1), **kept)
    # Known to the public as Coordinator, hidden as focal point: only the former may be read.
    build.focal_point(world.subjects["ACC"], world.max, "GS", date(2024, 1, 1), note="secretnote")


def note_everywhere(world):
    """A note for staff on every kind of tenure, a nomination, and who confirmed a link: staff alone may know them."""
    build.representative("TDAG2", world.lea, date(2024, 6, 1), note="secretnote")
    build.coordinator(world.subjects["IOT"], world.lea, date(2024, 6, 1), note="secretnote")
    build.focal_point(world.subjects["IOT"], world.kim, "RAG", date(2024, 6, 1), note="secretnote")
    build.confirmation(world.link, "R", said_by="Zoe Hiddenname")
    candidate = build.person("Yan Hiddenname")
    build.nomination(candidate, world.pp22, nominated_by="secretbody", note="secretnote")


def keep_where_copies_were_seen():
    """On every kind of fact, whose weak evidence a page of its own lists."""
    for model in apps.get_models():
        if issubclass(model, Sourced):
            model._base_manager.update(seen_where="https://example.org/secretplace", grade="secondary")


def change_and_remove_rows(world):
    """Saves and a removal whose reasons and former values stand in the history."""
    term = world.ada.representative_set.get()
    term.note = "secretnote, changed"
    save_with_reason(term, Reason("secretnote, why", "Told to all"), world.staff)
    mistake = build.focal_point(world.subjects["OLD"], world.jon, "BDT", date(2021, 1, 1), note="secretnote")
    remove_with_reason(mistake, "secretnote, entered by mistake", world.staff)
    seat = build.representative("TDAG2", world.kim, date(2021, 1, 1), date(2022, 1, 1), note="secretnote")
    remove_with_reason(seat, Reason("secretnote, a wrong seat", "Told to all"), world.staff)


def activities_not_in_the_record(world):
    """One that was removed as a mistake, and one that waits as a proposal."""
    gone = build.activity("A secretnote", date(2025, 5, 5), code="2025-9", place="secretplace", subjects=[])
    remove_with_reason(gone, "secretnote, entered by mistake", world.staff)
    typed = {"title": "A secretnote", "starts_on": "2027-03-04", "place": "secretplace", "partners": "secretbody"}
    changes = [ProposedChange(field="activity", record=RECORD, row=name, new=text) for name, text in typed.items()]
    submit(world.kim, changes, language="en", subject=world.subjects["EMF"], why="secretnote")


def public_addresses(client):
    """Every address that the public can reach, in English and in Arabic."""
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    pages = [element.text for element in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = [re.sub(r"^https?://[^/]+", "", page) for page in pages]
    yield from walks.part_of([page for page in pages if page.startswith("/ar/")], 8)
    pages = [page for page in pages if page.startswith("/en/")]
    files = [address for file in DATA_FILES for _format, address in file.files]
    days = ["", "?on=2022-06-01", "?on=2025-02-12", "?on=2100-01-01"]
    for turn, page in enumerate([*pages, *files]):
        others = walks.part_of(days[1:], 9, turn)
        yield from (f"{page}{day}" for day in ("", *others) if not (day and "/editions/" in page))
    yield from ("/en/composition/changes/?from=2010-01-01&to=2100-01-01", "/en/composition/history/?group=RAG")
    yield from (
        "/en/changes.atom",
        "/ar/changes.atom",
        "/en/meetings.ics",
        "/en/activities.ics",
        "/en/activities.atom",
        "/en/mapping/changes.atom",
    )
    yield from (f"/{language}/search/?q={words}" for language in ("en", "ar") for words in ASKED)
    yield from (f"/en/embed/{block}/" for block in ("composition", "subjects", "next-meeting"))
    yield from (f"/ar/people/{slug}.json" for slug in ("ada-testperson", "kim-mockup", "jon-dummy", "zoe-hiddenname"))
    yield from ("/sitemap.xml", "/robots.txt", "/healthz", "/en/people/zoe-hiddenname/", "/en/people/jon-dummy/")
    yield from ("/en/people/yan-hiddenname/", "/en/subjects/nope/", "/en/subjects/?sector=nope", "/en/nothing/")


def text_of(response):
    """What can be read in the response: of XLSX the sheets, the comments and the properties."""
    if "spreadsheet" not in response.get("Content-Type", ""):
        return response.content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels")))


def read_everything(client):
    return {address: text_of(client.get(address)) for address in public_addresses(client)}


@pytest.mark.walk
def test_no_secret_and_no_other_address_or_telephone_number_is_read_anywhere(guarded_world, client):
    secrets, found = [], set()
    for address, text in read_everything(client).items():
        # The address that was asked stands in the frame's links, so a hidden slug is looked for elsewhere only.
        elsewhere = text.replace(address, "").replace(address[3:], "")
        secrets += [(address, secret) for secret in SECRETS if secret in elsewhere]
        found |= set(ADDRESS.findall(text)) - THE_GROUPS_OWN
        without_pictures = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
        found |= set(NUMBER.findall(NAME_FOR_EVER.sub("", without_pictures)))
    assert (secrets, found) == ([], set())


def test_hidden_focal_point_has_no_page(guarded_world, client):
    for slug in ("zoe-hiddenname", "yan-hiddenname", "jon-dummy"):
        assert client.get(f"/en/people/{slug}/").status_code == 404


def test_hidden_office_is_not_on_the_page_of_a_person_known_for_another(guarded_world, client):
    text = client.get("/en/people/max-formerly/").content.decode()
    assert "Coordinator" in text and "ocal point for GS" not in text


def test_body_of_a_hidden_focal_point_is_still_told(guarded_world, client):
    focal_points = client.get("/en/coordinators.json?on=2025-02-12").json()["coordinators"][1]["focal_points"]
    assert [(row["for"], row["name"]) for row in focal_points][1:] == [
        (b, None) for b in ("BR", "BR", "TSB", "BDT", "GS")
    ]


def test_signed_in_staff_see_no_more_on_public_pages(guarded_world, client):
    anonymous = client.get("/en/subjects/emf/").content
    client.force_login(guarded_world.staff)
    assert client.get("/en/subjects/emf/").content == anonymous


def test_the_search_finds_what_it_looks_for():
    assert ADDRESS.findall("write to ada@example.org.") == ["ada@example.org"]
    for number in ("+41 22 730 51 11", "+41227305111", "tel. 022 730 51 11", "(022) 730-51-11"):
        assert NUMBER.search(number), number
    for innocent in ("2025-02-12", "ISCG/25-1/03-E", "R-RES-R.75-2023-PDF-E", "PP-22", "1–50 of 200"):
        assert not NUMBER.search(innocent), innocent
