"""The Chair reads and comments on an annual report before it is approved, and finds there what it is made of (F3)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from members.models import ChairTerm
from reports.acts import annual_reports as acts
from reports.acts.comments import answer, comment
from reports.facts import gather
from reports.models import ReportComment
from reports.oddities import oddities
from secretariat.to_do import to_do
from tests import world as w

pytestmark = pytest.mark.django_db
PAGE = "/en/workspace/annual-reports/2025/"


@pytest.fixture
def chair(client):
    gus = w.person("Gus Example")
    w.chair_term(gus, date(2023, 1, 1))
    account = w.account("gus@example.org", person=gus)
    client.force_login(account)
    return account


@pytest.fixture
def report():
    return acts.open_report("2025")


@pytest.fixture
def without_open_points(monkeypatch):
    """The secretariat's desk is asked for them in the first test alone."""
    monkeypatch.setattr("workspace.reviewing.points", [])


def test_the_chair_finds_the_draft_with_what_it_is_made_of(client, chair, report):
    ada, meeting = w.person("Ada Testperson"), w.meeting("25-2", date(2025, 5, 12))
    emf = w.subject("EMF")
    w.coordinator(emf, ada, date(2024, 1, 1))
    w.coordinator_report(emf, meeting, ada, guidance="Guidance inside the group", results="- *One*")
    w.key_issue("An issue nobody published, made up")
    w.seat("RAG1", date(2024, 1, 1))
    assert PAGE in client.get("/en/workspace/").content.decode()
    page = client.get(PAGE).content.decode()
    for words in (
        "Guidance inside the group",
        "<li><em>One</em></li>",
        "An issue nobody published, made up",
        "In the period the group held the meeting",
        "it was held, and has no result.",
        "Open points of the secretariat",
    ):
        assert words in page
    assert 'dir="rtl"' in client.get(f"{PAGE}?language=ar").content.decode()
    assert client.get(f"{PAGE}?language=xx").status_code == 404


def test_a_comment_stands_beside_the_draft_and_above_what_publishes(client, chair, report, without_open_points):
    client.post(PAGE, {"text": "Say more on <b>regions</b>, made up."})
    assert "&lt;b&gt;regions&lt;/b&gt;" in client.get(PAGE).content.decode()
    said = [one.sentence for one in oddities(report, gather(report)) if "commented" in one.sentence]
    assert len(said) == 1 and said[0].endswith("Say more on <b>regions</b>, made up.")
    assert "Write to" not in str(ReportComment.objects.all())
    refused = client.post(PAGE, {"text": "Write to ada.testperson@example.org"}).content.decode()
    assert "ada.testperson@example.org" in refused and ReportComment.objects.count() == 1


def test_what_is_approved_takes_no_comment_and_gives_back_what_was_typed(client, chair, report, without_open_points):
    acts.submit(report)
    comment(report, "In review, made up", chair)
    acts.approve(report, None)
    with pytest.raises(ValidationError):
        comment(report, "Too late", chair)
    assert "Send the comment" not in client.get(PAGE).content.decode()
    for page in (PAGE, PAGE.replace("2025", "2031")):
        kept = client.post(page, {"text": "Typed, made up"})
        assert kept.status_code == 404 and "Typed, made up" in kept.content.decode()
        assert "Nothing was sent; what you wrote is still here." in kept.content.decode()


def test_a_chair_whose_term_ended_reads_why_and_keeps_what_was_typed(client, chair, report, without_open_points):
    term = ChairTerm.objects.get()
    term.ends_on = today()
    w.saved(term)
    kept = client.post(PAGE, {"text": "Typed, made up"}, headers={"origin": "http://testserver"})
    assert kept.status_code == 403 and "Typed, made up" in kept.content.decode()
    assert "This is only for: Chair. You are none of that today." in kept.content.decode()


def test_nobody_but_the_chair_sees_the_draft(client, report):
    client.force_login(w.account("reader@example.org"))
    assert client.get(PAGE).status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_a_comment_reaches_staff_by_mail_and_desk_and_its_answer_the_chair(client, chair, report, without_open_points):
    staff = w.staff_account()
    client.post(PAGE, {"text": "Say more on regions, made up."})
    mail = Mail.objects.get()
    assert mail.to == staff.email
    assert "Gus Example commented on the draft" in mail.subject
    assert [waiting.count for waiting in to_do(staff, w.DAY, ["comments"])] == [1]
    said = ReportComment.objects.get()
    answer(said, "Said more, made up.", staff)
    mail = Mail.objects.latest("pk")
    assert (mail.to, mail.text.count("Said more, made up.")) == ("gus@example.org", 1)
    assert "Dear Gus Example," in mail.text and PAGE in mail.text
    assert "Said more, made up." in client.get(PAGE).content.decode()
    assert to_do(staff, w.DAY, ["comments"]) == []
    with pytest.raises(ValidationError, match="in the meantime"):
        answer(said, "Again", staff)


def test_staff_answer_it_on_a_page_of_the_report(client, chair, report, without_open_points, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    said = comment(report, "Say more, made up.", chair)
    client.force_login(w.staff_account())
    page = f"/admin/reports/annualreport/{report.pk}/answer-comment/"
    assert "Say more, made up." in client.get(page).content.decode()
    client.post(page, {"comment": said.pk, "words": "Done, made up."})
    said.refresh_from_db()
    assert said.answer == "Done, made up."
    late = client.post(page, {"comment": said.pk, "words": "Typed too, made up."}).content.decode()
    assert "A colleague answered this comment in the meantime." in late and "Typed too, made up." in late


def test_the_chair_and_who_approves_are_told_that_a_draft_waits_for_review(chair, report):
    writer, other = w.staff_account("writes@example.org"), w.staff_account("approves@example.org")
    acts.submit(report, writer)
    mails = {mail.to: mail.text for mail in Mail.objects.all()}
    assert set(mails) == {chair.email, other.email}
    assert "Your office: Chair" in mails[chair.email] and PAGE in mails[chair.email]
    assert f"/admin/reports/annualreport/{report.pk}/" in mails[other.email]
    assert "The Chair was asked to comment on it." in mails[other.email]


def test_nobody_reads_that_a_chair_was_asked_whom_no_mail_reaches(report):
    w.chair_term(w.person("Gus Example"), date(2023, 1, 1))
    w.staff_account("approves@example.org")
    acts.submit(report)
    assert "The Chair was asked" not in Mail.objects.get().text


def test_who_approves_reads_whether_the_chair_commented(client, chair, report, without_open_points, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    acts.submit(report)
    client.force_login(w.staff_account())
    page = f"/admin/reports/annualreport/{report.pk}/step/approve/"
    assert "The Chair has not commented on this draft." in client.get(page).content.decode()
    said = comment(report, "Made up", chair)
    assert "and it is not answered: Made up" in client.get(page).content.decode()
    answer(said, "Done", w.staff_account("answers@example.org"))
    assert "is not answered" not in client.get(page).content.decode()
