"""The list of States is the Union's: names in six languages, with their days, and nobody else (rule 21)."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from openpyxl import load_workbook

from bench.rows import judge_rows, write_rows
from changes.offices import SEATS, offices_between
from iscg_portal import shipped
from iscg_portal.history import save_with_reason
from iscg_portal.models import ShippedRow
from meetings.models import Attendance
from members.models import Country, FormerName, Representative
from members.models.countries import SHORT_NAMES
from members.shipped import FILES
from secretariat.attention import attention
from secretariat.findings import REMARK
from subjects.acts import rows_of_edition
from subjects.models import Edition
from tests import world
from tests.importing.conftest import term

pytestmark = pytest.mark.django_db


class TestTheList:
    def test_there_are_194_member_states_and_the_state_of_palestine(self, shipped_record):
        standings = list(Country.objects.values_list("standing", flat=True))
        assert (standings.count("Member State"), len(standings)) == (194, 195)
        palestine = Country.objects.get(standing="PP Res. 99")
        assert (palestine.code, palestine.name) == ("PS", "State of Palestine")

    def test_every_state_has_its_name_in_six_languages_and_their_source(self, shipped_record):
        for state in Country.objects.all():
            assert all(getattr(state, column) for column in SHORT_NAMES), state.code
            assert state.names_source, state.code

    def test_no_territory_of_a_library_is_in_it(self, shipped_record):
        assert not Country.objects.filter(pk__in=["AQ", "CK", "HK", "NU", "TW", "XK"]).exists()

    @pytest.mark.parametrize(
        ("language", "name"),
        {
            "ar": "دولة فلسطين",
            "en": "State of Palestine",
            "es": "Estado de Palestina",
            "fr": "État de Palestine",
            "ru": "Государство Палестина",
            "zh-hans": "巴勒斯坦国",
        }.items(),
    )
    def test_names_come_in_the_language_of_the_page(self, shipped_record, language, name):
        with override(language):
            assert str(Country.objects.get(pk="PS")) == name

    def test_staff_correct_a_name_and_all_outputs_follow(self, client):
        france = world.country("FR")
        world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1), country=france)
        france.short_name_fr = "France, nom corrigé"
        france.save()
        assert "France, nom corrigé" in client.get("/fr/composition/").content.decode()
        assert "France, nom corrigé" in client.get("/fr/composition.csv").content.decode()


def load_countries():
    return shipped.load([file for file in FILES if file.model is Country])


class TestAPortalLoadedBefore:
    """Four of its countries have no names: they are filled in, and what staff entered stays."""

    @pytest.fixture
    def older(self, shipped_record):
        codes = ("CH", "IR", "IT", "TR")
        ShippedRow.objects.filter(key__in=[f"country/{code.lower()}" for code in codes]).update(digest="older")
        blank = dict.fromkeys(SHORT_NAMES, "") | {"standing": "", "names_source": ""}
        Country.objects.filter(pk__in=codes).update(**blank)

    def test_blanks_are_filled(self, older):
        assert load_countries().filled == 4
        italy = Country.objects.get(pk="IT")
        assert (italy.standing, italy.short_name_ru) == ("Member State", "Италия")
        assert italy.history.first().history_change_reason == shipped.REASON

    def test_also_where_staff_wrote_the_rest_and_nothing_of_it_is_overwritten(self, older):
        iran = Country.objects.get(pk="IR")
        iran.short_name_en, iran.council_region = "Iran, as staff wrote it", ""
        save_with_reason(iran, "Made up")
        assert load_countries().filled == 4
        iran.refresh_from_db()
        assert (iran.short_name_en, iran.short_name_es, iran.council_region) == (
            "Iran, as staff wrote it",
            "Irán (República Islámica del)",
            "",
        )

    def test_also_where_staff_entered_the_country_first(self, older):
        ShippedRow.objects.filter(key="country/ch").delete()
        save_with_reason(Country.objects.get(pk="CH"), "Made up")
        load_countries()
        assert Country.objects.get(pk="CH").standing == "Member State"

    def test_it_happens_once(self, older):
        load_countries()
        Country.objects.filter(pk="IT").update(names_source="")
        assert load_countries().filled == 0
        assert Country.objects.get(pk="IT").names_source == ""

    def test_a_country_that_staff_removed_stays_away(self, older):
        FormerName.objects.filter(country="TR").delete()
        Country.objects.get(pk="TR").delete()
        load_countries()
        assert not Country.objects.filter(pk="TR").exists()


class TestNobodyElse:
    @pytest.fixture
    def outside(self, db):
        """A country that the record has and the list does not."""
        world.country("FR")
        return world.country("QX", standing="", **dict.fromkeys(SHORT_NAMES, "Nowhere, made up"))

    def test_the_desk_names_it(self, outside):
        said = [finding for finding in attention() if "QX" in finding.sentence]
        assert [(finding.sentence, finding.url, finding.topic.kind) for finding in said] == [
            ("QX (Nowhere, made up): without a standing, so nobody can choose it.",
             "/admin/members/country/QX/change/", REMARK)
        ]  # fmt: skip

    def test_a_term_cannot_be_for_it(self, outside):
        term = Representative(seat=world.seat(), person=world.person(), starts_on=date(2020, 1, 1), country=outside)
        with pytest.raises(ValidationError) as refused:
            term.full_clean()
        assert set(refused.value.message_dict) == {"country"}

    def test_an_import_does_not_take_it(self, outside):
        world.seat("RAG1")
        world.person("Ada Testperson")
        judged = judge_rows("representative", [term("RAG1", "ada-testperson", "2020-01-01", country="QX")])
        assert not judged.is_accepted
        assert "“QX” is not among the countries that can stand here." in str(judged.rows[0].problems)

    @pytest.mark.parametrize("written", ["FR", "fr", "France", "франция", "法国", "فرنسا"])
    def test_an_import_takes_the_code_and_the_whole_name_in_six_languages(self, outside, written):
        world.seat("RAG1")
        world.person("Ada Testperson")
        rows = [term("RAG1", "ada-testperson", "2020-01-01", country=written)]
        assert write_rows("representative", rows).is_accepted
        assert Representative.objects.get().country_id == "FR"

    def test_what_is_on_record_keeps_its_name(self, outside, client):
        term = world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))
        Representative.objects.filter(pk=term.pk).update(country=outside)
        assert "Nowhere, made up" in client.get("/en/composition/?on=2021-01-01").content.decode()

    def test_the_state_of_palestine_is_never_counted_as_a_member_state(self, db):
        palestine, meeting = world.country("PS"), world.meeting()
        world.attendance(meeting, country=palestine, capacity="PP Res. 99")
        wrong = Attendance(meeting=meeting, country=palestine, capacity="Member State", count=1)
        with pytest.raises(ValidationError, match="State of Palestine does not take part as “Member State”"):
            wrong.full_clean()
        with pytest.raises(ValidationError, match="does not take part as “under PP Resolution 99”"):
            Attendance(meeting=meeting, country=world.country("FR"), capacity="PP Res. 99", count=1).full_clean()


class TestNamesHaveDays:
    """Made up: Italy was called otherwise until 1 June 2022."""

    @pytest.fixture
    def italy(self, db):
        italy = world.country("IT")
        world.former_name(italy)
        return italy

    @pytest.fixture
    def term(self, italy):
        return world.representative("RAG1", world.person("Ada Testperson"), date(2015, 3, 4), country=italy)

    @pytest.mark.parametrize(
        ("language", "on", "name"),
        [
            ("en", "2022-05-31", "Oldland en"),
            ("en", "2022-06-01", "Italy"),
            ("ar", "2016-01-01", "Oldland ar"),
            ("fr", "2016-01-01", "Oldland fr"),
            ("zh", "2016-01-01", "Oldland zh_hans"),
            ("zh", "2023-01-01", "意大利"),
        ],
    )
    def test_a_past_day_has_the_name_of_that_day(self, term, client, language, on, name):
        data = client.get(f"/{language}/composition.json?on={on}").json()
        assert data["groups"][0]["seats"][0]["holder"]["country"] == {"code": "IT", "name": name}
        for address in ("composition/", "composition/history/", "people/ada-testperson/"):
            page = client.get(f"/{language}/{address}?on={on}").content.decode()
            assert name in page, address
            assert ("Oldland" in page) == ("Oldland" in name), address

    @pytest.mark.parametrize("ends_on", [date(2020, 1, 1), date(2022, 6, 1)])
    def test_a_term_that_is_over_has_the_name_of_its_days_on_todays_pages(self, term, client, ends_on):
        term.ends_on, term.ends_precision = ends_on, "day"
        world.saved(term)
        for address in ("composition/history/", "people/ada-testperson/"):
            assert "Oldland en (today: Italy)" in client.get(f"/en/{address}").content.decode(), address
        (row,) = client.get("/en/composition/history.json").json()["terms"]
        assert row["country"] == {"code": "IT", "name": "Oldland en"}
        assert "Oldland en" in client.get("/en/composition/history.csv").content.decode()

    def test_a_term_that_outlived_the_name_has_the_new_one(self, term, client):
        term.ends_on, term.ends_precision = date(2022, 6, 2), "day"
        world.saved(term)
        page = client.get("/en/people/ada-testperson/").content.decode()
        assert "Italy" in page and "Oldland" not in page

    def test_files_and_pictures_have_it_too(self, term, client):
        row = client.get("/en/composition.csv?on=2016-01-01").content.decode("utf-8-sig")
        assert "Oldland en" in row and "Italy" not in row
        workbook = load_workbook(io.BytesIO(client.get("/en/composition/history.xlsx?on=2016-01-01").content))
        cells = [cell.value for line in workbook.active for cell in line]
        assert "Oldland en" in cells and "Italy" not in cells
        assert "Ada Testperson, Oldland en, since 4 March 2015" in str(
            client.get("/en/composition/history/?on=2016-01-01").context["picture"]
        )

    def test_coordinators_have_it(self, italy, client):
        subject = world.subject("EMF")
        world.listing(subject, date(2014, 1, 1))
        world.coordinator(subject, world.person("Ina Sample"), date(2015, 3, 4), country=italy)
        world.focal_point(subject, world.person("Kim Mockup"), "RAG", date(2015, 3, 4), country=italy)
        for address in ("subjects/emf/", "coordinators/", "coordinators.csv", "subjects.csv"):
            page = client.get(f"/en/{address}?on=2016-01-01").content.decode()
            assert "Oldland en" in page and "Italy" not in page, address
        (row,) = rows_of_edition(Edition(adopted_on=date(2016, 1, 1)))
        assert row.coordinator == "Ina Sample (Oldland en)"

    def test_an_event_has_the_name_of_its_day(self, term, italy):
        term.ends_on, term.ends_precision = date(2023, 1, 1), "day"
        world.saved(term)
        began, ended = offices_between(SEATS, date(2000, 1, 1), date(2025, 1, 1))
        assert (began.holder, ended.holder) == ("Ada Testperson (Oldland en)", "Ada Testperson (Italy)")

    def test_who_continues_on_the_day_of_a_new_name_sits_for_the_same_state(self, term, italy):
        term.ends_on, term.ends_precision = date(2022, 6, 1), "day"
        world.saved(term)
        world.representative("RAG1", term.person, date(2022, 6, 1), country=italy)
        found = offices_between(SEATS, date(2000, 1, 1), date(2025, 1, 1))
        _began, goes_on = sorted(found, key=lambda event: event.on)
        assert goes_on.what == "continues in a new term"

    def test_a_meeting_has_the_name_of_its_day(self, italy, client):
        for code, day in (("20-1", date(2020, 2, 3)), ("23-1", date(2023, 2, 3))):
            world.attendance(world.meeting(code, day), country=italy)
        assert "Oldland en" in client.get("/en/meetings/20-1/").content.decode()
        page = client.get("/en/meetings/23-1/").content.decode()
        assert "Italy" in page and "Oldland" not in page

    def test_terms_are_sorted_by_the_names_of_the_day(self, term, client):
        world.representative("RAG2", world.person("Ben Madeup"), date(2015, 1, 1), country=world.country("MX"))
        world.representative("TSAG1", world.person("Cleo Invented"), date(2015, 1, 1))

        def names(query):
            rows = client.get(f"/en/composition/history.json?{query}").json()["terms"]
            return [row["country"] and row["country"]["name"] for row in rows]

        assert names("sort=country&on=2016-01-01") == [None, "Mexico", "Oldland en"]
        assert names("sort=country&on=2023-01-01") == [None, "Italy", "Mexico"]
        assert names("sort=-country&on=2016-01-01") == ["Oldland en", "Mexico", None]

    def test_two_names_on_one_day_are_refused(self, italy):
        other = FormerName(country=italy, ends_on=date(2000, 1, 1), **dict.fromkeys(SHORT_NAMES, "Older"))
        with pytest.raises(ValidationError, match="another name on a day of this one"):
            other.full_clean()

    def test_a_name_without_an_end_is_todays_and_stands_on_the_country(self, italy):
        with pytest.raises(ValidationError, match="today's name is its own"):
            FormerName(country=world.country("FR"), **dict.fromkeys(SHORT_NAMES, "X")).full_clean()

    def test_the_page_of_the_data_says_which_are_recorded(self, italy, client):
        page = client.get("/en/data/").content.decode()
        assert "Oldland en (Italy), until 1 June 2022" in page
        FormerName.objects.all().delete()
        assert "No earlier name is recorded." in client.get("/en/data/").content.decode()

    def test_the_shipped_earlier_names_are_marked_as_indicative(self, shipped_record, client):
        assert FormerName.objects.count() == 5
        page = client.get("/en/data/").content.decode()
        assert "Swaziland (Eswatini), until 30 May 2018" in page
        assert page.count("indicative, not the official list") == 5


def test_the_shipped_file_has_each_state_once():
    rows = FILES[0].rows()
    assert len({row["code"] for row in rows}) == len(rows) == 195
