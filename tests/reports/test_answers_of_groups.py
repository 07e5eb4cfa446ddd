"""What an advisory group said of a report has its place in the next one, once, whenever it was entered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from iscg_portal.history import Reason
from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from reports.acts import annual_reports as acts
from reports.acts import transmissions
from reports.composing import tree_of
from reports.facts import gather
from reports.models import AnnualReport, GroupAnswer, Transmission
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_2023():
    """The transmission of an old report to TSAG, sent."""
    dates = {"period_from": date(2022, 12, 31), "period_to": date(2023, 12, 31)}
    old = AnnualReport.objects.create(code="2023", state="published", content="{}", **dates)
    return w.saved(Transmission(report=old, group=w.advisory_group("TSAG"), sent_on=date(2024, 1, 5), state="sent"))


def told(report):
    """The HTML of the block of answers; blank where there is none."""
    with override("en"):
        tree = tree_of(report, gather(report), {}, "en")
    return "".join(block["html"] for part in tree["sections"] for block in part["blocks"] if block["key"] == "answers")


def test_each_comment_is_told_with_its_own_day_and_meeting(of_2023):
    first = w.meeting("TSAG-2024", date(2024, 3, 4), body="TSAG", title="TSAG 2024")
    second = w.meeting("TSAG-2025", date(2025, 5, 6), body="TSAG", title="TSAG 2025")
    transmissions.comment(of_2023, "We ask for **more**", date(2024, 3, 4), meeting=first)
    transmissions.comment(of_2023, "Thank you", date(2025, 5, 6), meeting=second)
    text = told(acts.open_report("2024"))
    assert "TSAG commented on the report" in text and ">TSAG 2024</a> (4 March 2024):" in text
    assert "<strong>more</strong>" in text and "Thank you" not in text
    later = told(acts.open_report("2025"))
    assert "TSAG 2025</a> (6 May 2025):" in later and "Thank you" in later


def test_what_was_entered_after_the_report_on_its_days_is_told_by_the_next_and_once(of_2023):
    w.published_report("2024")
    transmissions.note(of_2023, date(2024, 3, 4))
    next_one = w.published_report("2025")
    assert "TSAG noted the report" in told(next_one) and GroupAnswer.objects.get().told_by == next_one
    assert told(acts.open_report("2026")) == ""
    acts.withdraw(next_one, None, Reason("Made up", public="A page lacks"))
    assert "TSAG noted the report" in told(AnnualReport.objects.get(code="2026"))


def test_a_group_notes_and_comments_at_a_meeting_of_its_own_that_has_begun(of_2023):
    called_off = w.meeting("TSAG-2024-1", date(2024, 2, 6), body="TSAG", state="cancelled")
    to_come = w.meeting("TSAG-2036", date(2036, 2, 6), body="TSAG")
    of_another = w.meeting("RAG-2024", date(2024, 2, 6), body="RAG")
    for wrong in (called_off, to_come, of_another):
        with pytest.raises(ValidationError):
            transmissions.note(of_2023, meeting=wrong)
    held = w.meeting("TSAG-2024", date(2024, 5, 6), body="TSAG")
    with pytest.raises(ValidationError, match="Choose the meeting of the group"):
        transmissions.comment(of_2023, "Made up")
    transmissions.note(of_2023, meeting=held)
    assert Transmission.objects.get().meeting == held == GroupAnswer.objects.get().meeting


def test_a_meeting_that_was_called_off_has_no_agenda(of_2023):
    off = w.meeting("TSAG-2024", date(2024, 5, 6), body="TSAG", state="cancelled")
    with pytest.raises(ValidationError, match="called off"):
        transmissions.put_on_agenda(of_2023, off)


def test_what_staff_record_of_a_group_reaches_who_sent_the_report(of_2023, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    page = f"/admin/reports/transmission/{of_2023.pk}/"
    held = w.meeting("TSAG-2024", date(2024, 5, 6), body="TSAG")
    shown = client.get(f"{page}change/").content.decode()
    assert "The group commented…" in shown and 'name="reply"' not in shown and 'value="comments"' not in shown
    data = {"reply": "More on this", "answered_on": "2024-05-06", "meeting": held.pk, "_act": "Record the answer"}
    assert client.post(f"{page}commented/", data).status_code == 302
    assert "More on this" in Mail.objects.get().text
    assert "More on this" in client.get(f"{page}change/").content.decode()
    assert client.post(f"{page}noted/", {"_act": "x", "answered_on": str(today())}).status_code == 200  # too late
    assert GroupAnswer.objects.count() == 1


def test_a_comment_is_marked_with_its_language_in_the_other_five(of_2023):
    transmissions.comment(of_2023, "Merci", date(2025, 5, 6), language="fr")
    transmissions.comment(of_2023, "Nobody knows", date(2025, 5, 6))
    text = told(acts.open_report("2025"))
    assert '<p lang="fr" dir="ltr">Merci</p>' in text and '<p dir="ltr">Nobody knows</p>' in text


@pytest.fixture
def staff(client, settings):
    """The browser of the secretariat."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    return client


def page_of(answer, act="change"):
    return f"/admin/reports/groupanswer/{answer.pk}/{act}/"


def mend(staff, answer, **data):
    """Send the page of the answer as it is shown, with these values; its fields that are wrong."""
    shown = staff.get(page_of(answer)).context
    sent = {**shown["adminform"].form.initial, "opened_version": shown["opened_version"], "change_reason": "Made up"}
    answered = staff.post(page_of(answer), {**sent, "meeting": "", **data})
    return [] if answered.status_code == 302 else answered.context["errors"]


def test_a_wrong_answer_is_mended_on_its_page_and_its_transmission_with_it(of_2023, staff):
    transmissions.comment(of_2023, "Wrong words", date(2024, 3, 4))
    transmissions.comment(of_2023, "Right words", date(2024, 3, 6))
    wrong = GroupAnswer.objects.get(text="Wrong words")
    assert page_of(wrong) in staff.get(f"/admin/reports/transmission/{of_2023.pk}/change/").content.decode()
    assert mend(staff, wrong, text="Better words", said_on="2024-03-05") == []
    of_2023.refresh_from_db()
    assert (of_2023.reply, of_2023.answered_on) == ("Better words\n\nRight words", date(2024, 3, 5))
    assert mend(staff, wrong, said_on="2024-01-01") == [["An answer cannot come before the report was sent."]]


def test_a_wrong_answer_is_removed_with_a_reason_and_the_group_has_not_answered(of_2023, staff):
    transmissions.acknowledge(of_2023)
    transmissions.comment(of_2023, "Of another group", today())
    answer = GroupAnswer.objects.get()
    assert staff.post(page_of(answer, "delete"), {"reason": ""}).status_code == 200
    assert staff.post(page_of(answer, "delete"), {"reason": "Of another group"}).status_code == 302
    of_2023.refresh_from_db()
    assert (of_2023.state, of_2023.reply, of_2023.answered_on) == ("received", "", None)
    assert of_2023.received_on == today() and not GroupAnswer.objects.exists()
    assert GroupAnswer.history.latest().history_change_reason == "Of another group"


def test_what_was_typed_above_the_answers_stays_when_one_is_removed(of_2023, staff):
    of_2023.reply = "From before the answers had rows"
    of_2023.save()
    for text in ("One", "Two"):
        transmissions.comment(of_2023, text, date(2024, 3, 4))
    staff.post(page_of(GroupAnswer.objects.get(text="One"), "delete"), {"reason": "Made up"})
    of_2023.refresh_from_db()
    assert (of_2023.reply, of_2023.state) == ("From before the answers had rows\n\nTwo", "comments")


def test_an_answer_that_a_published_report_tells_stays_as_it_is(of_2023, staff):
    transmissions.note(of_2023, date(2024, 3, 4))
    answer = GroupAnswer.objects.get()
    answer.told_by = of_2023.report
    w.saved(answer)
    assert 'name="said_on"' not in staff.get(page_of(answer)).content.decode()
    assert staff.get(page_of(answer, "delete")).status_code == 403


def test_who_had_the_page_open_before_a_report_told_the_answer_keeps_what_was_typed(of_2023, staff):
    transmissions.comment(of_2023, "As it was", date(2024, 3, 4))
    answer = GroupAnswer.objects.get()
    shown = staff.get(page_of(answer)).context
    answer.told_by = of_2023.report
    w.saved(answer)
    typed = {**shown["adminform"].form.initial, "opened_version": shown["opened_version"], "meeting": ""}
    for act, sent in (("change", typed | {"text": "Typed at length"}), ("delete", {"reason": "Typed at length"})):
        said = staff.post(page_of(answer, act), sent).content.decode()
        assert "The report 2023 already tells this answer" in said and "Typed at length" in said
    assert GroupAnswer.objects.get().text == "As it was"


def test_no_language_of_a_comment_is_taken_for_granted(of_2023, staff):
    page = staff.get(f"/admin/reports/transmission/{of_2023.pk}/commented/").content.decode()
    assert '<option value="" selected>' in page
