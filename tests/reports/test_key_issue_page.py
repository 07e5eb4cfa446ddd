"""The public page of key issues: what is published, open or answered, with its answer (clause F3)."""

from datetime import date

import pytest

from tests import world as w

pytestmark = pytest.mark.django_db

PAGE, RAISED, LATER, LAST = "/en/key-issues/", date(2025, 2, 12), date(2025, 3, 1), date(2025, 4, 1)


def issue(statement, **fields):
    """A published one."""
    return w.key_issue(statement, RAISED, published_on=RAISED, **fields)


def shown(client, query=""):
    return client.get(f"{PAGE}{query}").content.decode()


def test_an_issue_stands_with_its_addressee_its_subject_and_its_day(client):
    issue("Made-up matter", subject=w.subject("EMF"), addressee="TSB")
    page = shown(client)
    assert "Made-up matter" in page and "Director of TSB" in page and "12 February 2025" in page
    assert 'href="/en/subjects/emf/"' in page


def test_an_answered_issue_stands_with_its_answer(client):
    issue("Made-up matter", answer="A made-up answer", answered_on=LATER)
    assert "A made-up answer" in shown(client) and "answered" in shown(client)


def test_an_issue_that_is_not_published_is_not_there(client):
    w.key_issue("A secret matter")
    for query in ("", "?state=open", "?state=closed"):
        assert "A secret matter" not in shown(client, query)


def test_a_closed_issue_stands_with_the_reason_where_it_is_asked_for(client):
    issue("Made-up matter", closed_on=LAST, closed_because="Made-up reason")
    assert "Made-up matter" not in shown(client)
    assert "Made-up reason" in shown(client, "?state=closed")


@pytest.mark.parametrize(("state", "found"), [("open", [True, False]), ("answered", [False, True])])
def test_the_list_is_narrowed_by_state(client, state, found):
    issue("First matter")
    issue("Second matter", answer="Yes", answered_on=LATER)
    page = shown(client, f"?state={state}")
    assert ["First matter" in page, "Second matter" in page] == found


def test_one_issue_is_shown_by_its_own_address_whatever_its_state(client):
    closed = issue("First matter", closed_on=LAST, closed_because="Made-up reason")
    issue("Second matter")
    page = client.get(closed.get_absolute_url()).content.decode()
    assert "First matter" in page and "Made-up reason" in page and "Second matter" not in page
    hidden = w.key_issue("A secret matter")
    for key in (hidden.pk, "0", "-1", "٣", "9" * 19, "x"):
        assert client.get(f"{PAGE}?issue={key}").status_code == 404, key


def test_a_state_that_there_is_not_is_refused(client):
    assert client.get(f"{PAGE}?state=lost").status_code == 400


def test_markup_in_an_issue_is_shown_and_not_obeyed(client):
    issue("<script>alert(1)</script>")
    assert "<script>alert" not in shown(client)


def test_an_issue_without_a_translation_stands_in_its_own_language(client):
    issue("Made-up matter")
    page = client.get("/fr/key-issues/").content.decode()
    assert '<span lang="en" dir="ltr">Made-up matter</span>' in page


def test_a_long_list_comes_in_pages_and_asks_no_more_queries(client, django_assert_max_num_queries):
    subject = w.subject("EMF")
    for number in range(51):
        issue(f"Matter {number}", subject=subject)
    shown(client)
    with django_assert_max_num_queries(8):
        page = shown(client, "?page=2")
    assert "Matter 0" in page and "Matter 50" not in page


def test_the_list_of_reports_and_the_sitemap_lead_to_it(client):
    assert f'href="{PAGE}"' in client.get("/en/reports/").content.decode()
    assert f"{PAGE}</loc>" in client.get("/sitemap.xml").content.decode()
