"""The page of one subject: all that stands behind it on a day (clauses F1, A0, A2, A3)."""

import re
from datetime import date

import pytest

from tests import world as build

pytestmark = pytest.mark.django_db


def page(client, slug="emf", query="?on=2025-02-12", language="en"):
    response = client.get(f"/{language}/subjects/{slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def fact(text, term):
    return re.search(rf"<dt>{term}</dt><dd>(.*?)</dd>", text, re.DOTALL)[1]


def test_names_the_coordinator_with_country_and_start(world, client):
    found = fact(page(client), "Coordinator")
    assert "Ms Ina Sample" in found and "Japan" in found and "since 1 April 2022" in found


def test_gives_each_appointing_group_with_its_own_decision(world, client):
    found = fact(page(client), "Appointed by")
    assert "RAG: RAG/99, 1 April 2022" in found and "TSAG: TSAG/99, 1 April 2022" in found


def test_vacancy_says_since_when(world, client):
    found = fact(page(client, "acc"), "Coordinator")
    assert "vacant" in found and "since 1 May 2023" in found


def test_subject_without_a_record_is_not_called_vacant(world, client):
    found = fact(page(client, "iot"), "Coordinator")
    assert "not recorded" in found and "vacant" not in found


def test_history_keeps_former_coordinators(world, client):
    text = page(client, "acc")
    assert "Mr Max Formerly" in text and "until 1 May 2023" in text and "TDAG/99" in text.replace(" TDAG", "TDAG")


def test_coordinator_of_another_day_is_shown_on_that_day(world, client):
    assert "Mr Max Formerly" in fact(page(client, "acc", "?on=2022-01-01"), "Coordinator")


def test_coordinator_without_a_recorded_appointment_is_shown(world, client):
    build.coordinator(world.subjects["IOT"], world.lea, date(2024, 1, 1), organization="Madeup Telecom")
    assert "Madeup Telecom" in fact(page(client, "iot"), "Coordinator")


def test_focal_points_stand_by_body(world, client):
    table = re.search(r"Focal Points by body.*?</table>", page(client), re.DOTALL)[0]
    assert re.search(r"<td>RAG</td>.*Kim Mockup", table)
    assert re.search(r">BR</th>.*of the secretariat; shown by body", table)


def test_mandates_show_title_newest_revision_and_what_replaced_them(world, client):
    build.revision(world.resolutions["pp-191"], 2018, place="Oldville")
    build.mandate(world.subjects["EMF"], world.resolutions["itu-r-6"])
    table = re.search(r"The resolutions behind.*?</table>", page(client), re.DOTALL)[0]
    assert "Rev. Testville, 2022" in table and "Oldville" not in table
    assert '/en/resolutions/itu-r-75/?on=2025-02-12">ITU-R 75</a>' in table
    assert table.index("PP Res. 191") < table.index("ITU-R 6<") < table.index("WTSA Res. 18")


def test_theme_rule_is_told(world, client):
    assert "PP Res. 191 calls for coordination on it" in fact(page(client), "Theme rule")


def test_partner_organizations_are_named(world, client):
    assert "TESTORG, made up" in page(client)


def test_times_on_the_list_are_told_where_there_were_several(world, client):
    build.listing(world.subjects["OLD"], date(2024, 1, 1), document="ISCG/99-1/07")
    text = page(client, "old")
    assert "day not recorded, taken off in 2023" in text and "ISCG/99-1/07" in text


def test_listing_known_only_as_by_a_day_says_so(world, client):
    build.listing(build.subject("BYE"), date(2024, 1, 1), starts_precision="by")
    assert fact(page(client, "bye"), "On the list") == "listed by 1 January 2024"


def test_summary_is_marked_with_its_language_where_it_fell_back(world, client):
    subject = world.subjects["EMF"]
    subject.summary = "A made-up summary."
    subject.save()
    assert '<p class="lead" lang="en" dir="ltr">A made-up summary.</p>' in page(client, language="fr")


def test_indicative_subject_says_so(world, client):
    assert "indicative, not the official list" in fact(page(client, "iot"), "Source")


def test_notes_of_offices_do_not_reach_the_page(world, client):
    build.coordinator(world.subjects["IOT"], world.lea, date(2024, 1, 1), note="whispered")
    assert "whispered" not in page(client, "iot")


def test_what_the_last_conference_made_of_a_mandate_is_said(client, db):
    build.conference("WTDC-25", "WTDC", date(2025, 11, 17), date(2025, 11, 28))
    subject, revised, new = build.subject("NEW"), build.resolution("WTDC", 9), build.resolution("WTDC", 90)
    build.revision(revised, 2022), build.revision(revised, 2025, revised=True), build.revision(new, 2025)
    build.mandate(subject, revised), build.mandate(subject, new)
    for on, told in (("2026-01-01", True), ("2025-11-01", False)):
        page = client.get(f"/en/subjects/new/?on={on}").content.decode()
        assert ("revised in 2025" in page, "new in 2025" in page) == (told, told), on
