"""Today's Coordinators in a file for people, and the subjects without one."""

import io
from datetime import date

import openpyxl
import pytest
from django.contrib.auth.models import Permission

from tests import world as w

LETTER = "/admin/subjects/coordinator/for-a-letter/"


@pytest.fixture
def lines(client, settings, world):
    """A function that signs an account in and gives the lines of the file."""
    settings.REQUIRE_SECOND_FACTOR = False
    w.contact_data(world.ina, "ina@example.org")

    def read(account):
        client.force_login(account)
        answer = client.get(LETTER)
        assert answer.status_code == 200, answer.status_code
        return [list(row) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values]

    return read


def test_it_has_heads_in_words_and_addresses(lines):
    heads, first, *_others = lines(w.staff_account("letters@example.org"))
    assert heads[:3] == ["Title", "Name", "Country or organization"] and heads[-1] == "E-mail address"
    assert first[:2] == ["Ms", "Ina Sample"] and first[-1] == "ina@example.org"


def test_who_may_not_see_addresses_gets_none(lines):
    clerk = w.account("clerk@example.org", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=["view_coordinator", "export_coordinator"]))
    assert "ina@example.org" not in str(lines(type(clerk).objects.get(pk=clerk.pk)))


def test_subjects_are_filtered_by_their_coordinator_today_and_the_way_names_no_app(client, settings, world):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account("letters@example.org"))
    w.listing(w.subject("XYZ", "RT"), date(2020, 1, 1))
    page = client.get("/admin/subjects/subject/?coordinator=not-recorded").content.decode()
    assert ">XYZ<" in page and ">EMF<" not in page
    way = page.partition('class="breadcrumbs"')[2].partition("</div>")[0]
    assert way.count("Subjects") == 1
