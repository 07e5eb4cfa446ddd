"""Feeds, calendars, reports, mails and the admin have the initials of their language too: GCR, GAR, КГР."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.utils.translation import override

from iscg_portal.fixed_terms import initials
from iscg_portal.mail.models import Mail
from members.models import Account, Conference, ContactData
from reports.acts.annual_reports import open_report
from reports.composing import tree_of
from reports.facts import gather
from reports.renditions.page import sections_html
from tests import walks
from tests import world as w
from tests.admin.conftest import list_of, page_of, second_factor_is_elsewhere  # noqa: F401
from tests.test_fixed_terms import A_CODE, Words
from workspace.reminders.planning import plan, queue_due

pytestmark = pytest.mark.django_db
LANGUAGES = walks.part_of(["fr", "es", "ru"], 3, begin=2)
UNCONTRACTED = re.compile(r"\b(?:de el|a el|de les?|à les?) ")  # del, al; du, des, au, aux
SAID_IN_A_CALENDAR = re.compile(r"(?:SUMMARY|DESCRIPTION|LOCATION|COMMENT|X-WR-CALNAME)[;:]")


def codes_in(texts, language):
    """The texts with a code for which the language has initials of its own."""
    with override(language):
        return [text for text in texts if any(initials(code) != code for code in A_CODE.findall(text))]


def words_of(html, language):
    page = Words(language)
    page.feed(html)
    return [text.strip() for text in page.said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_and_calendars_have_the_initials_of_their_language(world, client, language):
    feeds = ("changes.atom", "mapping/changes.atom")
    said = [text for feed in feeds for text in words_of(client.get(f"/{language}/{feed}").content.decode(), language)]
    for calendar in ("meetings.ics", "activities.ics"):
        lines = client.get(f"/{language}/{calendar}").content.decode().replace("\r\n ", "").split("\r\n")
        said += filter(SAID_IN_A_CALENDAR.match, lines)
    said += words_of(client.get(f"/{language}/meetings.atom").content.decode(), language)
    assert len(said) > 20 and codes_in(said, language) == []
    assert [text for text in said if UNCONTRACTED.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_composed_report_has_the_initials_of_its_language(world, language):
    report = open_report("1949-12-31..2025-12-31")
    with override(language):
        html = sections_html(tree_of(report, gather(report), {}, language), language)
    assert codes_in(words_of(html, language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_reminders_have_the_initials_of_their_reader(world, language):
    w.contact_data(world.ina, email="ina@example.org")
    ContactData.objects.update(language=language)
    Account.objects.update(language=language)
    for day in (date(2025, 3, 1), date(2026, 1, 1), date(2026, 9, 1)):
        plan(day)
        queue_due(day)
    said = [line for mail in Mail.objects.all() for line in (mail.subject, *mail.text.split("\n"))]
    assert said and codes_in(said, language) == []


@pytest.mark.walk
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_admin_has_the_initials_of_the_language_of_its_reader(world, client, language):
    """Codes stay where they are typed: in the column “code” of conferences and in the help beside it."""
    client.force_login(w.staff_account("clerk@example.org", language=language))
    models = walks.part_of([model for model in admin.site._registry if model is not Conference], 6)
    places = ["/admin/", "/admin/not-in-order/", *map(list_of, models)]
    places += [page_of(row) for row in (model._default_manager.first() for model in models) if row]
    found = {}
    for place in places:
        said = words_of(client.get(place).content.decode(), language)
        if codes := codes_in(said, language):
            found[place] = codes
    assert found == {}
