"""An officer of the secretariat at a browser: counts pages and clicks, and looks at each page that comes."""

import re
from datetime import timedelta

from iscg_portal.tenure.dates import print_date, today
from tests.browser.conftest import DESK
from tests.browser.steps import fits
from tests.walks import picture

NARROWEST = {"width": 320, "height": 640}
KEYS_TO_A_FIELD = 8
# Whether a form has a field to type in, and whether one has the focus; what the focus leads to.
HAS_FIELD = """() => [...document.querySelectorAll("#content form :is(input, select, textarea)")]
  .some(one => one.type !== "hidden" && !one.disabled && one.checkVisibility())"""
IN_A_FIELD = """() => document.activeElement.matches(
  "#content form :is(input, select, textarea, .select2-selection)")"""
AT_THE_BEGINNING = """() => { document.body.tabIndex = -1; document.body.focus();
  document.body.removeAttribute("tabindex"); }"""
LEADS_TO = "() => document.activeElement.getAttribute('href') || ''"


class Officer:
    """Does tasks from the desk on. A page is one that was loaded after it; a choice in a list is a click.

    `faults` has for each page what is wrong on it: a refusal, a barrier, a complaint of the browser, a sideways scroll
    at 320 px, the menu more than one key away, or the first field more than eight.
    """

    def __init__(self, page, barriers, task):
        self.page, self.barriers = page, barriers
        self.task, self.faults = task, {}
        self.pages = self.clicks = self.fields = 0

    def sign_in_as(self, role):
        """Whoever goes on, by the buttons of the demonstration's page; that is no part of the task."""
        self.page.context.clear_cookies()
        self.page.goto("/en/accounts/login/")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=role, exact=True).click()
        self.page.goto("/admin/")
        self.look()

    def follow(self, words, within="#container"):
        """A link to another page."""
        self.go(self.page.locator(within).get_by_role("link", name=words).first)

    def press(self, words):
        """A button that leads to another page."""
        self.go(self.page.get_by_role("button", name=words, exact=True).first)

    def go(self, one):
        """Click what leads to another page, wait for it and look at it."""
        with self.page.expect_navigation():
            one.click()
        self.pages, self.clicks = self.pages + 1, self.clicks + 1
        self.look()

    def click(self, one):
        """What stays on the page: something folded, or a box."""
        (self.page.locator("summary", has_text=one).first if isinstance(one, str) else one).click()
        self.clicks += 1

    def _field(self, label):
        return self.page.locator("#content").get_by_label(re.compile(f"^{re.escape(label)}:?$")).first

    def fill(self, label, text):
        self._field(label).fill(text)
        self.fields += 1

    def select(self, label, words):
        """The first choice that has these words."""
        field = self._field(label)
        field.select_option(field.locator("option", has_text=words).first.get_attribute("value"))
        self.clicks += 1

    def choose(self, field, words):
        """Search in a list that looks up as one types, and take the first found."""
        self.page.locator(f"#{field} + .select2").click()
        self.page.locator(".select2-search__field").fill(words)
        self.page.locator(".select2-results__option", has_text=words).first.click()
        self.clicks, self.fields = self.clicks + 2, self.fields + 1

    def on(self, label, days):
        """Type the day that is so many days away from today, as pages print it."""
        self.fill(label, print_date(today() + timedelta(days=days)))

    def download(self, one):
        """The file that a click brings; the page stays."""
        with self.page.expect_download() as coming:
            self.click(one)
        return coming.value

    def search(self, words):
        """From the desk, over all records."""
        self.fill("Search all records", words)
        self.press("Search")

    def look(self):
        """What is wrong on the page that stands here."""
        page = self.page
        page.wait_for_load_state()
        if page.locator("a[href='?stay']").count():  # it would load itself again meanwhile
            page.goto(f"{page.url.partition('#')[0]}?stay")
        found = [*page.locator(".errornote, .errorlist").all_inner_texts()]
        found += [*self.barriers(page), *page.complaints, *self._far_by_keys()]
        page.complaints.clear()
        page.set_viewport_size(NARROWEST)
        found += [] if fits(page) else ["wider than 320 px"]
        page.set_viewport_size(DESK)
        picture(page, "officer", f"{self.task} {self.pages}")
        if found:
            self.faults[f"{self.task}, page {self.pages}: {page.url}"] = found

    def _far_by_keys(self):
        """The menu and the first field, by the keyboard from the beginning of the page."""
        page, was = self.page, self.page.evaluate("() => document.activeElement.id")
        page.evaluate(AT_THE_BEGINNING)
        page.keyboard.press("Tab")
        if "all-lists" not in page.evaluate(LEADS_TO):
            yield f"the menu is not the first key’s: {page.evaluate(LEADS_TO)}"
        if page.evaluate(HAS_FIELD) and not self._reaches_a_field():
            yield "the first field is more than eight keys away"
        page.evaluate("id => document.getElementById(id)?.focus()", was)

    def _reaches_a_field(self):
        for _key in range(1, KEYS_TO_A_FIELD):
            skips = self.page.evaluate(LEADS_TO).startswith("#")
            self.page.keyboard.press("Enter" if skips else "Tab")
            if self.page.evaluate(IN_A_FIELD):
                return True
        return False
