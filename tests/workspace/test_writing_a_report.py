"""A Coordinator writes the report of the subject to a meeting, saves it and submits it (clause A4)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from iscg_portal.history import remove_mistake
from iscg_portal.tenure.dates import today
from meetings.models import Meeting
from tests import world as build
from workspace.access.offices import held_by
from workspace.drafts.acts import accept
from workspace.drafts.own_reports import asked_report, due_of, meetings_that_ask
from workspace.models import ReportDraft

ADDRESS = "/en/workspace/reports/emf/99-1/"
JSON = {"HTTP_ACCEPT": "application/json"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def emf():
    """EMF, which Ina coordinates; the group met in 25-1, and meets next in 99-1."""
    subject, ina = build.subject("EMF"), build.person("Ina Sample", "Ms")
    build.coordinator(subject, ina, date(2022, 4, 1))
    build.meeting("25-1")
    build.meeting("99-1", today() + timedelta(30))
    return subject


@pytest.fixture
def ina(emf, client):
    """Her browser."""
    person = emf.coordinator_set.get().person
    client.force_login(build.account("ina@example.org", person=person))
    return client


def send(browser, version=0, address=ADDRESS, how=None, **texts):
    return browser.post(address, {"version": version, **texts}, **(how or {}))


def report_to(emf, meeting):
    """The report that the record has of the Coordinator to this meeting."""
    term = emf.coordinator_set.get()
    return build.coordinator_report(emf, meeting, term.person, starts_on=term.starts_on)


def draft():
    return ReportDraft.objects.get()


def test_saving_keeps_a_draft_and_says_when(ina):
    page = ina.post(ADDRESS, {"version": 0, "results": "Made-up results"}, follow=True).content.decode()
    assert "Saved at" in page
    assert (draft().results, draft().version, draft().state) == ("Made-up results", 1, "draft")


def test_what_is_typed_is_saved_for_the_script_with_the_next_version(ina):
    told = send(ina, results="First", how=JSON).json()
    assert told["version"] == 1
    assert told["said"].startswith("Saved at ")
    assert send(ina, told["version"], results="Second", how=JSON).json()["version"] == 2
    assert draft().results == "Second"


@pytest.mark.parametrize("how", [{}, JSON], ids=["button", "script"])
def test_a_newer_version_is_never_overwritten(ina, how):
    send(ina, results="First")
    send(ina, 1, results="Newer")
    answer = send(ina, 1, results="Typed in an old window", how=how)
    assert answer.status_code == 409
    assert "A newer version was saved" in answer.content.decode()
    assert draft().results == "Newer"


def test_the_page_that_was_too_old_shows_both_texts_and_can_then_be_saved(ina):
    send(ina, results="Newer")
    page = send(ina, 0, results="Typed in an old window")
    assert "Typed in an old window</textarea>" in page.content.decode()
    assert "<p>Newer</p>" in page.content.decode()
    send(ina, page.context["form"]["version"].value(), results="Both together")
    assert draft().results == "Both together"


def test_the_texts_begin_with_those_of_the_last_report_and_say_so(emf, ina):
    report_to(emf, build.meeting("24-1", date(2024, 2, 1)))
    page = ina.get(ADDRESS).content.decode()
    assert "Results, made up</textarea>" in page
    assert page.count("Taken over from the report to ISCG 24-1") == 1
    assert not ReportDraft.objects.exists()


def test_a_text_that_was_changed_is_not_marked_as_taken_over(emf, ina):
    report_to(emf, build.meeting("24-1", date(2024, 2, 1)))
    send(ina, results="Other results")
    assert "Taken over" not in ina.get(ADDRESS).content.decode()


def test_submitted_it_waits_and_takes_no_more_writing(ina):
    send(ina, results="Done", submit="1")
    assert draft().state == "submitted"
    assert draft().submitted_at is not None
    page = ina.get(ADDRESS).content.decode()
    assert "It waits for the secretariat" in page
    assert "<textarea" not in page


def test_of_two_submissions_at_once_one_is_taken(ina):
    send(ina, results="Done", submit="1")
    again = send(ina, 0, results="Done twice", submit="1")
    assert again.status_code == 409
    assert "You submitted this report on" in again.content.decode()
    assert "Done twice" in again.content.decode()
    assert draft().results == "Done"


def test_an_empty_report_is_kept_and_not_submitted(ina):
    answer = send(ina, results="  ", submit="1")
    assert answer.status_code == 400
    assert "An empty report cannot be submitted" in answer.content.decode()
    assert draft().state == "draft"


@pytest.mark.parametrize("how", [{}, JSON], ids=["button", "script"])
def test_two_megabytes_of_text_are_refused_and_stay_on_the_page(ina, how):
    answer = send(ina, results="x" * 2_000_000, how=how)
    assert answer.status_code == 400
    assert "at most 20000 characters" in answer.content.decode()
    assert not ReportDraft.objects.exists()
    assert how or "x" * 2_000_000 in answer.content.decode()


def test_more_text_than_any_page_takes_is_refused_before_it_is_read(ina):
    answer = send(ina, results="x" * 5_100_000)
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.content.decode()


def test_line_ends_of_a_browser_do_not_count_twice(ina):
    send(ina, results="a\r\n" * 10_000)
    assert len(draft().results) == 19_999


def test_a_script_in_a_text_is_text(ina):
    send(ina, results="<script>alert(1)</script>", submit="1")
    page = ina.get(ADDRESS).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_personal_address_is_refused_when_it_is_submitted(ina):
    answer = send(ina, results="Ask somebody.else@example.org", submit="1")
    assert answer.status_code == 400
    assert "leave out personal e-mail addresses" in answer.content.decode()
    assert draft().state == "draft"


@pytest.mark.parametrize("version", ["", "-1", "one", "99999999999999999999"])
def test_a_version_that_is_none_is_refused(ina, version):
    assert send(ina, version, results="Text").status_code in (400, 409)
    assert not ReportDraft.objects.exists()


@pytest.mark.parametrize("how", [{}, JSON], ids=["button", "script"])
def test_a_session_that_was_lost_gives_the_text_back(ina, how):
    ina.logout()
    answer = send(ina, results="An hour's work", how=how)
    assert answer.status_code == 401
    assert "You are no longer signed in. Nothing was saved" in answer.content.decode()
    assert how or "An hour&#x27;s work</textarea>" in answer.content.decode()


def test_the_script_gets_a_new_token_after_signing_in_again_and_not_before(ina):
    send(ina, results="First")
    assert Client().get(ADDRESS, **JSON).status_code == 401
    told = ina.get(ADDRESS, **JSON).json()
    assert told["version"] == 1
    assert told["token"]


@pytest.mark.parametrize("how", [{}, JSON], ids=["button", "script"])
def test_an_office_lost_while_the_form_is_open_gives_the_text_back(emf, ina, how):
    ina.get(ADDRESS)
    term = emf.coordinator_set.get()
    term.ends_on, term.ends_precision = today(), "day"
    build.saved(term)
    answer = send(ina, results="An hour of work", how=how)
    assert answer.status_code == 403
    assert "You are not the Coordinator of this subject today" in answer.content.decode()
    assert how or "An hour of work</textarea>" in answer.content.decode()
    assert not ReportDraft.objects.exists()


def test_the_right_to_write_ends_on_the_day_the_tenure_ends(emf):
    term = emf.coordinator_set.get()
    term.ends_on, term.ends_precision = date(2025, 6, 1), "day"
    account = build.account(person=build.saved(term).person)
    assert asked_report(account, "emf", "99-1", date(2025, 5, 31)) is not None
    assert asked_report(account, "emf", "99-1", date(2025, 6, 1)) is None


def test_after_a_handover_both_persons_texts_stay(emf, ina):
    send(ina, results="What Ina wrote")
    term = emf.coordinator_set.get()
    term.ends_on, term.ends_precision = today(), "day"
    build.saved(term)
    ben = build.person("Ben Madeup")
    build.coordinator(emf, ben, today())
    ina.force_login(build.account("ben@example.org", person=ben))
    page = ina.get(ADDRESS).content.decode()
    assert "What Ms Ina Sample wrote" in page
    assert "<p>What Ina wrote</p>" in page
    send(ina, results="What Ben wrote")
    assert {one.results for one in ReportDraft.objects.all()} == {"What Ina wrote", "What Ben wrote"}


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_a_meeting_that_was_called_off_asks_for_no_report_and_keeps_the_text(emf, ina, state):
    send(ina, results="A beginning")
    meeting = draft().meeting
    meeting.state = state
    build.saved(meeting)
    page = ina.get(ADDRESS).content.decode()
    assert "was called off" in page
    assert "<p>A beginning</p>" in page
    late = send(ina, 1, results="More")
    assert late.status_code == 409 and "More</textarea>" in late.text
    assert "Nothing was saved; what you wrote is still here." in late.text


def test_a_meeting_that_was_removed_meanwhile_gives_back_what_was_typed(emf, ina):
    remove_mistake(Meeting.objects.get(code="99-1"), reason="Made up")
    late = send(ina, results="Typed at length")
    assert late.status_code == 404 and "Typed at length</textarea>" in late.text
    assert "There is no such subject, or no such meeting of the group. Nothing was saved;" in late.text
    assert "Nothing was saved;" in send(ina, results="Typed at length", how=JSON).json()["error"]


def test_a_meeting_before_the_term_is_not_hers_to_report_to(ina):
    build.meeting("20-1", date(2020, 2, 1))
    assert "Your term began after ISCG 20-1" in ina.get("/en/workspace/reports/emf/20-1/").content.decode()


@pytest.mark.parametrize("address", ["/en/workspace/reports/emf/12-9/", "/en/workspace/reports/nothing/99-1/"])
def test_what_there_is_not_answers_404(ina, address):
    assert ina.get(address).status_code == 404


def test_the_page_needs_at_most_twelve_queries(emf, ina, django_assert_max_num_queries):
    report_to(emf, build.meeting("24-1", date(2024, 2, 1)))
    send(ina, results="A beginning")
    with django_assert_max_num_queries(12):
        assert ina.get(ADDRESS).status_code == 200


def test_what_is_due_stands_on_the_workspace_until_it_is_on_record(emf, ina):
    def page():
        return ina.get("/en/workspace/").content.decode()

    assert page().count('href="/en/workspace/reports/emf/25-1/"') == page().count(f'href="{ADDRESS}"') == 1
    report_to(emf, build.meeting("99-2", today() + timedelta(60)))
    assert '/workspace/reports/emf/99-2/"' not in page()
    assert "not begun" in page()


def test_what_the_one_before_submitted_is_not_due_from_the_successor(emf, ina):
    send(ina, results="What Ina wrote", submit="1")
    term = emf.coordinator_set.get()
    term.ends_on, term.ends_precision = today(), "day"
    build.saved(term)
    ben = build.person("Ben Madeup")
    build.coordinator(emf, ben, today())
    due = due_of(held_by(ben.pk, today()), [], today())
    assert [one.meeting.code for one in due] == []


def test_nothing_is_due_any_more_on_the_day_the_tenure_ends(emf):
    term = emf.coordinator_set.get()
    term.ends_on, term.ends_precision = date(2025, 6, 1), "day"
    person = build.saved(term).person_id
    last, first = date(2025, 5, 31), date(2025, 6, 1)
    assert [due.meeting.code for due in due_of(held_by(person, last), [], last)] == ["25-1", "99-1"]
    assert due_of(held_by(person, first), [], first) == []


def test_a_term_that_ends_before_the_meeting_says_that_somebody_else_reports(emf, ina):
    term = emf.coordinator_set.get()
    term.ends_on, term.ends_precision = today() + timedelta(10), "day"
    build.saved(term)
    assert "stays for your successor" in ina.get("/en/workspace/").content.decode()


def test_a_meeting_that_was_called_off_is_due_to_nobody(emf):
    build.meeting("25-2", date(2025, 9, 1), state="cancelled")
    assert [meeting.code for meeting in meetings_that_ask(date(2025, 7, 1))] == ["25-1", "99-1"]


def test_drafts_stand_on_the_workspace_with_their_state(ina):
    send(ina, results="A beginning", submit="1")
    page = ina.get("/en/workspace/").content.decode()
    assert "My drafts" in page
    assert "waits for the secretariat" in page


def test_without_a_subject_nothing_is_due(emf, client):
    client.force_login(build.account("lea@example.org", person=build.person("Lea Nobody")))
    assert "Due from me" not in client.get("/en/workspace/").content.decode()


@pytest.mark.parametrize(("state", "late"), [("held", True), ("confirmed", False)])
def test_nothing_is_late_to_a_meeting_that_is_not_recorded_as_held(emf, state, late):
    meeting = build.meeting("25-2", date(2025, 9, 1), state=state)
    due = {one.meeting: one.is_late for one in due_of(held_by(emf.coordinator_set.get().person, today()), [], today())}
    assert due[meeting] is late


def test_what_was_submitted_can_be_taken_back_until_it_is_decided(emf, ina):
    send(ina, results="Too early", submit="1")
    assert "Report on EMF to ISCG 99-1" not in ina.get("/en/workspace/").content.decode().split("My drafts")[0]
    page = ina.post(ADDRESS, {"take_back": "1"}, follow=True).content.decode()
    assert "You have your report back" in page and "Too early</textarea>" in page
    assert (draft().state, draft().submitted_at) == ("draft", None)
    send(ina, draft().version, results="Now", submit="1")
    accept(draft(), draft().version)
    said = ina.post(ADDRESS, {"take_back": "1"}, follow=True).content.decode()
    assert "This report was accepted on" in said and draft().state == "accepted"


def test_a_report_that_says_the_same_as_the_last_asks_whether_that_is_meant(emf, ina):
    report_to(emf, build.meeting("24-1", date(2024, 2, 1)))
    page = send(ina, results="Results, made up", submit="1")
    text = page.content.decode()
    assert "says word for word what the report to ISCG 24-1 says" in text and 'name="unchanged"' in text
    assert draft().state == "draft"
    send(ina, page.context["form"]["version"].value(), results="Results, made up", submit="1", unchanged="on")
    assert draft().state == "submitted"


def test_a_report_is_in_the_language_of_the_page_or_in_the_one_that_is_chosen(ina, emf):
    send(ina, address=ADDRESS.replace("/en/", "/fr/"), results="Résultats fictifs")
    assert draft().language == "fr"
    assert '<option value="fr" selected lang="fr" dir="ltr">' in ina.get(ADDRESS).content.decode()
    send(ina, 1, results="نتائج", language="ar", submit="1")
    assert accept(draft(), draft().version).language == "ar"


@pytest.mark.parametrize("language", ["", "fr"], ids=["not known", "French"])
def test_what_is_taken_over_from_the_last_report_keeps_its_language(ina, emf, language):
    term, before = emf.coordinator_set.get(), build.meeting("24-1", date(2024, 2, 1))
    texts = {"results": "Résultats fictifs", "language": language}
    build.coordinator_report(emf, before, term.person, starts_on=term.starts_on, **texts)
    opened = ina.get(ADDRESS).context["form"]["language"].value()
    how = {"results": "Résultats fictifs", "submit": "1", "unchanged": "on"}
    send(ina, language=opened, **how)
    assert accept(draft(), draft().version).language == opened == language


def test_an_old_window_that_asks_for_no_language_guesses_none_of_what_was_taken_over(ina, emf):
    report_to(emf, build.meeting("24-1", date(2024, 2, 1)))
    send(ina, results="Results, made up")
    assert draft().language == ""


def test_who_begins_with_nothing_can_say_that_the_language_is_not_known(ina):
    assert '<option value="">---------</option>' in ina.get(ADDRESS).content.decode()
    send(ina, results="Made up", language="")
    assert draft().language == ""
