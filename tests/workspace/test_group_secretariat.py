"""An advisory group's secretariat sees its own transmissions, answers them, and has its files early where it may."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from iscg_portal.files.checks import KINDS
from iscg_portal.history import Reason
from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from reports.acts import annual_reports as acts
from reports.acts import transmissions
from reports.models import AnnualReport, ReportStep, Transmission, TransmissionMail
from tests import world as w
from tests.made_up_files import pdf
from workspace.models import GroupFile, GroupSecretariat
from workspace.transmissions.models import add_file

pytestmark = pytest.mark.django_db
BEGINNING = date(2020, 1, 1)


def report(code="2025", state="published"):
    dates = {"period_from": date(2024, 12, 31), "period_to": date(2025, 12, 31)}
    return AnnualReport.objects.create(code=code, state=state, content="{}" if state == "published" else "", **dates)


def transmission(group="RAG", of=None, sent=True, **fields):
    given = {"state": "sent", "sent_on": date(2026, 1, 15)} if sent else {}
    return w.saved(Transmission(report=of or report(), group=w.advisory_group(group), **given, **fields))


def bind(account, group="RAG", starts_on=BEGINNING, ends_on=None):
    return w.saved(
        GroupSecretariat(account=account, group=w.advisory_group(group), starts_on=starts_on, ends_on=ends_on)
    )


def file_for(given, language="en", **fields):
    return add_file(given, io.BytesIO(b"%PDF-1.4 made up %%EOF"), KINDS["pdf"], language, **fields)


@pytest.fixture
def rag(client):
    """The account of RAG's secretariat, signed in."""
    account = w.account("rag.secretariat@example.org")
    bind(account)
    client.force_login(account)
    return account


def page_of(given, more=""):
    return f"/en/workspace/transmissions/{given.pk}/{more}"


def test_it_sees_what_was_sent_to_its_group(rag, client):
    given = transmission()
    assert page_of(given) in client.get("/en/workspace/").content.decode()
    page = client.get(page_of(given))
    assert "Acknowledge receipt" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_it_reads_beside_its_transmission_that_the_report_is_withdrawn(rag, client):
    given = transmission()
    AnnualReport.objects.filter(pk=given.report_id).update(state="withdrawn")
    ReportStep.objects.create(report=given.report, state="withdrawn", public_reason="Wrong")
    for page in (page_of(given), "/en/workspace/"):
        assert "<strong>withdrawn</strong>" in client.get(page).content.decode()


def test_it_reads_what_corrects_the_report_and_what_the_report_asks(rag, client):
    given = w.published_report("2024").transmissions.get(group="RAG")
    Transmission.objects.filter(pk=given.pk).update(state="sent", sent_on=date(2025, 2, 1))
    assert "What the report asks" in client.get(page_of(given)).content.decode()
    draft = acts.correct(given.report, "Corr", reason=Reason("Made up", public="A wrong day"))
    for act in (acts.submit, lambda one: acts.approve(one, None), lambda one: acts.publish(one, None)):
        act(draft)
    for page in (page_of(given), "/en/workspace/"):
        assert '/en/reports/2024-corr1/">' in client.get(page).content.decode()
    assert "It was changed by Corrigendum 1" in client.get(page_of(given)).content.decode()


def test_what_the_group_said_is_rendered(rag, client):
    given = transmission(reply="- One\n- *Two*")
    assert "<li><em>Two</em></li>" in client.get(page_of(given)).content.decode()


def test_staff_read_what_the_report_asks_beside_the_transmission(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    given = w.saved(Transmission(report=w.published_report("2024"), group=w.advisory_group("RAG")))
    page = client.get(f"/admin/reports/transmission/{given.pk}/change/").content.decode()
    assert "What the report asks" in page and "invited to note this report." in page


def test_what_goes_to_another_group_or_was_not_sent_is_not_there(rag, client):
    for given in (transmission("TSAG"), transmission("RAG", report("2024"), sent=False)):
        file = file_for(given)
        for path in ("", f"files/{file.pk}/"):
            assert client.get(page_of(given, path)).status_code == 404
        assert client.post(page_of(given), {"reply": "Comments"}).status_code == 404
        assert client.post(page_of(given, "noted/")).status_code == 404
        assert page_of(given) not in client.get("/en/workspace/").content.decode()
    assert not Transmission.objects.exclude(reply="").exists()


def test_it_acknowledges_receipt_once(rag, client):
    given = transmission()
    for _ in range(2):
        client.post(page_of(given, "received/"))
    given.refresh_from_db()
    assert (given.state, given.received_on, given.answered_on) == ("received", today(), None)
    version = given.history.latest()
    assert (version.history_user, version.history_change_reason) == (rag, "Acknowledged by the secretariat of RAG")
    assert given.history.count() == 2
    assert "Receipt is known already" in client.get(page_of(given)).content.decode()


def test_it_says_on_which_agenda_the_report_is_and_that_the_group_noted_it(rag, client):
    given = transmission()
    own, other = w.meeting("RAG-2026", date(2026, 3, 2), body="RAG"), w.meeting("TSAG-2026", body="TSAG")
    client.post(page_of(given, "agenda/"), {"meeting": other.pk})
    given.refresh_from_db()
    assert given.state == "sent"
    client.post(page_of(given, "agenda/"), {"meeting": own.pk})
    given.refresh_from_db()
    assert (given.state, given.meeting) == ("on agenda", own)
    for day in ("2199-01-01", "nonsense", "2026-03-02", "2026-03-03"):
        client.post(page_of(given, "noted/"), {"answered_on": day})
    given.refresh_from_db()
    assert (given.state, given.answered_on) == ("noted", date(2026, 3, 2))
    assert given.history.latest().history_change_reason == "Noted by RAG, says its secretariat"


@pytest.mark.parametrize(
    ("path", "day", "sentence"),
    [
        ("noted/", "nonsense", "“nonsense” is not a date"),
        ("noted/", "1 January 2026", "An answer cannot come before the report was sent."),
        ("noted/", "", "Choose the meeting of the group at which it did so."),
        ("", "", "Choose the meeting of the group at which it did so."),
        ("agenda/", "", "This field is required."),
    ],
)
def test_what_is_refused_says_why_at_its_field_and_keeps_what_was_typed(rag, client, path, day, sentence):
    given, chosen = transmission(), w.meeting("RAG-2026", date(2026, 3, 2), body="RAG")
    Transmission.objects.update(meeting=w.meeting("RAG-next", today() + timedelta(300), body="RAG"))  # has not begun
    typed = {"answered_on": day, "reply": "Typed, made up", "meeting": chosen.pk if day else ""}
    page = client.post(page_of(given, path), typed).content.decode()
    assert sentence.replace("'", "&#x27;") in page and "Not taken yet." in page
    assert (f'value="{day}"' in page and f'value="{chosen.pk}" selected' in page) or not day
    assert client.get(page_of(given, path)).status_code in (200, 302)  # another language, a reload
    assert Transmission.objects.get().state == "sent"


def test_of_two_windows_the_second_reads_that_there_is_an_answer(rag, client):
    given = transmission()
    answers = [client.post(page_of(given, "noted/"), follow=True).content.decode() for _window in "12"]
    assert "There is already an answer" not in answers[0] and "There is already an answer: noted" in answers[1]


def test_comments_come_to_who_sent_the_report(rag, client):
    given, staff = transmission(), w.staff_account()
    mail = Mail.objects.create(to="rag@itu.int", subject="Made up", text="Made up")
    TransmissionMail.objects.create(transmission=given, mail=mail, by=staff, is_recorded=True)
    client.post(page_of(given), {"reply": "We ask for more on this", "answered_on": "2026-03-02"})
    mail = Mail.objects.latest("pk")
    assert (mail.to, "We ask for more on this" in mail.text) == (staff.email, True)
    assert f"/admin/reports/transmission/{given.pk}/" in mail.text
    type(staff).objects.filter(pk=staff.pk).update(is_active=False)
    client.post(page_of(given), {"reply": "And on that"})
    assert Mail.objects.latest("pk").to == "iscg@itu.int"


def test_comments_become_the_reply_and_a_further_one_is_added_below(rag, client):
    given = transmission()
    client.post(page_of(given), {"reply": "First comment"})
    client.post(page_of(given), {"reply": "Second comment"})
    given.refresh_from_db()
    assert (given.state, given.reply) == ("comments", "First comment\n\nSecond comment")
    assert given.history.latest().history_user == rag


def test_comments_do_not_grow_without_end(rag, client):
    given = transmission()
    client.post(page_of(given), {"reply": "c" * 15_000})
    page = client.post(page_of(given), {"reply": "d" * 15_000}).content.decode()
    assert "longer than 20000 characters" in page and "ddd" in page
    given.refresh_from_db()
    assert given.reply == "c" * 15_000


@pytest.mark.parametrize("reply", ["", "  \n ", "Write to somebody@example.com", "c" * 20_001])
def test_comments_that_are_none_are_refused_with_a_sentence(rag, client, reply):
    given = transmission()
    assert "errorlist" in client.post(page_of(given), {"reply": reply}).content.decode()
    given.refresh_from_db()
    assert given.state == "sent"


def test_what_was_not_sent_cannot_be_answered():
    given = transmission(sent=False)
    for act in (lambda: transmissions.note(given), lambda: transmissions.comment(given, "Early")):
        with pytest.raises(ValidationError, match="not been sent yet"):
            act()


def test_a_file_is_there_before_publication_where_staff_allow_it(rag, client):
    given = transmission(of=report(state="draft"), sent=False)
    early, late = file_for(given, is_early=True), file_for(given, "fr")
    answer = client.get(page_of(given, f"files/{early.pk}/"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Cache-Control"] == "private, no-store"
    assert "iscg-report-2025-rag-en.pdf" in answer["Content-Disposition"]
    assert client.get(page_of(given, f"files/{late.pk}/")).status_code == 404
    page = client.get(page_of(given)).content.decode()
    assert "rag-en.pdf" in page and "rag-fr.pdf" not in page
    assert "Acknowledge receipt" not in page


def test_a_file_that_is_not_early_is_there_once_the_report_is_public(rag, client):
    given = transmission()
    assert client.get(page_of(given, f"files/{file_for(given).pk}/")).status_code == 200


def test_nobody_else_has_the_file(rag, client):
    given = transmission(of=report(state="draft"), sent=False)
    address = page_of(given, f"files/{file_for(given, is_early=True).pk}/")
    client.logout()
    assert client.get(address).status_code == 302
    tsag = w.account("tsag.secretariat@example.org")
    bind(tsag, "TSAG")
    for account in (tsag, w.account("reader@example.org"), w.staff_account()):
        client.force_login(account)
        assert client.get(address).status_code == 404


def test_the_right_ends_on_the_day_the_binding_ends(client):
    given, account = transmission(), w.account()
    client.force_login(account)
    row = bind(account, ends_on=today() + timedelta(days=1))
    assert client.get(page_of(given)).status_code == 200
    GroupSecretariat.objects.filter(pk=row.pk).update(ends_on=today())
    assert client.get(page_of(given)).status_code == 404
    assert client.post(page_of(given, "noted/")).status_code == 404
    ours = {"origin": "http://testserver"}
    page = client.post(page_of(given), {"reply": "Comments that took an hour"}, headers=ours)
    assert (page.status_code, "Comments that took an hour" in page.content.decode()) == (404, True)
    given.refresh_from_db()
    assert given.reply == ""


def test_an_account_works_for_one_group_at_a_time(rag):
    w.advisory_group("TSAG")
    with pytest.raises(ValidationError, match="at that time already"):
        bind(rag, "TSAG", date(2024, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSecretariat.objects.create(account=rag, group_id="TSAG", starts_on=date(2024, 1, 1))


def test_its_pages_need_at_most_twelve_queries(rag, client):
    given = transmission()
    for number in range(2010, 2020):
        transmission(of=report(str(number)))
    for language in ("en", "fr", "es"):
        file_for(given, language)
    for address in ("/en/workspace/", page_of(given)):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 12


def test_staff_add_a_file_on_the_page_of_the_transmission(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    page = f"/admin/reports/transmission/{transmission().pk}/"
    assert "Add a file for the group…" in client.get(f"{page}change/").content.decode()
    form = {
        "file": SimpleUploadedFile("made-up.pdf", pdf("Made up").read()),
        "language": "en",
        "is_early": "on",
    }
    assert client.post(f"{page}file/", form).status_code == 302
    file = GroupFile.objects.get()
    assert file.is_early
    assert file.name in client.get(f"{page}change/").content.decode()
    assert client.get(f"/admin/workspace/groupfile/{file.pk}/content/").status_code == 200


def test_comments_are_in_the_language_of_the_page_or_in_the_one_that_is_chosen(rag, client):
    given = transmission()
    client.post(page_of(given).replace("/en/", "/fr/"), {"reply": "Merci"})
    client.post(page_of(given), {"reply": "Gracias", "language": "es"})
    assert list(given.answers.values_list("text", "language")) == [("Merci", "fr"), ("Gracias", "es")]
