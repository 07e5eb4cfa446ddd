"""A report tells nothing of the days to come, and no missing row as a fact (rules 16, 17)."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.html import strip_tags
from django.utils.translation import override

from iscg_portal.tenure.dates import print_date, today
from reports.acts import annual_reports as acts
from reports.composing import notice_of, title_of, tree_of
from reports.facts import gather
from reports.models import AnnualReport
from reports.renditions.words import header_rows
from tests import world as w

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
NOVEMBER = date(2024, 11, 29)


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


def running():
    """The draft of a period that ends in two days."""
    return acts.open_report(f"{today() - 9 * A_DAY}..{today() + 2 * A_DAY}")


def approved(report, staff):
    acts.submit(report)
    acts.approve(report, staff)
    return report


def tree(report, on):
    return tree_of(report, gather(report, on), {}, "en")


def text_of(report, on):
    return json.dumps(tree(report, on), ensure_ascii=False)


def block(report, on, key):
    return block_in(tree(report, on), key)


def block_in(whole, key):
    return next(one for section in whole["sections"] for one in section["blocks"] if one["key"] == key)


def test_a_subject_without_a_first_day_is_not_told_as_on_the_list_before_its_first_evidence(db):
    w.listing(w.subject("EMF"), source_dated_on=date(2024, 6, 1))
    w.listing(w.subject("IOT"), date(2020, 5, 1))
    before, after = (tree(acts.open_report(year), today()) for year in ("2023", "2024"))
    assert [row[:2] for row in block_in(before, "list")["rows"]] == [["IOT", "Subject IOT, made up"]]
    assert "Whether these subjects were on the list is not recorded: EMF." in str(before)
    said = "On that day 1 subject was on the list. Whether one more was on it is not recorded."
    assert said in str(before)
    assert "Since when one of them is on it is not recorded." in str(after)
    assert [row[0] for row in block_in(after, "list")["rows"]] == ["EMF", "IOT"]
    assert "on the list is not recorded" not in str(after)


@pytest.mark.parametrize(("codes", "said"), [(["EMF"], "the subject is"), (["EMF", "IOT"], "the subjects are")])
def test_what_is_not_recorded_of_any_subject_is_said_of_all(db, codes, said):
    for code in codes:
        w.listing(w.subject(code), source_dated_on=date(2024, 6, 1))
    text = text_of(acts.open_report("2024"), today())
    assert f"Since when {said} on the list is not recorded." in text and "of them" not in text


def test_a_report_is_published_once_its_period_is_over_and_not_on_its_last_day(staff):
    report = approved(acts.open_report("2024"), staff)
    with pytest.raises(ValidationError, match="1 January – 31 December 2024 is not over.*from 1 January 2025 on"):
        acts.publish(report, staff, on=date(2024, 12, 31))
    acts.publish(report, staff, on=date(2025, 1, 1))
    assert AnnualReport.objects.get().state == "published"


def test_the_command_publishes_no_period_that_is_running(staff):
    with pytest.raises(CommandError, match="is not over"):
        call_command("publish_report", running().code, by=staff.email, reason="Nobody else is here")
    assert AnnualReport.objects.get().state == "draft"


def test_the_page_says_from_which_day_it_can_be_published(client, staff):
    report = approved(running(), staff)
    address = f"/admin/reports/annualreport/{report.pk}/step/publish/"
    for response in (client.get(address), client.post(address, {"reason": "Now"})):
        assert f"can be published from {print_date(today() + 3 * A_DAY)} on" in response.content.decode()
    assert AnnualReport.objects.get().state == "approved"


def test_no_report_bears_a_date_inside_its_own_period(staff):
    report = approved(acts.open_report("2025"), staff)
    report.dated_on = date(2025, 12, 1)
    report.save()
    with pytest.raises(ValidationError, match="a date inside its own period"):
        acts.publish(report, staff)


def test_a_draft_says_that_its_period_is_still_running_and_tells_no_day_to_come():
    w.representative("RAG1", w.person("Ada Testperson"), date(2023, 3, 1))
    w.representative("RAG2", w.person("Ben Madeup"), date(2024, 12, 1))
    w.meeting("24-1", date(2024, 5, 6), state="held")
    w.meeting("24-2", date(2024, 12, 20), state="confirmed")
    text = text_of(acts.open_report("2024"), NOVEMBER)
    assert "The period is still running, as on 29 November 2024." in text
    assert "Composition on 29 November 2024" in text and "Ada Testperson" in text
    for to_come in ("31 December 2024, of", "Ben Madeup", "24-2", "20 December"):
        assert to_come not in text


def test_a_period_that_has_not_begun_is_no_period_that_runs():
    assert notice_of(acts.open_report("2025"), NOVEMBER) == "The period has not begun, as on 29 November 2024."


def test_once_it_is_over_no_draft_says_that_it_runs():
    report = acts.open_report("2024")
    assert notice_of(report, date(2025, 1, 1)) == ""
    assert "still running" not in text_of(report, date(2025, 1, 1))


def test_staff_see_on_each_page_of_the_draft_that_its_period_is_running(client, staff):
    address = f"/admin/reports/annualreport/{running().pk}"
    for page in ("text", "preview"):
        said = f"The period is still running, as on {print_date(today())}."
        assert said in client.get(f"{address}/{page}/").content.decode()


def test_only_what_is_recorded_as_held_was_held():
    w.meeting("24-1", date(2024, 5, 6), state="held")
    w.meeting("24-2", date(2024, 9, 2), state="planned")
    w.meeting("24-3", date(2024, 10, 1), state="cancelled")
    whole = tree(acts.open_report("2024"), date(2025, 2, 1))
    told = [(row[0], row[4]) for row in block_in(whole, "meetings")["rows"]]
    unknown = ("ISCG 24-2", "announced; whether held is not recorded")
    assert told == [("ISCG 24-1", "held"), unknown, ("ISCG 24-3", "cancelled")]
    summary = block_in(whole, "summary")["html"]
    assert "the group held the meeting" in summary and "ISCG 24-1</a> (6 May 2024)." in summary
    assert "ISCG 24-2</a> (2 September 2024) was held is not recorded." in summary and "24-3" not in summary


def test_a_meeting_to_come_is_not_said_to_be_off_the_record():
    w.meeting("24-2", date(2024, 12, 20), state="planned")
    meetings = block(acts.open_report("2024"), NOVEMBER, "meetings")
    assert (meetings["rows"], meetings["empty"]) == ([], "No meeting is recorded as held in the period.")


def test_nobody_misses_a_report_to_a_meeting_that_is_not_recorded_as_held():
    coordinator = w.coordinator(w.subject("EMF"), w.person("Ada Testperson"), date(2024, 1, 1))
    announced = w.meeting("25-1", date(2025, 5, 6), state="confirmed")
    report = acts.open_report("2025")
    assert gather(report).missing == []
    announced.state = "held"
    announced.save()
    assert [owed.term.person for owed in gather(report).missing] == [coordinator.person]


def test_none_is_missing_is_not_said_where_no_meeting_is_recorded_as_held():
    empty = block(acts.open_report("2025"), None, "missing")["empty"]
    assert empty.startswith("No meeting of the group is recorded as held in the period; so it is not recorded whether")


def test_of_a_meeting_that_was_perhaps_held_nobody_says_that_no_report_is_due():
    w.meeting("25-1", date(2025, 5, 6), state="confirmed")
    w.meeting("25-2", date(2025, 9, 6), state="held")
    empty = block(acts.open_report("2025"), None, "missing")["empty"]
    assert empty.startswith("Whether ISCG 25-1 was held is not recorded; so it is not recorded whether a report is")


def test_a_period_has_both_its_days_inside():
    report = acts.open_report("2025-05-01..2025-10-31")
    assert report.period == "1 May – 31 October 2025"
    assert title_of(report) == "Report of the ISCG, 1 May – 31 October 2025"
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 5, 1), date(2025, 10, 31))
    w.representative("RAG2", w.person("Ben Madeup"), date(2025, 4, 30))
    assert [event.on for event in gather(report).events] == [date(2025, 5, 1), date(2025, 10, 31)]


@pytest.mark.parametrize(
    ("lang", "printed"), [("en", "1 January – 31 December 2025"), ("fr", "1er janvier – 31 décembre 2025")]
)
def test_the_files_of_a_report_print_the_period_with_both_days_inside(staff, lang, printed):
    report = approved(acts.open_report("2025"), staff)
    acts.publish(report, staff)
    content = json.loads(report.content)
    assert content["period"] == {"from": "2024-12-31", "first_day": "2025-01-01", "to": "2025-12-31"}
    content["languages"][lang] = content["languages"]["en"]
    assert printed in dict(header_rows(content, lang)).values()


def test_the_pages_of_reports_print_the_period_with_both_days_inside(client, staff):
    w.published_report("2025")
    for page in ("/en/reports/", "/en/reports/2025/", "/admin/reports/annualreport/"):
        content = client.get(page).content.decode()
        assert "1 January – 31 December 2025" in content and "31 December 2024" not in content
    [row] = client.get("/en/reports.json").json()["reports"]
    assert (row["first_day"], row["period_to"]) == ("2025-01-01", "2025-12-31")


def test_a_report_on_years_before_the_record_says_that_nothing_is_recorded():
    for code in ("CHAIR", "RAG1", "RAG2", "TSAG1", "TSAG2", "TDAG1", "TDAG2"):
        w.seat(code)
    summary = strip_tags(block(acts.open_report("1990"), None, "summary")["html"])
    assert "Who held the seven seats on 31 December 1990 is not recorded." in summary
    assert "Which subjects were on the list on 31 December 1990 is not recorded." in summary
    assert "No meeting of the group is recorded as held in the period." in summary
    assert "not recorded 6" in block(acts.open_report("1991"), None, "balance")["description"]


def test_the_seats_of_a_report_are_counted_in_three_states():
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    w.seat("RAG2", date(2024, 1, 1))
    summary = strip_tags(block(acts.open_report("2025"), None, "summary")["html"])
    assert "On 31 December 2025 a seat of RAG was vacant." in summary
    named = "the office of Chair, both seats of TSAG and both seats of TDAG"
    assert f"Who held {named} on 31 December 2025 is not recorded." in summary


def test_in_each_language_the_draft_says_that_its_period_runs():
    report = acts.open_report("2024")
    for language in ("ar", "es", "fr", "ru", "zh-hans"):
        with override(language):
            assert notice_of(report, NOVEMBER)


def test_the_command_that_composes_says_that_the_period_is_running(capsys):
    call_command("compose_report", f"{today() - 9 * A_DAY}..{today() + 2 * A_DAY}")
    assert f"The period is still running, as on {print_date(today())}." in capsys.readouterr().out
