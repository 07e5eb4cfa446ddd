"""The admin in a browser: the policy is kept, axe finds nothing, and the secretariat's tasks can be done."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from members.models import ChairTerm, Representative
from members.staff_groups import make_staff_groups
from subjects.models import Coordinator
from tests import walks, world
from tests.admin.conftest import list_of, page_of
from tests.browser.conftest import DESK, PHONE
from tests.workspace.rights_table import GROUP_OF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def term():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1), country=world.country("FR"))


@pytest.fixture
def subject(term):
    subject = world.subject()
    world.listing(subject, date(2020, 1, 1))
    world.mandate(subject, world.resolution())
    world.coordinator(subject, term.person, date(2024, 1, 1), groups=["RAG"])
    world.focal_point(subject, world.person("Kim Mockup"), "TSAG", date(2024, 1, 1))
    return subject


def choose(page, field, words):
    """Search in a list that looks up as one types, and take the first found."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def pages_to_look_at(term, subject):
    """The pages on which the secretariat spends its day."""
    records = [term, subject, term.seat, term.seat.group]
    acts = [
        (term, "replace"),
        (term, "history"),
        (term, "delete"),
        (term.seat.group, "end-seats"),
        (term.person, "merge"),
    ]
    lists = [list_of(Representative), list_of(Representative, "add")]
    return [*map(page_of, records), *(page_of(record, act) for record, act in acts), *lists]


@pytest.mark.walk
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone, dark", "desk, light"])
def test_pages_have_no_barrier_and_keep_the_policy(open_as_staff, barriers, term, subject, viewport, scheme):
    page = open_as_staff("/admin/members/", viewport=viewport, color_scheme=scheme)
    found = {}
    for turn, address in enumerate(pages_to_look_at(term, subject)):
        has_axe = walks.whole or turn % 2 == (viewport is DESK)
        if viewport is DESK and not has_axe:
            continue
        page.complaints.clear()
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[address] = [*page.complaints, *(["wider than the window"] if wide else [])]
        if has_axe:
            found[address] += barriers(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.walk
@pytest.mark.parametrize("role", walks.part_of([role for role, group in GROUP_OF.items() if group], 2))
def test_the_pages_of_a_role_of_staff_have_no_barrier(open_as, barriers, settings, term, subject, role):
    settings.REQUIRE_SECOND_FACTOR = False
    make_staff_groups()
    account = world.account("clerk@example.org", is_staff=True)
    account.groups.add(Group.objects.get(name=GROUP_OF[role]))
    page, found = open_as(account, "/admin/", viewport=PHONE), {}
    for address in ["/admin/", "/admin/not-in-order/", *walks.part_of(pages_to_look_at(term, subject), 4)]:
        if page.goto(address).status == 200:
            found[address] = barriers(page)
    assert len(found) >= 3
    assert {address: faults for address, faults in found.items() if faults} == {}


# The pages on which the tasks of the week begin, beside those above.
TASKS = (
    "changes/",
    "not-in-order/",
    "?lists",
    "find/?q=testperson",
    "forecast/",
    "members/nomination/add/",
    "members/person/import/",
    "subjects/subject/add/",
    "subjects/coordinator/name/",
    "subjects/edition/add/",
    "meetings/meeting/add/",
    "meetings/document/add/",
    "reports/annualreport/open/",
)


@pytest.mark.walk
def test_tasks_begin_on_pages_without_a_barrier_on_the_narrowest_phone(open_as_staff, barriers, term):
    narrow = {"width": 320, "height": 640}
    page = open_as_staff("/admin/", viewport=narrow, color_scheme="dark")
    found = {}
    for address in walks.part_of(TASKS, 6):
        page.complaints.clear()
        page.goto(f"/admin/{address}")
        wide = page.evaluate("document.documentElement.scrollWidth") > narrow["width"]
        found[address] = [*page.complaints, *barriers(page), *(["wider than the window"] if wide else [])]
    assert {address: faults for address, faults in found.items() if faults} == {}


CUT_OFF = """() => [...document.querySelectorAll("select")].filter(select => {
    const shown = select.offsetHeight;
    select.style.setProperty("height", "auto", "important");
    return shown && shown < select.offsetHeight;
}).map(select => select.name)"""


def test_the_letters_of_a_list_to_choose_from_are_not_cut_off_in_arabic(open_as_staff, admin_user, term):
    admin_user.language = "ar"
    admin_user.save()
    page = open_as_staff("/admin/meetings/meeting/add/", viewport=PHONE)
    assert page.locator("html").get_attribute("dir") == "rtl" and page.locator("select:visible").count() > 3
    assert page.evaluate(CUT_OFF) == []
    page.goto(list_of(Representative))
    assert page.evaluate(CUT_OFF) == []


SHORTENED = """() => [...document.querySelectorAll(".tabular tr:not(.empty-form) input[type=text]")].filter(
    input => input.scrollWidth > input.clientWidth + 1).map(input => input.value)"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_what_stands_in_a_row_of_a_form_is_not_cut_off(open_as_staff, subject, viewport):
    meeting = world.meeting()
    world.agenda_item(meeting, title="Reports of Coordinators", subjects=[subject])
    page = open_as_staff(page_of(meeting), viewport=viewport)
    assert page.input_value("[name=agenda-0-title_en]") == "Reports of Coordinators"
    assert page.evaluate(SHORTENED) == []
    page.goto(page_of(subject))
    assert page.evaluate(SHORTENED) == []


def test_form_follows_a_window_that_becomes_narrower(open_as_staff, term):
    page = open_as_staff(page_of(term, "replace"), viewport={"width": 390, "height": 844})
    page.locator(".select2").first.wait_for()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_representative_is_replaced_by_looking_up_a_name(open_as_staff, term):
    ben = world.person("Ben Madeup")
    page = open_as_staff(page_of(term.seat))
    page.get_by_role("link", name="Replace…", exact=True).click()
    choose(page, "id_person", "Madeup")
    choose(page, "id_country", "France")
    page.get_by_role("button", name="Show what will be").click()
    page.get_by_role("status").get_by_text("Ben Madeup").wait_for()
    page.get_by_role("button", name="Replace", exact=True).click()
    page.wait_for_url("**/change/")
    assert Representative.objects.in_office().get().person == ben
    assert page.complaints == []


def test_what_the_preview_of_an_extension_says_comes_true(open_as_staff):
    following = world.conference("PP-22")
    gus = world.chair_term(world.person("Gus Example"), date(2018, 12, 1))
    world.nomination(world.person("Ben Madeup"), following)
    page = open_as_staff(page_of(gus, "replace"))
    choose(page, "id_person", "Gus Example")
    page.fill("#id_on", "2022-12-01")
    page.select_option("#id_kind", "extended")
    page.get_by_role("button", name="Show what will be").click()
    preview = page.get_by_role("status")
    expect(preview).to_contain_text("To know: Clause C2 has an extension only where no other candidate is nominated")
    expect(preview).not_to_contain_text("refused")
    assert ChairTerm.objects.get() == gus
    page.get_by_role("button", name="Replace", exact=True).click()
    page.wait_for_url("**/change/")
    extended = ChairTerm.objects.in_office().get()
    assert (extended.person, extended.kind, extended.follows) == (gus.person, "extended", following)
    assert page.complaints == []


def test_coordinator_is_added_on_the_subjects_page(open_as_staff):
    subject, ben = world.subject("NEW"), world.person("Ben Madeup")
    page = open_as_staff(page_of(subject))
    page.get_by_text("Add another Coordinator").click()
    choose(page, "id_coordinator_set-0-person", "Madeup")
    page.fill("#id_coordinator_set-0-starts_on", "2026-03")
    page.get_by_role("checkbox", name="appointed by TSAG").check()
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_selector(".messagelist .success")
    coordinator = Coordinator.objects.get()
    assert (coordinator.person, coordinator.starts_precision) == (ben, "month")
    assert page.complaints == []


def test_leaving_what_was_typed_asks_first(open_as_staff, term):
    page = open_as_staff(page_of(term, "replace"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_new_name", "Nora Newname")
    page.get_by_role("link", name="Back", exact=True).click()
    page.wait_for_url("**/change/")
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Replace…", exact=True).click()
    page.wait_for_url("**/replace/")
    page.fill("#id_new_name", "Nora Newname")
    page.get_by_role("button", name="Show what will be").click()
    page.wait_for_selector(".preview")
    page.get_by_role("link", name="Back", exact=True).click()
    page.wait_for_url("**/change/")
    assert asked == ["beforeunload"] * 2
    page.goto(page_of(term, "replace"))
    page.fill("#id_new_name", "Nora Newname")
    page.get_by_role("button", name="Replace", exact=True).click()
    page.wait_for_selector(".messagelist .success")
    assert len(asked) == 2 and page.complaints == []


def test_work_needs_no_javascript(open_as_staff, term):
    ben = world.person("Ben Madeup")
    page = open_as_staff(page_of(term, "replace"), java_script_enabled=False)
    page.select_option("#id_person", str(ben.pk))
    page.get_by_role("button", name="Replace", exact=True).click()
    page.wait_for_url("**/change/")
    assert Representative.objects.in_office().get().person == ben
