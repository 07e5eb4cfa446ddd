"""data.zip: every public table at once, made once for each state of the record, limited, and never half a record."""

import fcntl
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings as now

from front import data_zip
from front.data_files import DATA_FILES
from iscg_portal.web.page_cache import kept_pages
from tests import world as build
from tests.walks import part_of

pytestmark = pytest.mark.django_db
ADDRESS = "/en/data.zip"


def opened(answer):
    assert answer.status_code == 200
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def kept():
    return sorted((Path(now.MEDIA_ROOT) / data_zip.FOLDER).glob("*/*.zip"))


@pytest.fixture
def few_tables(monkeypatch):
    """Where it is not about what each table says: the subjects and their Coordinators alone."""
    few = [file for file in DATA_FILES if file.empty_table().name in ("subjects", "coordinators")]
    monkeypatch.setattr(data_zip, "DATA_FILES", few)


@pytest.mark.walk
def test_it_holds_what_each_file_says_on_the_same_day(world, client):
    """In `make test` one table in four."""
    build.document(build.meeting("25-7"))
    archive = opened(client.get(f"{ADDRESS}?on=2025-02-12"))
    names = archive.namelist()
    assert len(names) == len(set(names)) == 3 + 3 * len(DATA_FILES) and archive.testzip() is None
    for file in part_of(DATA_FILES, 4):
        name = file.empty_table().name
        for format in data_zip.FORMATS:
            answer = client.get(f"{dict(file.addresses)[format]}?on=2025-02-12")
            assert archive.read(f"{format}/{name}.{format}") == answer.content
        assert archive.read(f"schemas/{name}.json") == client.get(f"/schemas/{name}.json").content


def test_the_readme_tells_day_fields_sources_and_licence(world, few_tables, client, settings):
    said = opened(client.get(f"{ADDRESS}?on=2025-02-12")).read("README.md").decode()
    assert "as on 12 February 2025" in said and "`vacant_since`" in said and "ISO 3166-1" in said
    assert "Licence of the data: not stated" in said
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Example licence 1.0", "https://example.org/licence"
    said = opened(client.get(f"{ADDRESS}?on=2025-02-13")).read("LICENCE.txt").decode()
    assert said == "Licence of the data: Example licence 1.0\nhttps://example.org/licence\n"


def test_the_data_page_says_the_licence(client, settings):
    assert "<dt>Licence of the data</dt><dd>not stated</dd>" in client.get("/en/data/").content.decode()
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Example <1.0>", "https://example.org/licence"
    kept_pages.clear()
    text = client.get("/en/data/").content.decode()
    assert '<a href="https://example.org/licence" rel="license external">Example &lt;1.0&gt;</a>' in text


def test_it_is_made_once_for_each_state_of_the_record(world, few_tables, client, monkeypatch):
    made = []
    write = data_zip._write_of_one_state
    monkeypatch.setattr(data_zip, "_write_of_one_state", lambda *asked: made.append(asked) or write(*asked))
    first = client.get(ADDRESS)
    again = client.get(ADDRESS)
    assert b"".join(first.streaming_content) == b"".join(again.streaming_content) and len(made) == 1
    assert client.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(made) == 1
    client.get(f"{ADDRESS}?on=2025-02-12")
    assert len(kept()) == 2
    build.listing(build.subject("NEW"), build.DAY)
    after = opened(client.get(ADDRESS))
    assert b"NEW" in after.read("csv/subjects.csv") and len(made) == 3
    assert len(kept()) == 1  # those of the state before are gone


def test_what_is_kept_has_a_limit(world, few_tables, client, monkeypatch):
    opened(client.get(f"{ADDRESS}?on=2025-02-01"))
    monkeypatch.setattr(data_zip, "MOST_BYTES", 5 * kept()[0].stat().st_size // 2)
    for day in range(2, 5):
        opened(client.get(f"{ADDRESS}?on=2025-02-0{day}"))
    assert len(kept()) <= 3


def test_a_change_while_it_is_made_makes_it_anew(world, client, monkeypatch):
    states = iter(["a", "b", "b", "b"])
    monkeypatch.setattr(data_zip, "state_now", lambda: "s")
    written = []
    monkeypatch.setattr(data_zip, "contents", lambda *asked: written.append(1) or [("README.md", "x")])
    monkeypatch.setattr(data_zip, "state_now", lambda: next(states))
    data_zip._write_of_one_state(None, None, Path(now.VAR_DIR) / "nothing.zip")
    assert len(written) == 2
    (Path(now.VAR_DIR) / "nothing.zip").unlink()


def test_only_one_is_made_at_a_time_and_the_next_is_told_to_wait(world, few_tables, client, monkeypatch):
    monkeypatch.setattr(data_zip, "PATIENCE", 0)
    folder = Path(now.MEDIA_ROOT) / data_zip.FOLDER
    folder.mkdir(parents=True)
    with (folder / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        answer = client.get(ADDRESS)
        assert answer.status_code == 429 and "no-store" in answer["Cache-Control"]
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("query", ["on=never", "on=", "on=2025-02-30", "on=2025-02-12&on=2025-02-13", "on=9999-01-01"])
def test_what_is_no_day_is_not_found_and_makes_nothing(client, query):
    assert client.get(f"{ADDRESS}?{query}").status_code == 404
    assert kept() == []


def test_what_is_not_public_is_not_in_it(world, client):
    archive = opened(client.get(ADDRESS))
    assert not [name for name in archive.namelist() if b"Dummy" in archive.read(name)]
