"""The shipped record: what it says, with its sources (rule 8)."""

import csv
import datetime
from pathlib import Path

import pytest

from iscg_portal import shipped
from iscg_portal.models import ShippedRow
from iscg_portal.sourced import INDICATIVE, Grade, Sourced
from iscg_portal.tenure.office_on import office_on
from iscg_portal.text_origins import mark_of
from iscg_portal.translated import columns_of
from meetings.models import Document, Meeting
from members.models import ChairTerm, Conference, Country, Person, RegionalMembership, Representative, Seat
from subjects.models import Coordinator, Edition, FocalPoint, Listing, Mandate, Resolution, Revision, Subject
from tests.walks import part_of

ROWS = shipped.read_rows(shipped.declared_files())


def holders(on):
    """{seat: (state, holder as printed, country)} on a day."""
    found = {}
    for seat in Seat.objects.all():
        office = office_on(on, seat.recorded_from, seat.tenures())
        tenure = office.tenure
        found[seat.code] = (office.state, tenure and str(tenure.person), tenure and tenure.country.name)
    return found


def test_every_shipped_row_with_a_source_field_has_a_source():
    unsourced = [
        key
        for key, (file, row) in ROWS.items()
        if any(field.name == "source" for field in file.model._meta.fields) and not row["source"]
    ]
    assert unsourced == []


def test_every_shipped_row_says_what_its_evidence_is():
    stated = [row["grade"] for file, row in ROWS.values() if issubclass(file.model, Sourced)]
    assert set(stated) == set(Grade.values)


def test_what_rests_on_general_knowledge_is_indicative():
    doubtful = [row for file, row in ROWS.values() if "verify" in row.get("source", "")]
    assert doubtful
    assert all(row["grade"] in INDICATIVE for row in doubtful)


def test_the_files_name_no_place_on_any_machine():
    for file in shipped.declared_files():
        text = file.path.read_text(encoding="utf-8")
        assert "seed:" not in text
        assert not any(cell.startswith("/") for row in csv.reader(text.splitlines()) for cell in row)


def test_no_source_is_a_site_that_copies_documents():
    sites = ("studylib", "docsbay", "docest", "5y1.org", "documents.", "internetdistinction", "scribd", "pdfslide")
    assert not [key for key, (_file, row) in ROWS.items() if any(site in row.get("source", "") for site in sites)]


def test_a_copy_names_its_document_and_keeps_where_it_was_seen():
    copies = [row for _file, row in ROWS.values() if row.get("grade") == Grade.COPY]
    assert copies
    assert all(row["seen_where"] and not row["source"].startswith("http") for row in copies)


def test_what_was_only_announced_is_not_told_as_held(shipped_record, client):
    announced = Meeting.objects.get(code="25-1")
    assert (announced.state, announced.mode, announced.place) == ("planned", "", "Geneva")
    assert Meeting.objects.get(code="ISCT-2018").state == "held"
    page = client.get("/en/meetings/25-1/").content.decode()
    assert "<dt>Mode</dt><dd>not recorded</dd>" in page
    assert "announced" in page and "physical" not in page and ">held<" not in page


def test_the_document_is_shipped_as_it_is_printed(shipped_record):
    document = Document.objects.get(number="ISCG/25-1/03")
    assert document.purpose == "Discussion"
    assert document.title_en == (
        "Proposal to review the Terms of Reference of the Inter-Sector Coordination Group (ISCG)"
        " on issues of mutual interest"
    )


def test_the_eight_subjects_of_wtsa_57_have_that_mandate(shipped_record):
    resting = Subject.objects.filter(mandate__resolution__slug="wtsa-57").order_by("code")
    codes = ["ACCESS", "BROADCAST", "CLIMATE", "CYBER", "EMC", "EMERG", "IMT", "MIDDLEWARE"]
    assert [subject.code for subject in resting] == codes
    assert resting.get(code="MIDDLEWARE").title_en == "Middleware"


def test_two_countries_belonged_to_cept_until_18_march_2022(shipped_record):
    memberships = RegionalMembership.objects
    assert memberships.by_country(datetime.date(2022, 3, 17))["RU"] == ["CEPT", "RCC"]
    assert memberships.by_country(datetime.date(2022, 3, 18))["RU"] == ["RCC"]
    assert memberships.by_country(datetime.date(2022, 3, 17))["BY"] == ["CEPT"]
    assert "BY" not in memberships.by_country(datetime.date(2022, 3, 18))


def test_a_past_day_has_the_title_of_its_text(shipped_record):
    def title_on(slug, year):
        [resolution] = Resolution.objects.filter(slug=slug).with_texts(datetime.date(year, 6, 1))
        return resolution.title_of_day

    assert title_on("itu-r-50", 2005).endswith("IMT-2000") and title_on("itu-r-50", 2024).endswith("of IMT")
    assert "coordination between, the ITU Radio" in title_on("wtsa-18", 2018)
    assert "coordination among the ITU Radio" in title_on("wtsa-18", 2025)


def test_the_first_load_adds_every_row(shipped_record):
    assert (shipped_record.added, shipped_record.already_there, shipped_record.left_out) == (len(ROWS), 0, {})
    assert Country.objects.count() == 195
    assert Conference.objects.count() == 23
    assert Seat.objects.count() == 7
    assert Subject.objects.count() == Listing.objects.count() == 30


def test_every_added_row_is_in_the_history_with_its_reason(shipped_record):
    for model in (Seat, Person, ChairTerm, Representative, Resolution, Revision, Subject, Listing, Mandate):
        reasons = set(model.history.values_list("history_change_reason", flat=True))
        assert reasons == {shipped.REASON}, model
        assert model.history.count() == model.objects.count(), model


def test_the_seven_in_office_on_12_february_2025(shipped_record):
    assert holders(datetime.date(2025, 2, 12)) == {
        "CHAIR": ("held", "Mr Fabio Bigi", "Italy"),
        "RAG1": ("held", "Mr Abdouramane El Hadjar", "Cameroon"),
        "RAG2": ("held", "Mr Victor Manuel Martinez Vanegas", "Mexico"),
        "TDAG1": ("held", "Mr Ahmad R. Sharafat", "Iran (Islamic Republic of)"),
        "TDAG2": ("held", "Ms Inga Rimkeviciene", "Lithuania"),
        "TSAG1": ("held", "Mr Dominique Wurges", "France"),
        "TSAG2": ("held", "Mr Noah LUO", "China"),
    }


@pytest.mark.parametrize("on", ["2025-02-12", "2026-12-01"])
def test_the_picture_of_terms_names_each_of_the_seven(shipped_record, client, on):
    picture = client.get(f"/en/composition/history/?on={on}").context["picture"].geometry
    named = {item.bar.label for item in picture.bars if item.label and item.bar.ends_on is None}
    assert named == {
        name.split(" ", 1)[1] for _state, name, _country in holders(datetime.date.fromisoformat(on)).values()
    }


def test_nothing_is_recorded_in_2013(shipped_record):
    assert {state for state, *_ in holders(datetime.date(2013, 1, 1)).values()} == {"not recorded"}


def test_the_chair_was_renewed_in_april_2018(shipped_record):
    second, first = ChairTerm.objects.order_by("-starts_on")
    assert (first.since, first.until) == ("in office by 8 March 2016", "until April 2018")
    assert (second.since, second.until, second.follows) == ("since April 2018", "", None)


def test_ends_that_were_not_found_are_printed_as_last_recorded(shipped_record):
    major = Representative.objects.get(person__slug="peter-major")
    assert (major.since, major.until) == ("since 2014", "last recorded in office on 26 April 2015")


def test_itu_r_75_replaces_6_and_7(shipped_record):
    replaced = Resolution.objects.get(slug="itu-r-75").replaces.all()
    newest = [Revision.objects.filter(resolution=resolution).first() for resolution in replaced]
    assert {str(revision) for revision in newest} == {
        "ITU-R 6-3 (Sharm el-Sheikh, 2019)",
        "ITU-R 7-4 (Sharm el-Sheikh, 2019)",
    }


def test_the_background_documents_are_cited_as_the_terms_of_reference_do(shipped_record):
    cited = {str(revision) for revision in Revision.objects.filter(revised=True)}
    assert cited >= {
        "PP Res. 191 (Rev. Bucharest, 2022)",
        "PP Res. 208 (Rev. Bucharest, 2022)",
        "WTSA Res. 45 (Rev. Hammamet, 2016)",
        "WTSA Res. 57 (Rev. Dubai, 2012)",
        "WTSA Res. 18 (Rev. New Delhi, 2024)",
        "WTSA Res. 18 (Rev. Geneva, 2022)",
        "WTDC Res. 5 (Rev. Kigali, 2022)",
        "WTDC Res. 59 (Rev. Kigali, 2022)",
    }


def test_subjects_are_indicative_and_have_no_recorded_coordinator(shipped_record):
    assert not Subject.objects.exclude(grade__in=INDICATIVE).exists()
    assert not Subject.objects.filter(recorded_from__isnull=False).exists()
    assert not Coordinator.objects.exists() and not FocalPoint.objects.exists() and not Edition.objects.exists()


def test_no_country_has_a_mark_without_a_source(shipped_record):
    marked = Country.objects.exclude(is_ldc=None, is_sids=None, is_lldc=None, is_transition=None)
    assert not marked.exists()


def test_a_second_load_adds_nothing_and_asks_one_query(shipped_record, django_assert_num_queries):
    with django_assert_num_queries(1):
        again = shipped.load()
    assert (again.added, again.already_there) == (0, len(ROWS))


def test_a_row_whose_person_was_removed_is_left_out(shipped_record):
    Representative.objects.get(person__slug="noah-luo").delete()
    Person.objects.get(slug="noah-luo").delete()
    ShippedRow.objects.filter(key="representative/tsag2-2025").delete()
    assert "representative/tsag2-2025" in shipped.load().left_out


def test_persons_are_sorted_by_their_family_names(shipped_record):
    names = Person.objects.order_by("sort_key").values_list("sort_key", flat=True)
    assert [name for name in names if name.startswith(("El ", "Mar"))] == [
        "El Hadjar Abdouramane",
        "Martinez Vanegas Victor Manuel",
    ]


@pytest.mark.walk
def test_the_loaded_record_stands_by_the_rules_of_today(shipped_record):
    for model in {file.model for file in shipped.declared_files()}:
        for record in part_of(model.objects.order_by("pk"), 3):
            record.full_clean()


def test_the_files_are_found_beside_their_apps():
    homes = {Path(file.path).parent.parent.name for file in shipped.declared_files()}
    assert homes == {"members", "subjects", "studies", "meetings", "front"}


def test_subjects_conferences_and_meetings_have_titles_in_six_languages():
    for model, name in ((Subject, "title"), (Conference, "name"), (Meeting, "title")):
        rows = [row for file, row in ROWS.values() if file.model is model]
        assert rows and all(row[column] for row in rows for column in columns_of(name) if column in row)
        assert set(columns_of(name)) - set(rows[0]) == {f"{name}_en"}  # that is the column without a language


def test_each_translation_says_whether_it_is_ours(shipped_record):
    subject = Subject.objects.get(code="EMF")
    assert {noted["origin"] for noted in subject.text_origins.values()} == {"ours"}
    resolution = Resolution.objects.get(slug="wtsa-1")
    assert mark_of(resolution, "title_es")["origin"] == "official" and resolution.title_fr in (None, "")
