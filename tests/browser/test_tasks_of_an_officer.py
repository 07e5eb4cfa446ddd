"""The fourteen tasks of the secretariat's week, done as a new officer does them in the demonstration (decision 45).

Each begins at the desk and has a bound of pages and clicks. On every page of the way the officer looks for barriers, a
sideways scroll on the narrowest phone, and keys that lead too far.
"""

import re

import pytest
from django.core.cache import cache
from django.test import override_settings

from front.demo.filling import fill
from iscg_portal.tenure.dates import today
from members.models import Conference
from tests.browser.officer import Officer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]  # in `make walk`: filling takes half a minute
ONE, SECOND = "Secretariat, with every right", "Secretariat, who approves"


@pytest.fixture(scope="session")
def kept_year(kept):
    with override_settings(DEMO=True, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        return kept(fill)


@pytest.fixture
def signed_in(transactional_db, kept_year, open_page, settings):
    """The page for signing in to the demonstration."""
    settings.DEMO, settings.REQUIRE_SECOND_FACTOR = True, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    cache.clear()
    kept_year.put_back()
    return open_page("/en/accounts/login/")


def replace(officer):
    officer.click("Replace a representative")
    officer.follow("RAG, seat 1: Ms Rita Radiosample")
    officer.fill("Honorific", "Ms")
    officer.fill("Somebody new", "Nora Newsample")
    officer.choose("id_country", "Norway")
    officer.on("From", -30)
    officer.select("Decided by", "Radiocommunication Advisory Group")
    officer.fill("Document", "RAG/100")
    officer.press("Show what will be")
    officer.press("Replace")


def seat_falls_vacant(officer):
    officer.click("A seat falls vacant")
    officer.follow("Dora Developsample")
    officer.on("From", -15)
    officer.press("Show what will be")
    officer.press("Let it fall vacant")


def office_of_the_past(officer):
    officer.click("All lists")
    officer.follow("Add Representatives", within="#all-lists")
    officer.select("Seat", "TSAG, seat 2")
    officer.fill("Somebody new", "Paul Pastsample")
    officer.choose("id_country", "Norway")
    officer.fill("From", "by 8 March 2020")
    officer.click("End")
    officer.fill("To", "2021")
    officer.select("How it ended", "term over")
    officer.press("Save")


def chair_with_nomination(officer):
    past = Conference.objects.filter(body="PP", ends_on__lt=today()).order_by("ends_on").last()
    officer.click("All lists")
    officer.follow("Add Nominations", within="#all-lists")
    officer.select("For the term after", past.code)
    officer.choose("id_person", "Tessa Standardsample")
    officer.choose("id_country", "Japan")
    officer.on("Nominated on", -10)
    officer.press("Save")
    officer.follow("Home")
    officer.click("Replace a representative")
    officer.follow("Chair: Mr Chester Chairsample")
    officer.choose("id_person", "Tessa Standardsample")
    officer.choose("id_country", "Japan")
    officer.press("Show what will be")
    officer.press("Replace")


def subject(officer):
    officer.click("All lists")
    officer.follow("Add Subjects", within="#all-lists")
    officer.fill("Code", "GOLF")
    officer.fill("Title [en]", "Sample subject Golf: invented weather")
    officer.click(officer.page.get_by_label("ITU-R"))
    officer.click(officer.page.get_by_label("ITU-T"))
    officer.press("Save")


def coordinator_of_two_groups(officer):
    officer.follow("Name a Coordinator")
    officer.choose("id_subject", "DELTA")
    officer.fill("Somebody new", "Cora Coordinatorsample")
    officer.choose("id_country", "Norway")
    for group in ("RAG", "TDAG"):
        officer.click(officer.page.get_by_role("checkbox", name=f"appointed by {group}"))
        officer.fill(f"{group}: its document", f"{group}/101")
    officer.press("Show what will be")
    officer.press("Name as Coordinator")


def misspelt_name_and_merge(officer):
    officer.search("remo formermember")
    officer.fill("Name", "Remo Formerlymember")
    officer.press("Save and continue editing")
    officer.follow("Merge…")
    officer.choose("id_duplicate", "Theo Formermember")
    officer.fill("Why are they one person?", "One person, says TSAG")
    officer.press("Show what will be")
    officer.press("Merge")


def undo_and_restore(officer):
    officer.search("finn focalsample")
    officer.fill("Honorific", "Dr")
    officer.press("Save and continue editing")
    officer.follow("Undo this…")
    officer.fill("Why is this undone?", "The title was another person’s")
    officer.press("Undo")
    officer.follow("History")
    officer.go(officer.page.locator("#change-history tbody tr").nth(1).get_by_role("link").first)
    officer.follow("Restore this version…")
    officer.press("Save")


def who_changed_what(officer):
    officer.follow("The log of changes")
    officer.on("First day", -7)
    officer.press("Narrow down")


def letter_and_import(officer):
    officer.click("All lists")
    officer.follow("Coordinators", within="#all-lists")
    officer.download(officer.page.get_by_role("link", name="Coordinators for a letter"))
    officer.follow("Export…")
    file = officer.download(officer.page.get_by_role("button", name="Download XLSX"))
    officer.follow("Coordinators", within=".breadcrumbs")
    officer.follow("Import…")
    officer.page.get_by_label("File").set_input_files(file.path())
    officer.press("Show what would change")


def edition(officer):
    officer.click("All lists")
    officer.follow("Add Editions of the list", within="#all-lists")
    officer.on("Adopted on", 0)
    officer.fill("Document", "ISCG/99-1/09")
    officer.press("Show what will be")
    officer.press("Adopt")


def meeting(officer):
    officer.follow("Announce a meeting")
    officer.fill("Title [en]", "Sample meeting, announced")
    officer.on("First day", 70)
    officer.on("Last day", 71)
    officer.fill("Place", "Samplecity")
    officer.press("Save and continue editing")
    officer.follow("Postpone or move…")
    officer.on("New first day", 100)
    officer.on("New last day", 101)
    officer.fill("Why, for the public?", "The hall is taken")
    officer.press("Show what will be")
    officer.press("Postpone or move")
    officer.follow("Enter a document…")
    officer.select("Type", "contribution")
    officer.fill("Title", "A contribution on invented weather")
    officer.fill("Source", "Norway")
    officer.press("Enter it")


def annual_report(officer):
    year = str(today().year - 3)
    officer.follow("Open the report")
    officer.fill("Year or period", year)
    officer.press("Open it")
    officer.follow("Number…")
    officer.select("Meeting", "ISCG")
    officer.press("Give the number")
    officer.follow("Submit for review…")
    officer.press("Submit for review")
    officer.sign_in_as(SECOND)
    officer.follow(re.compile("^Approve"))
    officer.press("Approve")
    officer.follow("Publish…")
    officer.press("Publish")
    officer.follow("Send to the groups…")
    for group in ("RAG", "TDAG", "TSAG"):
        days = officer.page.locator("fieldset", has=officer.page.get_by_role("heading", name=group, exact=True))
        for number, away in enumerate((20, 40)):
            days.locator("input").nth(number).fill(f"{today().year + 1}-02-{away - 15:02}")
            officer.fields += 1
    officer.press("Send the mails")


def what_is_open(officer):
    officer.follow("All of it")


# The most pages and clicks of each task. Before the desk had its buttons the Chair took 23 pages, a report 83.
TASKS = {
    replace: (3, 7),
    seat_falls_vacant: (3, 4),
    office_of_the_past: (2, 8),
    chair_with_nomination: (6, 17),
    subject: (2, 5),
    coordinator_of_two_groups: (3, 9),
    misspelt_name_and_merge: (5, 7),
    undo_and_restore: (8, 8),
    who_changed_what: (2, 2),
    letter_and_import: (5, 8),
    edition: (3, 4),
    meeting: (7, 8),
    annual_report: (12, 13),
    what_is_open: (1, 1),
}


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_a_task_takes_few_pages_and_clicks_and_each_of_its_pages_is_good(signed_in, barriers, task):
    officer = Officer(signed_in, barriers, task.__name__)
    officer.sign_in_as(ONE)
    task(officer)
    assert officer.faults == {}
    most_pages, most_clicks = TASKS[task]
    assert officer.pages <= most_pages and officer.clicks <= most_clicks
