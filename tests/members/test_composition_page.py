"""The page of the composition and its files say the same, for the same day (clause C3)."""

import csv
import io
import json
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import world as w

pytestmark = pytest.mark.django_db

ADDRESS = "/en/composition"
DAY = "?on=2025-02-12"
THE_CHAIR = {
    "honorific": "Mr",
    "name": "Gus Example",
    "slug": "gus-example",
    "country": {"code": "IT", "name": "Italy"},
    "starts_on": "2019-03-01",
    "starts_precision": "month",
    "ends_on": None,
    "ends_precision": None,
    "last_confirmed_on": "2025-02-12",
    "source": "",
    "grade": "",
    "indicative": False,
}


def page(client, query=DAY):
    return client.get(f"{ADDRESS}/{query}").content.decode()


def in_json(client, query=DAY):
    return json.loads(client.get(f"{ADDRESS}.json{query}").content)


def in_csv(client, query=DAY):
    return list(csv.DictReader(io.StringIO(client.get(f"{ADDRESS}.csv{query}").content.decode("utf-8-sig"))))


def in_xlsx(client, query=DAY):
    book = load_workbook(io.BytesIO(client.get(f"{ADDRESS}.xlsx{query}").content))
    head, *rows = book.active.iter_rows(values_only=True)
    return [dict(zip(head, ["" if value is None else value for value in row], strict=True)) for row in rows]


def test_names_carry_honorific_and_country(world, client, db):
    text = page(client)
    assert "Mr Gus Example" in text
    assert "<td>Italy</td>" in text


def test_dates_are_printed_as_exactly_as_they_are_known(world, client, db):
    text = page(client)
    assert "since March 2019" in text
    assert "in office by 23 January 2025" in text


def test_evidence_says_how_old_it_is(world, client, db):
    assert "12 February 2025</td>" in page(client)


def test_vacancy_shows_with_its_day(world, client, db):
    assert "since June 2024" in page(client)
    assert "2 of the seven seats are vacant." in page(client)


def test_day_of_the_future_shows_who_comes(world, client, db):
    assert "Dr Fay Imaginary" in page(client, "?on=2027-01-01")


def test_json_has_the_chair_and_three_groups_of_two(world, client, db):
    found = in_json(client)
    assert list(found) == [
        "$schema",
        "@context",
        "@type",
        "as_on",
        "chair",
        "chair_remark",
        "groups",
        "successors",
        "balance",
    ]
    assert found["as_on"] == "2025-02-12"
    assert [(group["code"], len(group["seats"])) for group in found["groups"]] == [("RAG", 2), ("TSAG", 2), ("TDAG", 2)]


def test_balance_counts_the_seats_whose_holders_are_not_recorded_as_that(client, db):
    w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1), country=w.country(council_region="B"))
    [*_regions, last] = in_json(client)["balance"]["by_council_region"]
    assert last == {"name": "not recorded", "count": 5}
    assert re.search(r'aria-label="By Council region: [^"]*, not recorded 5"', page(client))


def test_seat_and_holder_in_json_are_what_the_contract_promises(world, client, db):
    chair = in_json(client)["chair"]
    assert chair == {
        "state": "held",
        "holder": chair["holder"],
        "vacant_since": None,
        "vacant_since_precision": None,
    }
    assert {key: chair["holder"].get(key) for key in THE_CHAIR} == THE_CHAIR


def test_name_in_the_own_script_is_printed_beside_the_name_and_stands_in_every_file(world, client, db):
    world.dan.name_in_own_script = "丹·虚构"
    world.dan.save()
    page = client.get(f"/en/composition/{DAY}").content.decode()
    assert 'Mr Dan Fictional <bdi class="own-script">丹·虚构</bdi>' in page
    assert in_csv(client)[3]["name_in_own_script"] == "丹·虚构"
    assert in_json(client)["groups"][1]["seats"][0]["holder"]["name_in_own_script"] == "丹·虚构"


def test_how_an_office_ended_is_printed_and_stands_in_every_file(world, client, db):
    page = client.get("/en/composition/history/").content.decode()
    assert "until June 2024 (resigned)" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/en/composition/history.csv").content.decode("utf-8-sig"))))
    assert {row["name"]: row["how_ended"] for row in rows}["Eve Pretended"] == "resigned"


def test_vacant_seat_in_json_has_no_holder(world, client, db):
    assert in_json(client)["groups"][1]["seats"][1] == {
        "state": "vacant",
        "holder": None,
        "vacant_since": "2024-06-30",
        "vacant_since_precision": "month",
    }


def test_csv_and_xlsx_have_the_same_rows(world, client, db):
    rows = in_csv(client)
    assert [row["state"] for row in rows] == ["held"] * 4 + ["vacant", "vacant", "not recorded"]
    assert in_xlsx(client) == rows


def test_files_say_the_precision_beside_each_date(world, client, db):
    dan = in_csv(client)[3]
    assert (dan["starts_on"], dan["starts_precision"], dan["as_on"]) == ("2025-01-23", "by", "2025-02-12")


def test_country_is_named_in_the_language_of_the_address(world, client, db):
    found = json.loads(client.get(f"/fr/composition.json{DAY}").content)
    assert found["chair"]["holder"]["country"] == {"code": "IT", "name": "Italie"}


def test_page_of_another_day_is_not_for_search_engines(world, client, db):
    text = page(client)
    assert '<meta name="robots" content="noindex">' in text
    assert '/en/composition/">' in text
    assert client.get(f"{ADDRESS}.json{DAY}")["X-Robots-Tag"] == "noindex"


def test_links_to_the_other_pages_keep_the_day(world, client, db):
    assert 'href="/en/composition/history/?on=2025-02-12"' in page(client)


@pytest.mark.parametrize("ending", ["/", ".json", ".csv", ".xlsx"])
@pytest.mark.parametrize(
    "query",
    ["?on=", "?on=yesterday", "?on=2025-02-30", "?on=2025-2-3", "?on=20250212", "?on=0001-01-01", "?on=9999-12-31"]
    + ["?on=2025-02-12&on=2025-02-13", "?on=%D9%A2%D9%A0%D9%A2%D9%A5-01-01", "?on=2025-02-12T00:00", "?on=x&on="],
)
def test_nonsense_for_a_day_is_not_found(client, ending, query):
    response = client.get(f"{ADDRESS}{ending}{query}", headers={"accept": "application/json"})
    assert response.status_code == 404
    assert "“" in response.json()["error"]


def test_day_without_any_record_says_so(client):
    text = page(client, "?on=2013-01-01")
    assert text.count("not recorded</span>") == 7
    assert "No representative is recorded on this day." in text


def test_a_successor_on_record_is_named_today_beside_the_end(client):
    coming = date(date.today().year + 1, 3, 1)
    w.representative("TSAG2", w.person("Held Nobody"), date(2020, 1, 1), coming)
    w.representative("TSAG2", w.person("Nora Next"), coming)
    text = page(client, "")
    assert text.index("until") < text.index("Nora Next") and f"from 1 March {coming.year}" in text
    assert "Nora Next" not in page(client)
    [next_one] = client.get("/en/composition.json").json()["successors"]
    assert (next_one["follows"], next_one["successor"]) == ("held-nobody", "Nora Next")
    assert next_one["starts_on"] == coming.isoformat()
    assert "Nora Next" in client.get("/en/composition.csv").content.decode()
    assert "Nora Next" in client.get("/en/embed/composition/").content.decode()
    assert "Nora Next" not in client.get("/en/composition.json?on=2024-01-01").content.decode()


def test_the_next_coordinator_on_record_is_named_today_in_the_list(client):
    coming, subject = date(date.today().year + 1, 3, 1), w.subject("EMF")
    w.listing(subject, date(2020, 1, 1))
    w.coordinator(subject, w.person("Held Nobody"), date(2020, 1, 1), coming)
    w.coordinator(subject, w.person("Nora Next"), coming)
    assert f"from 1 March {coming.year}" in client.get("/en/coordinators/").content.decode()
    assert "Nora Next" not in client.get("/en/coordinators/?on=2024-01-01").content.decode()


def test_the_balance_names_those_whom_it_counts(world, client):
    names = page(client).partition("Regional balance</h2>")[2].partition("</section>")[0]
    assert names.count("/en/people/") >= 2
