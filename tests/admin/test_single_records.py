"""What is particular to one kind of record: countries, editions, the Chair, the Terms of Reference."""

from datetime import date, timedelta

import pytest

from iscg_portal.tenure.dates import today
from members.models import Country, Person, TermsOfReference
from members.models.countries import SHORT_NAMES
from subjects.models import Edition, Subject
from tests import world
from tests.admin.conftest import as_sent, complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db


class TestCountries:
    def test_staff_add_a_country_with_its_names_in_six_languages(self, desk):
        data = as_sent(desk.get(list_of(Country, "add"))) | {"code": "QX", "standing": "Member State"}
        data |= {column: f"Newland {column[-2:]}" for column in SHORT_NAMES}
        assert desk.post(list_of(Country, "add"), data).status_code == 302
        assert (Country.objects.get().name, Country.objects.get().name_in("fr")) == ("Newland en", "Newland fr")

    def test_no_name_may_be_left_out(self, desk):
        found = complaints(save(desk, page_of(world.country("FR")), short_name_ru=""))
        assert "required" in found

    def test_a_new_name_is_entered_and_the_old_one_kept_with_its_last_day(self, desk):
        france = world.country("FR")
        old = {f"former_names-0-{column}": f"Oldland {column[-2:]}" for column in SHORT_NAMES}
        old |= {"former_names-TOTAL_FORMS": "1", "former_names-0-ends_on": "2022-06-01"}
        answer = save(desk, page_of(france), short_name_en="Newland", **old)
        assert answer.status_code == 302, complaints(answer)
        france.refresh_from_db()
        (former,) = france.former_names.all()
        assert (france.name, str(former)) == ("Newland", "Oldland en, until 1 June 2022")

    def test_memberships_stand_on_the_page_of_the_country_with_their_days(self, desk):
        france = world.country("FR")
        world.membership(france, "CEPT")
        save(desk, page_of(france), **{"memberships-0-ends_on": "2022-03-18", "memberships-0-ends_precision": ""})
        assert france.memberships.get().until == "until 18 March 2022"

    def test_mark_without_a_source_is_refused_in_a_sentence(self, desk):
        assert "source of the marks" in complaints(save(desk, page_of(world.country("NP")), is_ldc="true"))

    def test_mark_stays_unknown_until_it_is_told(self, desk):
        nepal = world.country("NP")
        save(desk, page_of(nepal), is_ldc="true", marks_source="UN list")
        nepal.refresh_from_db()
        assert (nepal.is_ldc, nepal.is_sids) == (True, None)


class TestEditions:
    @pytest.fixture
    def listed(self):
        subject = world.subject()
        world.listing(subject, date(2020, 1, 1))
        return subject

    def adopt(self, client, **changes):
        data = {"adopted_on": today().isoformat(), "document": "ISCG/99-1/05", "reason": "Meeting"}
        return client.post(list_of(Edition, "add"), data | changes)

    def test_list_is_adopted_as_it_stands(self, desk, listed, chief):
        assert self.adopt(desk).status_code == 302
        edition = Edition.objects.get()
        assert [row.code for row in edition.rows.all()] == ["EMF"]
        assert edition.history.first().history_user == chief

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"adopted_on": (today() + timedelta(days=2)).isoformat()}, "come yet"),
            ({"adopted_on": "2999-01-01"}, "look at the year"),
            ({"document": ""}, "required"),
            ({"adopted_on": "x"}, "is not a date"),
        ],
    )
    def test_what_cannot_be_adopted_is_a_sentence(self, desk, listed, changes, sentence):
        assert sentence in complaints(self.adopt(desk, **changes))
        assert not Edition.objects.exists()

    def test_edition_is_only_read(self, desk, listed):
        self.adopt(desk)
        edition = Edition.objects.get()
        assert desk.get(page_of(edition)).status_code == 200
        assert desk.post(page_of(edition), {"document": "Another"}).status_code == 403
        assert desk.get(page_of(edition, "delete")).status_code == 403

    def test_edition_is_withdrawn_with_a_reason(self, desk, listed):
        self.adopt(desk)
        edition = Edition.objects.get()
        assert "required" in complaints(desk.post(page_of(edition, "withdraw"), {"because": ""}))
        desk.post(page_of(edition, "withdraw"), {"because": "Wrong annex"})
        edition.refresh_from_db()
        assert edition.withdrawn_because == "Wrong annex"


def test_remarks_on_a_chair_are_shown(desk):
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1))
    page = desk.get(page_of(gus)).content.decode()
    assert "outside the management team" in page
    assert "Say which Plenipotentiary Conference" in page


def test_day_of_the_terms_of_reference_is_entered(desk):
    desk.post(list_of(TermsOfReference, "add"), {"effective_on": "2026-12-01", "document": "ISCG/99-1/01"})
    assert TermsOfReference.bind(date(2026, 12, 1))


def test_address_of_a_person_is_set_once(desk):
    desk.post(
        list_of(Person, "add"),
        {"name": "Noah Madeup", "contact_data-TOTAL_FORMS": 0, "contact_data-INITIAL_FORMS": 0},
    )
    noah = Person.objects.get()
    save(desk, page_of(noah), name="Noah Renamed", slug="other")
    noah.refresh_from_db()
    assert (noah.name, noah.slug) == ("Noah Renamed", "noah-madeup")


def test_persons_page_names_the_offices(desk):
    ada = world.person("Ada Testperson")
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    focal_point = world.focal_point(world.subject(), ada, "RAG", date(2020, 1, 1))
    page = desk.get(page_of(ada)).content.decode()
    assert page_of(term) in page
    assert page_of(focal_point) in page


def test_each_further_language_is_folded_away(desk):
    subject = world.subject()
    fieldsets = desk.get(page_of(subject)).context["adminform"].fieldsets
    folded = {str(title): options["fields"] for title, options in fieldsets if "collapse" in options.get("classes", [])}
    assert folded["Français"] == ["title_fr", "summary_fr"]
    assert len(folded) == 5


def test_translation_is_saved(desk):
    subject = world.subject()
    save(desk, page_of(subject), title_fr="Un titre")
    assert Subject.objects.get().title_fr == "Un titre"


def test_fields_of_a_language_say_so(desk):
    page = desk.get(page_of(world.subject())).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="zh-Hans"' in page
