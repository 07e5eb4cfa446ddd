"""A portal loaded from an earlier state of the shipped data: nothing is overwritten, corrections are offered (rule 8).

`tests/shipped_before/` is a few rows as they were shipped before their mistakes were mended, in today's columns. Of
today's rows these tests ship only those, a few found since, and what they refer to: the whole record is loaded in
tests/conftest.py.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from iscg_portal import shipped, shipped_corrections
from iscg_portal.adminkit.shipped_page import PER_PAGE
from iscg_portal.history import save_with_reason
from iscg_portal.models import ShippedRow
from iscg_portal.shipped_corrections import put_off, take_over, waiting
from meetings.models import Document, Meeting
from members.models import AdvisoryGroup, ChairTerm, Conference, Country, Person, RegionalMembership, Seat
from secretariat.attention import attention
from subjects.models import Mandate, Revision, Subject
from tests import world as build

BEFORE = Path(__file__).parent / "shipped_before"


SINCE = ("conference/wtdc-06", "mandate/cyber-wtsa-57", "document/isct-18-12", "membership/ru-cept")
ALL_FILES = list(shipped.declared_files())


class SomeRows(shipped.ShippedFile):
    """A file of today with those of its rows that these tests ship."""

    def rows(self):
        return [row for row in super().rows() if row["key"] in SHIPPED_HERE]


def earlier_files():
    files = [replace(file, path=BEFORE / file.path.name) for file in ALL_FILES]
    return [file for file in files if file.path.exists()]


def keys_shipped_here():
    """Those of the earlier rows and of SINCE, and of all that they refer to."""
    today, keys = shipped.read_rows(ALL_FILES), set()
    waiting_keys = {*shipped.read_rows(earlier_files()), *SINCE}
    while waiting_keys:
        key = waiting_keys.pop()
        keys.add(key)
        waiting_keys |= today.keys() & {*today[key][1].values()} - keys
    return keys


SHIPPED_HERE = keys_shipped_here()
FILES = [SomeRows(file.path, file.model, file.same, file.to_match, file.later) for file in ALL_FILES]


@pytest.fixture(autouse=True)
def few_rows(monkeypatch):
    """The portal ships these rows alone."""
    for module in (shipped, shipped_corrections):
        monkeypatch.setattr(module, "declared_files", lambda: FILES)


def earlier_portal():
    """A portal loaded from the earlier rows."""
    return shipped.load(earlier_files())


def upgraded_portal():
    """The same portal after `load_iscg` of the present version; what that said."""
    earlier_portal()
    return shipped.load(FILES)


@pytest.fixture(scope="session")
def kept_earlier(kept):
    return kept(earlier_portal)


@pytest.fixture(scope="session")
def kept_upgraded(kept):
    return kept(upgraded_portal)


@pytest.fixture
def earlier(db, kept_earlier):
    return kept_earlier.put_back()


@pytest.fixture
def upgraded(db, kept_upgraded):
    return kept_upgraded.put_back()


@pytest.fixture
def chief(db, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    return build.staff_account()


def offered():
    return {one.key for one in waiting() if one.comparison and not one.put_off}


def test_nothing_that_was_loaded_is_overwritten(upgraded):
    meeting = Meeting.objects.get(code="25-1")
    assert (meeting.state, meeting.mode) == ("held", "physical")
    assert Person.objects.get(slug="noah-luo").name == "Noah Luo"
    assert Seat.objects.get(code="CHAIR").recorded_from.isoformat() == "2016-03-15"


def test_each_mistake_of_the_earlier_data_is_offered(upgraded):
    mistakes = {
        "document/iscg-25-1-03",
        "revision/pp-208-2022",
        "revision/wtsa-57-2012",
        "meeting/25-1",
        "person/noah-luo",
        "chair/2016",
        "seat/chair",
        "subject/middleware",
    }
    assert mistakes <= offered()
    assert upgraded.offered == len(offered())


def test_what_changes_a_fact_stands_before_what_changes_a_source_alone(upgraded):
    evidence = {"source", "grade", "seen_where", "source_dated_on"}
    of_the_source = [set(one.comparison.names) <= evidence for one in waiting()]
    assert of_the_source == sorted(of_the_source) and {*of_the_source} == {True, False}


def test_facts_found_since_are_added(upgraded):
    assert Conference.objects.filter(code="WTDC-06").exists()
    assert Mandate.objects.filter(subject__code="CYBER", resolution__slug="wtsa-57").exists()
    assert Document.objects.filter(number="ISCT-18/12").exists()


def test_what_was_blank_is_filled_in(upgraded):
    assert AdvisoryGroup.objects.get(code="RAG").url.endswith("/rag/Pages/default.aspx")
    imt = Revision.objects.get(resolution__slug="itu-r-50", year=2023)
    assert imt.title_en == "Role of the Radiocommunication Sector in the ongoing development of IMT"
    assert imt.history.first().history_change_reason == shipped.REASON
    assert upgraded.filled > 1


def test_what_staff_made_blank_again_stays_blank(upgraded):
    rag = AdvisoryGroup.objects.get(code="RAG")
    rag.url = ""
    save_with_reason(rag, "The page is gone")
    ShippedRow.objects.filter(key="group/rag").update(digest="")
    shipped.load()
    rag.refresh_from_db()
    assert rag.url == ""


def test_a_second_load_changes_nothing_and_asks_one_query(upgraded, django_assert_num_queries):
    before = offered()
    with django_assert_num_queries(1):
        again = shipped.load()
    assert (again.added, again.filled, again.offered) == (0, 0, 0)
    assert offered() == before


def test_a_correction_is_taken_over_with_its_history(upgraded, chief):
    take_over("chair/2016", by=chief)
    term = ChairTerm.objects.order_by("starts_on").first()
    assert term.since == "in office by 8 March 2016"
    entry = term.history.first()
    assert (entry.history_change_reason, entry.history_user) == (shipped.CORRECTED, chief)
    assert "chair/2016" not in offered()


def test_all_can_be_taken_over_in_the_order_in_which_they_stand(upgraded, chief):
    for one in waiting():
        take_over(one.key, by=chief)
    assert not offered()
    assert Seat.objects.get(code="CHAIR").recorded_from.isoformat() == "2016-03-08"
    meeting = Meeting.objects.get(code="25-1")
    assert (meeting.state, meeting.mode, meeting.place) == ("planned", "", "Geneva")
    document = Document.objects.get(number="ISCG/25-1/03")
    assert document.purpose == "Discussion" and document.title_en.endswith("on issues of mutual interest")


def test_a_row_that_staff_changed_before_is_not_offered(earlier):
    subject = Subject.objects.get(code="MIDDLEWARE")
    subject.title_en = "Middleware, as we call it"
    save_with_reason(subject, "Our words")
    shipped.load()
    assert "subject/middleware" not in offered()


def test_a_row_that_staff_changed_since_cannot_be_taken_over(upgraded, chief):
    noah = Person.objects.get(slug="noah-luo")
    noah.honorific = "Dr"
    save_with_reason(noah, "He wrote to us")
    with pytest.raises(ValidationError, match="Staff have changed this row"):
        take_over("person/noah-luo", by=chief)
    noah.refresh_from_db()
    assert noah.name == "Noah Luo"


def test_a_removed_row_is_neither_revived_nor_offered(earlier):
    Document.objects.all().delete()
    shipped.load()
    assert "document/iscg-25-1-03" not in offered()
    assert not Document.objects.filter(number="ISCG/25-1/03").exists()


def test_what_is_put_off_waits_at_the_end_and_can_still_be_taken_over(upgraded, chief):
    put_off("person/noah-luo")
    assert "person/noah-luo" not in offered()
    assert waiting()[-1].key == "person/noah-luo"
    take_over("person/noah-luo", by=chief)
    assert Person.objects.get(slug="noah-luo").name == "Noah LUO"


def test_what_was_put_off_is_offered_again_when_it_is_shipped_with_other_words(upgraded):
    put_off("person/noah-luo")
    ShippedRow.objects.filter(key="person/noah-luo").update(digest="of other words")
    shipped.load()
    assert "person/noah-luo" in offered()


def test_the_end_of_a_membership_is_offered_and_not_filled_in(earlier, chief):
    russia = Country.objects.get(code="RU")
    save_with_reason(RegionalMembership(country=russia, organization="CEPT"), shipped.REASON)
    shipped.load()
    membership = RegionalMembership.objects.get(country=russia, organization="CEPT")
    assert membership.ends_on is None
    take_over("membership/ru-cept", by=chief)
    membership.refresh_from_db()
    assert membership.until == "until 18 March 2022"


def waiting_for(key):
    return next(one for one in waiting() if one.key == key)


class TestOnTheDesk:
    """The page “Corrections of the shipped facts”."""

    def page(self, client, number=1):
        return client.get(f"{reverse('admin:shipped-corrections')}?p={number}").content.decode()

    def whole(self, client):
        return "".join(self.page(client, number + 1) for number in range(-(-len(waiting()) // PER_PAGE)))

    def test_says_what_stands_and_what_the_corrected_source_says(self, upgraded, client, chief):
        client.force_login(chief)
        text = self.whole(client)
        assert '<td data-name="What stands">Noah Luo</td>' in text
        assert "Noah LUO" in text and "Document ISCG/25-1/03-E" in text

    def test_the_state_of_a_meeting_is_said_in_the_words_of_its_page(self, upgraded, client, chief):
        client.force_login(chief)
        text = self.whole(client)
        assert "announced; whether held is not recorded</td>" in text and ">planned<" not in text

    def test_one_button_takes_a_correction_over(self, upgraded, client, chief):
        client.force_login(chief)
        address = reverse("admin:shipped-corrections")
        response = client.post(address, {"key": "person/noah-luo", "take_over": ""}, follow=True)
        assert "now says what the corrected source says" in response.content.decode()
        assert Person.objects.get(slug="noah-luo").name == "Noah LUO"

    def test_another_puts_it_off(self, upgraded, client, chief):
        client.force_login(chief)
        client.post(reverse("admin:shipped-corrections"), {"key": "person/noah-luo", "not_now": ""})
        assert "person/noah-luo" not in offered()

    def test_who_may_not_change_the_record_neither_sees_nor_takes_over(self, upgraded, client, settings):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(build.account("clerk@example.org", is_staff=True))
        assert "Noah" not in self.whole(client)
        response = client.post(reverse("admin:shipped-corrections"), {"key": "person/noah-luo"})
        assert response.status_code == 403
        assert Person.objects.get(slug="noah-luo").name == "Noah Luo"

    def test_what_is_not_in_order_counts_those_that_wait_and_leads_there(self, upgraded, client, chief):
        client.force_login(chief)
        text = client.get(reverse("admin:not-in-order"), {"clause": "record"}).content.decode()
        sentence = f"{len(offered())} facts with which the portal came are corrected since, each from its source"
        assert sentence in text and reverse("admin:shipped-corrections") in text
        assert any(sentence in finding.sentence for finding in attention())

    def test_what_staff_mended_by_hand_waits_no_longer(self, upgraded, client, chief):
        middleware = Subject.objects.get(code="MIDDLEWARE")
        comparison = waiting_for("subject/middleware").comparison
        for name in comparison.names:
            setattr(middleware, name, getattr(comparison.wanted, name))
        save_with_reason(middleware, "As in the resolution")
        client.force_login(chief)
        self.whole(client)
        assert not ShippedRow.objects.filter(key="subject/middleware").exclude(correction="").exists()

    def test_a_refusal_is_a_sentence(self, upgraded, client, chief):
        client.force_login(chief)
        response = client.post(
            reverse("admin:shipped-corrections"), {"key": "seat/chair", "take_over": ""}, follow=True
        )
        assert "The record cannot begin before" in response.content.decode()
