"""The admin's front page: a desk that says what the account can do, what is not in order, what was changed."""

import gc
import weakref
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override
from simple_history.models import registered_models

from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.integrity.findings import all_as_stored, file_differs, note
from iscg_portal.integrity.verifying import verify
from iscg_portal.mail.models import WAITS_LONG, Mail
from iscg_portal.models import Verification
from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import today
from members.models import Person, Representative
from reports.acts import annual_reports as reports
from reports.models import Transmission
from secretariat import kept_checks
from secretariat.attention import attention, by_clause
from secretariat.checks.record_care import INDICATIVE
from secretariat.checks.seats import team_on
from secretariat.clause_counts import clause_lines, rows_of_the_record
from secretariat.desk import desk
from secretariat.findings import REMARK
from secretariat.log.last_changes import last_changes
from secretariat.record_lists import record_lists
from secretariat.to_do import sorts_of, to_do
from secretariat.to_do.lines import of_commented, of_sent, of_transmissions
from secretariat.to_do.rows import WaitingRow
from secretariat.to_do.sorts import SORTS
from subjects.acts import adopt_edition
from subjects.models import Coordinator
from tests import world as w


@pytest.fixture
def staff(client, settings):
    """A signed-in secretariat account with every right."""
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account("desk@example.org", "Desk Staff")
    client.force_login(account)
    return account


def touch(person, reason="", by=None):
    """Save the person as staff would. The one in `world` serves other tests too and stays as it is."""
    save_with_reason(Person.objects.get(pk=person.pk), reason, by)


def texts(entries):
    return [entry.text for entry in entries]


def lines(user, name, on=w.DAY):
    """What waits of one sort."""
    return [line for waiting in to_do(user, on, [name]) for line in waiting.lines]


def right(codename):
    return Permission.objects.get(codename=codename)


def may(email, *codenames):
    """A staff account with these rights alone."""
    account = w.account(email, is_staff=True)
    account.user_permissions.set(map(right, codenames))
    return account


def long_ago():
    return timezone.now() - WAITS_LONG - timedelta(minutes=1)


def test_the_front_page_is_the_desk(world, staff, client):
    page = client.get("/admin/").content.decode()
    assert page.index("What you can do") < page.index("What is not in order") < page.index("Changed last")
    assert "Replace a representative" in page and "RAG, seat 1: Ms Ada Testperson" in page
    assert "<script>" not in page


def test_the_front_page_takes_nine_queries_sixteen_after_a_change_and_a_hundred_kilobytes_at_most(
    world, staff, client, django_assert_max_num_queries
):
    for number in range(12):
        w.listing(w.subject(f"S{number}", "RT"), date(2020, 1, 1))
        w.participant(f"Participant Number{number}", f"p{number}@example.org", state="waiting")
        Mail.objects.create(to="a@example.org", subject=f"Refused {number}", text="-", state="failed")
    client.get("/admin/")
    touch(world.lea, "Changed since")
    with django_assert_max_num_queries(16):  # one more while the state of the record is new
        client.get("/admin/")
    with django_assert_max_num_queries(9):
        page = client.get("/admin/")
    assert len(page.content) < 100_000
    assert "Ask to take part (12)" in page.content.decode()


def test_what_is_kept_for_a_state_of_the_record_gets_a_new_token_with_each_change(world, staff):
    kept = [rows for _topic, rows in rows_of_the_record(w.DAY)]
    kept += [rows for sort in SORTS.values() if not sort.is_beside for rows in sort.rows(staff, w.DAY, 3)]
    asked = [str(rows.query) for rows in kept]
    unrecorded = {model._meta.db_table for model in apps.get_models() if getattr(model, "no_record", False)}
    assert unrecorded
    assert [table for table in unrecorded if any(f'"{table}"' in sql for sql in asked)] == []
    assert [model for model in registered_models.values() if getattr(model, "no_record", False)] == []


def test_each_sort_says_how_many_there_are_and_leads_to_all_of_them(world, staff, client):
    for number in range(5):
        w.participant(f"Participant Number{number}", f"p{number}@example.org", state="waiting")
    [waiting] = to_do(staff, w.DAY, ["participants"])
    assert (waiting.count, len(waiting.lines), waiting.more) == (5, 3, 2)
    assert client.get("/admin/to-do/participants/").content.decode().count("asks to take part</span>") == 5
    assert client.get("/admin/to-do/nothing/").status_code == 404


def test_what_waits_is_for_those_alone_who_can_act_on_it(world):
    w.participant(state="waiting")
    reader = may("reads@example.org", "view_participant")
    assert sorts_of(reader) == [] and to_do(reader, w.DAY) == []


def test_what_waits_is_kept_without_the_request_that_asked(world, staff):
    class Request:
        user = staff

    request = Request()
    given, held = SimpleLazyObject(lambda request=request: request.user), weakref.ref(request)
    to_do(given, w.DAY)
    del request, given
    gc.collect()
    assert held() is None


def test_who_submitted_a_report_is_asked_for_no_further_step_without_the_right_to_the_exception(world, staff):
    writer = may("writer@example.org", "publish_annualreport")
    report = reports.open_report("2024", by=writer)
    reports.submit(report, writer)
    for step, act in (("approve", reports.approve), ("publish", reports.publish)):
        href = f"/admin/reports/annualreport/{report.pk}/step/{step}/"
        [line] = lines(staff, step, today())
        assert line.href == href and lines(writer, step, today()) == []
        writer.user_permissions.add(right("approve_own_annualreport"))
        excepted = type(writer).objects.get(pk=writer.pk)
        assert [line.href for line in lines(excepted, step, today())] == [href]
        writer.user_permissions.remove(right("approve_own_annualreport"))
        act(report, staff)


def test_an_end_says_who_comes_after_or_that_nobody_does_yet(world, staff):
    soon = {"ends_on": w.DAY + timedelta(days=100), "ends_precision": "day"}
    Representative.objects.filter(person=world.ada).update(**soon)
    [line] = lines(staff, "ends")
    assert (line.text, line.note) == ("Ms Ada Testperson, RAG1, ends", "until 23 May 2025; after that nobody yet")
    assert line.href.endswith("/replace/")
    w.representative("RAG1", world.ben, w.DAY + timedelta(days=100))
    [line] = lines(staff, "ends")
    assert line.note == "until 23 May 2025; after that Mr Ben Madeup"
    assert lines(staff, "begins") == [] and lines(staff, "ends", date(2023, 8, 1)) == []


def test_ends_of_offices_are_told_to_who_may_change_them_with_the_button_that_is_theirs(world):
    for kind in (Representative, Coordinator):
        ending = kind.objects.in_office(w.DAY).first()
        kind.objects.filter(pk=ending.pk).update(ends_on=w.DAY + timedelta(days=100), ends_precision="day")
    changes = may("changes@example.org", "change_representative")
    [line] = lines(changes, "ends")
    assert "RAG1" in line.text and (line.button, line.href.split("/")[-2]) == ("Look", "change")
    [line] = lines(may("replaces@example.org", "change_coordinator", "add_coordinator"), "ends")
    assert (line.button, line.href.split("/")[3:]) == (
        "Replace",
        ["coordinator", line.href.split("/")[4], "replace", ""],
    )


def test_deadlines_stand_by_their_own_day(world, staff):
    coming = w.meeting("25-9", w.DAY + timedelta(days=20))
    w.deadline(coming, days_before=12)
    w.deadline(coming, "registration", 30)
    [line] = lines(staff, "deadlines")
    assert (line.text, line.day) == ("ISCG 25-9: deadline for contributions", w.DAY + timedelta(days=8))
    assert [heading for heading, _lines, _folded in desk(staff, w.DAY).by_day][-1] == "Later"


def test_what_a_group_said_waits_until_it_is_followed_up(world, staff):
    sent = Transmission.objects.get(report=w.published_report(), group="RAG")
    sent.state, sent.reply = "comments", "More, made up"
    sent.sent_on, sent.answered_on = date(2024, 3, 1), date(2024, 3, 4)
    w.saved(sent)
    (waiting,) = to_do(staff, world.day, ["commented"])
    assert waiting.lines[0].text == "RAG on the report 2024: More, made up"
    sent.state = "follow-up"
    w.saved(sent)
    assert to_do(staff, world.day, ["commented"]) == []


def test_a_report_that_can_be_sent_is_one_line_for_its_groups(world, staff):
    report = w.published_report("2024")
    [line] = lines(staff, "send", today())
    assert line.text == "Report 2024 can be sent: RAG, TDAG and TSAG"
    assert line.href == f"/admin/reports/annualreport/{report.pk}/send/"


def test_key_issues_without_an_answer_lead_to_where_it_is_recorded(world, staff):
    w.key_issue("Second matter", date(2025, 2, 1), addressee="ISC-TF")
    issue = w.key_issue("First matter", date(2025, 1, 12))
    w.key_issue("Answered matter", date(2025, 1, 1), answer="Yes", answered_on=date(2025, 2, 1))
    first, second = lines(staff, "issues")
    assert (first.text, first.note) == ("First matter", "Director of BR, since 12 January 2025")
    assert second.text == "Second matter" and first.href == f"/admin/reports/keyissue/{issue.pk}/answer/"


def test_mails_that_wait_for_long_are_one_line(world, staff, client):
    for _number in range(3):
        Mail.objects.create(to="a@example.org", subject="Made up", text="-", written_at=long_ago())
    [line] = lines(staff, "late mails")
    assert line.text == "3 mails wait in the queue"
    assert "program that sends mails is stopped" in line.note
    assert "Made up" in client.get(line.href).content.decode()


def test_a_mail_that_goes_no_further_is_sent_again_from_its_line(world, staff, client):
    failed, cancelled = (
        Mail.objects.create(to="a@example.org", subject="Refused, made up", text="-", state=state, error="550 Nobody")
        for state in ("failed", "cancelled")
    )
    [line] = lines(staff, "mails")
    assert (line.text, line.note) == ("Refused, made up (a@example.org)", "550 Nobody")
    page = client.get(line.href).content.decode()
    assert "Refused, made up" in page and "550 Nobody" in page and 'value="Send again"' in page
    assert "1 mail is in the queue again." in client.post(line.href, {"_act": "1"}, follow=True).content.decode()
    states = Mail.objects.in_bulk([failed.pk, cancelled.pk])
    assert [states[mail.pk].state for mail in (failed, cancelled)] == ["waiting", "cancelled"]


def test_a_report_that_no_longer_agrees_waits_once_the_sender_has_compared(world, staff):
    report = w.published_report("2024")
    w.representative("TDAG1", w.person("New Testperson"), date(2024, 5, 1), date(2024, 9, 1))
    assert desk(staff).asked.at is None
    assert kept_checks.ask_if_due() and not kept_checks.ask_if_due()
    [waiting] = [one for one in desk(staff).waiting if one.name == "disagreeing"]
    assert waiting.lines[0].text.startswith("Report 2024 no longer agrees with the record")
    assert waiting.lines[0].href == f"/admin/reports/annualreport/{report.pk}/correct/"
    touch(world.ada)
    assert kept_checks.ask_if_due()


def test_an_account_without_any_right_sees_no_desk(world, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.account("no-rights@example.org", is_staff=True))
    page = client.get("/admin/").content.decode()
    assert "You don’t have permission to view or edit anything." in page
    assert "What is not in order" not in page
    assert [client.get(f"/admin/{path}/").status_code for path in ("changes", "find", "not-in-order")] == [403] * 3


def test_the_desk_counts_what_the_page_of_each_clause_tells(world, staff):
    w.document(w.meeting())
    w.listing(w.subject("XYZ", "RT"), date(2020, 1, 1))
    told = {
        (clause.id, group.heading)
        for clause in by_clause(attention(today(), staff))
        for group in clause.groups
        if group.topic.kind != REMARK and group.topic is not INDICATIVE
    }
    counted, _stored = clause_lines(today(), kept_checks.ask(), team_on(today()), staff)
    assert {(line.id, heading) for line in counted for heading in line.headings} == told and len(told) > 10


def test_a_clause_is_one_line_that_leads_to_all_of_it(world, staff, client):
    for number in range(6):
        w.listing(w.subject(f"S{number}", "RT"), date(2020, 1, 1))
    assert "7 subjects with no Coordinator recorded" in client.get("/admin/").content.decode()
    page = client.get("/admin/not-in-order/?clause=A0").content.decode()
    assert "<summary>7 subjects with no Coordinator recorded" in page and "S3: who coordinates it" in page
    assert "TDAG, seat 2" not in page
    assert "TDAG, seat 2: who sits here is not recorded." in client.get("/admin/not-in-order/").content.decode()
    assert client.get("/admin/not-in-order/?clause=Z9").status_code == 404


def test_a_page_of_one_clause_asks_no_other(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert {finding.topic.clause for finding in attention(w.DAY, clause="A0")} == {"A0"}


def test_old_confirmations_stand_with_their_day(world):
    notes = {entry.text: entry.note for entry in record_lists(date(2026, 3, 1)).unconfirmed}
    assert notes["Mr Gus Example, Chair"] == "last confirmed on 12 February 2025"
    assert notes["Ms Cleo Invented, RAG2"] == "never confirmed, since 1 March 2024"


def test_what_lacks_a_decision_or_a_source_says_which(world, staff, client):
    notes = {entry.text: entry.note for entry in record_lists(w.DAY).unfounded}
    assert notes["Ms Ada Testperson, RAG1"] == "since 1 January 2020: no document of the appointment"
    assert notes["Ms Ina Sample, EMF"] == "since 1 April 2022: no source"
    assert "no document of the appointment" in client.get("/admin/not-in-order/?clause=record").content.decode()


def test_the_last_change_says_what_who_when_and_why(world, staff):
    touch(world.ada, "As printed in the document", by=staff)
    entry = desk(staff, w.DAY).changes[0]
    assert entry.text == "Person Ada Testperson changed"
    assert entry.note.startswith("Desk Staff, ") and entry.note.endswith(": As printed in the document")


def test_a_change_without_an_account_came_by_a_command_or_a_link(world, staff):
    touch(world.ada)
    entry = desk(staff).changes[0]
    assert entry.note.startswith("a command or a mailed link, ")
    assert str(today().year) in entry.note


def test_a_removed_row_is_among_the_changes_and_leads_nowhere(world, staff):
    remove_with_reason(Representative.objects.get(person=world.dan), "Entered twice", by=staff)
    change = last_changes(staff)[0]
    assert (change.name, change.act, change.url) == ("Dan Fictional, TSAG1", "-", "")


def test_changes_made_in_one_go_are_one_entry(world, staff):
    for person in (world.ada, world.ben, world.cleo):
        touch(person, "Imported from persons.xlsx", by=staff)
    entry = desk(staff, w.DAY).changes[0]
    assert entry.text == "3 persons changed"
    assert entry.href == "/admin/members/person/"


def test_an_edition_is_one_change_with_its_rows(world, staff):
    adopt_edition(w.DAY, "ISCG/99-1/07", by=staff)
    texts_now = texts(desk(staff, w.DAY).changes)
    assert texts_now[0] == "Edition of the list 12 February 2025 added"
    assert not [text for text in texts_now if "row" in text]


def test_the_shipped_data_is_not_a_change(world, staff):
    before = last_changes(staff)
    save_with_reason(Person(name="Shipped Testperson", slug="shipped"), REASON)
    assert last_changes(staff) == before


def test_the_newest_changes_come_first_in_one_query(world, staff, django_assert_num_queries):
    touch(world.lea, "The newest")
    with django_assert_num_queries(2):  # one of them tells the state of the record
        changes = last_changes(staff, most=10)
    assert len(changes) == 10
    assert changes[0].reason == "The newest"
    assert [change.at for change in changes] == sorted((change.at for change in changes), reverse=True)


def test_an_account_sees_changes_only_of_what_it_may_view(world):
    clerk = w.account("clerk@example.org", is_staff=True)
    assert last_changes(clerk) == []
    clerk.user_permissions.add(Permission.objects.get(codename="view_person"))
    clerk = type(clerk).objects.get(pk=clerk.pk)
    assert {change.model for change in last_changes(clerk)} == {Person}


def test_every_tracked_model_has_a_name_among_the_changes(world, staff):
    assert len(last_changes(staff, most=1000)) > 50
    assert all(change.name for change in last_changes(staff, most=1000))


def test_facts_are_counted_by_the_grade_of_their_evidence(world):
    Person.objects.filter(pk=world.ada.pk).update(grade="copy")
    found = {entry.text: entry.note for entry in record_lists(w.DAY).grades}
    assert found["a copy of the Union’s document: 1"] == "Persons 1"
    assert found["inferred: 1"] == "Subjects 1"
    assert "the Union’s own document: 0" in found
    assert any(text.startswith("not stated: ") for text in found)


def test_what_is_not_in_order_is_told_by_the_text_that_is_in_effect_on_the_day(world, staff, client):
    page = "/admin/not-in-order/?clause=C1"
    assert "by the Terms of Reference as proposed in ISCG/25-1/03" in client.get(page).content.decode()
    w.terms_of_reference(date(2025, 3, 1), "ISCG/99-1/01")
    in_effect = "the Terms of Reference in ISCG/99-1/01, in effect from 1 March 2025"
    assert f"by {in_effect}" in client.get(page).content.decode()


def test_what_is_not_as_it_was_stored_stands_on_the_desk(world, staff, client):
    record = "/admin/not-in-order/?clause=record"
    assert "Stored files or published reports are not as they were" in client.get("/admin/").content.decode()
    assert "Nobody has read all stored files" in client.get(record).content.decode()
    verify()
    assert "Stored files or published reports" not in client.get("/admin/").content.decode()
    assert "published reports were read again: " in client.get(record).content.decode()
    note(file_differs("0" * 64))
    assert "Stored files or published reports are not as they were" in client.get("/admin/").content.decode()
    assert "changed after it was stored, so the file is not sent" in client.get(record).content.decode()


def test_the_record_says_that_nobody_has_read_all_again_for_a_fortnight(world):
    Verification.objects.create(pk=1, finished_at=timezone.now() - timedelta(days=15))
    assert record_lists(w.DAY).read_again[0].text.startswith("Not read again for more than a fortnight, since ")
    assert not all_as_stored().exists()


def test_a_line_names_the_group_in_the_language_of_the_desk():
    row = WaitingRow("sent", "reports.transmission", 1, "1", None, ("2025", "RAG", "A text", ""))
    with override("fr"):
        said = [line.text for line in (of_sent(row), of_commented(row), of_transmissions([row]))]
    assert all("GCR" in text and "RAG" not in text for text in said)
