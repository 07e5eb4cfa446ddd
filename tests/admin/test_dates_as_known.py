"""Dates are typed as exactly as they are known, and shown again as the portal prints them."""

from datetime import date

import pytest
from django.utils.translation import override

from iscg_portal.history import save_with_reason
from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.tenure.dates import print_date
from members.models import Account, Representative
from tests import world
from tests.admin.conftest import as_sent, complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))


AS_TYPED = [
    ("2016", "", date(2016, 1, 1), "year", ("2016", "")),
    ("2016-03", "", date(2016, 3, 1), "month", ("March 2016", "")),
    ("2016-03-15", "", date(2016, 3, 15), "day", ("15 March 2016", "")),
    ("2016-03-15", "day", date(2016, 3, 15), "day", ("15 March 2016", "")),
    ("by 2025-01-23", "", date(2025, 1, 23), "by", ("23 January 2025", "by")),
    ("2025-01-23", "by", date(2025, 1, 23), "by", ("23 January 2025", "by")),
    ("2016-03-15", "month", date(2016, 3, 15), "month", ("15 March 2016", "month")),
    ("since March 2016", "", date(2016, 3, 1), "month", ("March 2016", "")),
]


@pytest.mark.parametrize(("text", "how", "day", "precision", "shown"), AS_TYPED)
def test_start_is_kept_as_known_and_shown_as_printed(desk, term, text, how, day, precision, shown):
    save(desk, page_of(term), starts_on=text, starts_precision=how)
    term.refresh_from_db()
    assert (term.starts_on, term.starts_precision) == (day, precision)
    initial = desk.get(page_of(term)).context["adminform"].form.initial
    assert (initial["starts_on"], initial["starts_precision"]) == shown


@pytest.mark.parametrize(
    ("start", "end", "day", "shown"),
    [
        ("2020-01-05", "2020", date(2020, 12, 31), "2020"),  # within the year of the start: its last day
        ("2020-01-05", "2020-01", date(2020, 1, 31), "January 2020"),
        ("2020-01-05", "2022", date(2022, 1, 1), "2022"),
        ("2020-01-05", "after 2025-01-24", date(2025, 1, 24), "24 January 2025"),
    ],
)
def test_end_is_kept_as_known_and_shown_as_printed(desk, term, start, end, day, shown):
    save(desk, page_of(term), starts_on=start, ends_on=end)
    term.refresh_from_db()
    assert term.ends_on == day
    assert desk.get(page_of(term)).context["adminform"].form.initial["ends_on"] == shown


@pytest.mark.parametrize("text", ["Marchember 2016", "2016-13", "3.4.2016", "by 2016", "2016-02-30"])
def test_what_is_no_date_is_refused_and_kept_on_the_page(desk, term, text):
    response = save(desk, page_of(term), starts_on=text)
    assert complaints(response)
    assert response.context["adminform"].form["starts_on"].value() == text


def test_end_can_be_taken_back(desk, term):
    save(desk, page_of(term), ends_on="2024-05-01", how_ended="resigned")
    save(desk, page_of(term), ends_on="", how_ended="")
    term.refresh_from_db()
    assert (term.ends_on, term.ends_precision) == (None, None)


def test_precision_without_an_end_is_refused(desk, term):
    assert "how exactly the end is known" in complaints(save(desk, page_of(term), ends_precision="month"))


def test_page_saved_untouched_writes_no_history(desk, term):
    save(desk, page_of(term))
    assert term.history.count() == 1


def test_new_row_takes_the_day_from_the_address(desk, term):
    response = desk.get(list_of(Representative, "add"), {"seat": "RAG2", "starts_on": "2026-12-01"})
    form = response.context["adminform"].form
    assert (form["seat"].value(), form["starts_on"].value()) == ("RAG2", "2026-12-01")


def test_unknown_start_of_a_listing_stays_unknown(desk):
    listing = world.listing(world.subject())
    save(desk, page_of(listing), document="ISCG/99-1/05")
    listing.refresh_from_db()
    assert (listing.starts_on, listing.document) == (None, "ISCG/99-1/05")


def test_whoever_only_looks_reads_days_as_they_are_printed(clerk):
    day = date(2020, 6, 1)
    term = world.representative(
        "RAG1", world.person("Ada Testperson"), day, starts_precision="month", last_confirmed_on=day
    )
    client = clerk("members.view_representative")
    Account.objects.filter(email="clerk@example.org").update(language="fr")
    page = client.get(page_of(term)).content.decode()
    assert '<div class="readonly">depuis juin 2020</div>' in page
    assert '<div class="readonly">1er juin 2020</div>' in page


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_form_in_any_language_is_sent_as_it_was_shown(desk, term, language):
    term.ends_on, term.ends_precision, term.how_ended = date(2024, 3, 1), "month", "resigned"
    term.last_confirmed_on = date(2023, 12, 31)
    term.save()
    meeting = world.meeting("25-7")
    Account.objects.update(language=language)
    with override(language):
        shown = print_date(date(2023, 12, 31))
    assert f'value="{shown}"' in desk.get(page_of(term)).content.decode()
    for row in (term, meeting):
        before = row.history.count()
        save(desk, page_of(row))
        assert row.history.count() == before


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_date_that_only_a_colleague_changed_is_shown_anew_in_any_language(desk, term, language):
    Account.objects.update(language=language)
    sent = as_sent(desk.get(page_of(term)))
    theirs = Representative.objects.get()
    theirs.starts_on, theirs.starts_precision = date(2023, 2, 1), "by"
    save_with_reason(theirs, "Typed meanwhile, made up")
    page = desk.post(page_of(term), {name: value for name, value in sent.items() if value is not None})
    shown = page.context["adminform"].form
    assert complaints(page) and shown.changed_data == []
    with override(language):
        assert " ".join(shown["starts_on"].value().split()) == " ".join(print_date(date(2023, 2, 1)).split())
