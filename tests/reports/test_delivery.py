"""An annual report is sent to an advisory group once, by a real mail server, with a log (clause F3)."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep
from iscg_portal.history import Reason
from iscg_portal.mail.models import SENDER_DIED_AFTER, Mail
from iscg_portal.models import StoredFile
from iscg_portal.tenure.dates import today
from members.models import AdvisoryGroup
from reports.acts.transmissions import hold_back, record_what_went, send
from reports.models import AnnualReport, Rendition, ReportFile, Transmission, TransmissionMail
from secretariat.checks.transmissions import ask_transmissions
from tests import world as w
from tests.mail_server import mail_server, no_mail_server
from workspace.access.erasing import erase_mails
from workspace.sender import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server(settings) as kept:
        yield kept


@pytest.fixture
def transmission():
    dates = {"period_from": date(2024, 12, 31), "period_to": date(2025, 12, 31)}
    report = AnnualReport.objects.create(code="2025", state="published", content="{}", **dates)
    group = w.advisory_group("RAG", mailbox="rag@itu.int")
    return w.saved(Transmission(report=report, group=group, due_on=date(2026, 3, 1)))


NAMED = {"_act": "Send the mail", "due_on": "2026-03-01", "answer_due_on": "2026-05-04"}


def delivered(transmission, **options):
    """The mail, after the sender's turn."""
    mail = send(transmission, **options)
    deliver()
    mail.refresh_from_db()
    return mail


def test_the_mail_goes_once_and_the_log_says_to_whom(server, transmission):
    mail = delivered(transmission)
    with pytest.raises(ValidationError, match="already sent"):
        send(Transmission.objects.get())
    assert server.receivers == ["rag@itu.int"]
    assert server.mails[0]["From"] == "ISCG <iscg@itu.int>"
    assert (mail.to, mail.state, Transmission.objects.get().state) == ("rag@itu.int", "sent", "sent")
    assert transmission.history.first().history_change_reason == "Sent to rag@itu.int"


def test_the_frozen_files_go_with_it_and_are_stored_once(server, transmission):
    stored = keep(io.BytesIO(b"Made up"), KINDS["pdf"])
    ReportFile.objects.create(report=transmission.report, language="en", kind="pdf", stored=stored)
    mail = delivered(transmission)
    (file,) = server.mails[0].iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("iscg-report-2025-en.pdf", b"Made up")
    assert [one.stored for one in mail.attachments.all()] == [stored]
    assert mail.language == "en"
    assert "/en/reports/2025/" in server.mails[0].get_body(("plain",)).get_content()


def test_a_file_that_is_not_in_its_place_puts_the_mail_off(server, transmission):
    gone = StoredFile.objects.create(sha256="0" * 64, size=1, kind="pdf")
    ReportFile.objects.create(report=transmission.report, language="en", kind="pdf", stored=gone)
    assert delivered(transmission).state == "waiting"
    assert (server.mails, Transmission.objects.get().state) == ([], "to send")


def test_it_is_sent_again_when_asked_and_by_one_of_two(server, transmission):
    first = delivered(transmission)
    delivered(Transmission.objects.get(), after=first)
    with pytest.raises(ValidationError):
        send(Transmission.objects.get(), after=first)
    assert (len(server.mails), transmission.mails.count()) == (2, 2)


def test_a_failure_is_kept_and_the_mail_can_be_sent_later(server, transmission):
    server.refusals["rag@itu.int"] = "550 made-up refusal"
    assert "made-up refusal" in delivered(transmission).error
    server.refusals.clear()
    assert delivered(Transmission.objects.get()).state == "sent"
    assert (len(server.mails), transmission.mails.count()) == (1, 2)


def test_a_mail_that_waits_for_the_server_goes_by_itself_and_once(settings, transmission):
    with no_mail_server(settings):
        assert delivered(transmission).state == "waiting"
        with pytest.raises(ValidationError, match="in the queue"):
            send(Transmission.objects.get())
    assert Transmission.objects.get().state == "to send"
    with mail_server(settings) as server:
        call_command("send_mail_queue", "--once", stdout=io.StringIO())
        assert len(server.mails) == 1
    assert (Transmission.objects.get().state, Transmission.objects.get().sent_on) == ("sent", today())


def test_a_mail_whose_sender_died_is_sent_again_only_by_who_knows_of_it(server, transmission):
    mail = delivered(transmission)
    long_ago = timezone.now() - SENDER_DIED_AFTER - timedelta(seconds=1)
    TransmissionMail.objects.update(is_recorded=False)
    Transmission.objects.update(state="to send", sent_on=None)
    Mail.objects.update(state="sending", sent_at=None, claimed_at=long_ago)
    with pytest.raises(ValidationError, match="already sent"):
        send(Transmission.objects.get())
    assert Mail.objects.get().state == "unknown"
    delivered(Transmission.objects.get(), after=mail)
    assert Transmission.objects.get().state == "sent"


def test_what_staff_say_of_a_transmission_afterwards_stays(server, transmission):
    delivered(transmission)
    Transmission.objects.update(state="to send", sent_on=None)
    assert record_what_went() == 0
    assert Transmission.objects.get().state == "to send"


def test_the_log_of_a_transmission_is_not_erased(server, transmission):
    delivered(transmission)
    erase_mails(today() + timedelta(days=400))
    assert Mail.objects.get().to == "rag@itu.int"


def test_a_draft_is_not_sent(server, transmission):
    dates = {"period_from": date(2025, 12, 31), "period_to": date(2026, 12, 31)}
    draft = AnnualReport.objects.create(code="2026", state="draft", **dates)
    with pytest.raises(ValidationError, match="Only a published"):
        send(w.saved(Transmission(report=draft, group=transmission.group)))
    assert not Mail.objects.exists()


def test_overdue_is_judged_for_each_group(transmission):
    overdue = [Transmission.objects.overdue(day).exists() for day in (date(2026, 3, 1), date(2026, 3, 2))]
    assert overdue == [False, True]


def test_the_button_sends_and_the_page_has_the_log(server, transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    page = f"/admin/reports/transmission/{transmission.pk}/"
    assert client.get(f"{page}send/").status_code == 200
    assert client.post(f"{page}send/", NAMED).status_code == 302
    deliver()
    assert len(server.mails) == 1
    assert "rag@itu.int" in client.get(f"{page}change/").content.decode()


def test_without_the_mailbox_of_the_group_the_page_says_where_to_enter_it(transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    AdvisoryGroup.objects.update(mailbox="")
    page = client.get(f"/admin/reports/transmission/{transmission.pk}/send/").content.decode()
    assert 'href="/admin/members/advisorygroup/RAG/change/"' in page
    assert 'value="Send the mail"' not in page


def test_the_button_sends_again_what_the_page_knew_to_be_the_last_mail(server, transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    first = delivered(transmission)
    page = f"/admin/reports/transmission/{transmission.pk}/"
    assert f"send/?after={first.pk}" in client.get(f"{page}change/").content.decode()
    for _time in range(2):
        client.post(f"{page}send/?after={first.pk}", NAMED)
        deliver()
    client.post(f"{page}send/", NAMED)
    deliver()
    assert len(server.mails) == 2


def test_who_sends_gives_the_days_that_the_mail_names(server, transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    page = f"/admin/reports/transmission/{transmission.pk}/send/"
    assert 'value="1 March 2026"' in client.get(page).content.decode()
    assert "This field is required." in client.post(page, {"_act": "Send the mail"}).content.decode()
    client.post(page, NAMED)
    sent = Transmission.objects.get()
    assert sent.answer_due_on == date(2026, 5, 4) and "4 May 2026" in sent.mails.get().mail.text


def test_the_days_of_each_group_are_asked_where_all_are_sent_to(server, transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    page = f"/admin/reports/annualreport/{transmission.report_id}/send/"
    other = w.saved(Transmission(report=transmission.report, group=w.advisory_group("TSAG", mailbox="tsag@itu.int")))
    days = {f"due_on_{transmission.pk}": "2026-03-01", f"answer_due_on_{transmission.pk}": "2026-02-01"}
    assert "cannot be due before" in client.post(page, {"groups": [transmission.pk], **days}).content.decode()
    days[f"answer_due_on_{transmission.pk}"] = "2026-05-04"
    assert "required" in client.post(page, {"groups": [transmission.pk, other.pk], **days}).content.decode()
    assert client.post(page, {"groups": [transmission.pk], **days}).status_code == 302
    assert Transmission.objects.get(pk=transmission.pk).answer_due_on == date(2026, 5, 4)
    assert not other.mails.exists()


def to_make(report, **fields):
    return Rendition.objects.create(report=report, language="en", kind="pdf", **fields)


def test_it_waits_until_its_files_are_made_and_carries_them(server, transmission):
    by, file = w.staff_account(), to_make(transmission.report)
    assert send(transmission, by=by) is None
    deliver()
    assert (server.mails, Transmission.objects.get().state) == ([], "to send")
    with pytest.raises(ValidationError, match="waits already"):
        send(Transmission.objects.get())
    stored = keep(io.BytesIO(b"Made up"), KINDS["pdf"])
    ReportFile.objects.create(report=transmission.report, language="en", kind="pdf", stored=stored)
    Rendition.objects.filter(pk=file.pk).update(state="made", stored=stored)
    deliver()
    assert [one.get_filename() for one in server.mails[0].iter_attachments()] == ["iscg-report-2025-en.pdf"]
    assert (Transmission.objects.get().state, TransmissionMail.objects.get().by) == ("sent", by)


def test_what_waits_for_its_files_can_be_held_back_and_does_not_go_once_withdrawn(server, transmission):
    file = to_make(transmission.report)
    send(transmission)
    hold_back(transmission, reason="Made up")
    assert not Transmission.objects.get().sends_when_made
    send(Transmission.objects.get())
    AnnualReport.objects.update(state="withdrawn")
    Rendition.objects.filter(pk=file.pk).delete()
    deliver()
    waiting = Transmission.objects.get()
    assert (waiting.sends_when_made, waiting.history.latest().history_change_reason) == (
        False,
        "Only a published report is sent.",
    )
    assert not Mail.objects.exists()


def test_a_file_that_could_not_be_made_is_on_the_desk_while_a_transmission_waits(transmission):
    to_make(transmission.report, state="failed", error="Made up")
    send(transmission)
    (finding,) = ask_transmissions(date(2026, 1, 5))
    assert finding.sentence == "RAG: report 2025 waits to be sent, since a file of it could not be made."


def test_the_mail_speaks_the_language_of_the_secretariat_and_names_paper_and_days(server, transmission):
    dates = {"period_from": date(2025, 12, 31), "period_to": date(2026, 12, 31)}
    numbered = {"code": "2026", "number": "ISCG/26-1/05", "state": "published", "content": "{}"}
    report = AnnualReport.objects.create(**numbered, **dates)
    AdvisoryGroup.objects.update(mail_language="fr")
    Transmission.objects.update(report=report, answer_due_on=date(2026, 5, 4))
    mail = delivered(Transmission.objects.get())
    assert mail.language == "fr"
    assert all(said in mail.text for said in ("ISCG/26-1/05", "1er mars 2026", "4 mai 2026", "/fr/reports/2026/"))


@pytest.mark.parametrize("state", ["waiting", "sending", "unknown", "failed"])
def test_a_mail_under_way_when_its_report_is_withdrawn_is_stopped_or_its_group_is_told(server, transmission, state):
    mail = send(transmission)
    Mail.objects.filter(pk=mail.pk).update(state=state, claimed_at=timezone.now())
    w.report_acts.withdraw(transmission.report, None, Reason("Made up", public="Two pages were missing"))
    mail.refresh_from_db()
    told = transmission.mails.exclude(mail=mail).count()
    assert (mail.state, told) == (("cancelled", 0) if state in ("waiting", "failed") else (state, 1))
    deliver()
    assert [sent["Subject"] for sent in server.mails] == ["ISCG annual report 2025: withdrawn"] * told
    assert Transmission.objects.get().state == "to send"  # a notice carries no report


def test_a_mail_of_a_withdrawn_report_does_not_leave_whoever_queues_it_again(server, transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    mail = send(transmission)
    AnnualReport.objects.update(state="withdrawn")
    Mail.objects.update(state="failed")
    client.force_login(w.staff_account())
    data = {"action": "send_again", "_selected_action": [mail.pk]}
    page = client.post("/admin/iscg_portal/mail/", data, follow=True).content.decode()
    assert "Only a published report is sent." in page and Mail.objects.get().state == "failed"
    Mail.objects.all().send_again()  # by another door
    deliver()
    assert (server.mails, Mail.objects.get().state) == ([], "cancelled")


def test_a_group_whose_mail_is_in_the_queue_is_told_of_a_corrigendum(server, transmission):
    report = w.published_report("2024")
    row = Transmission.objects.get(report=report)
    Rendition.objects.all().delete()  # its files need not be made here
    send(row)
    w.published_correction(report)
    assert "Corrigendum 1" in row.mails.first().mail.subject


def test_withdrawal_and_what_corrects_a_report_reach_every_group_that_got_it(server, report_of_2024):
    for group, mailbox in (("RAG", "rag@itu.int"), ("TSAG", "tsag@itu.int")):
        w.advisory_group(group, mailbox=mailbox)
    AdvisoryGroup.objects.filter(code="TSAG").update(mail_language="es")
    got = {}
    for group in ("RAG", "TSAG"):
        row = Transmission.objects.get_or_create(report=report_of_2024, group_id=group)[0]
        Transmission.objects.filter(pk=row.pk).update(state="sent", sent_on=today())
        got[group] = row
    w.published_correction(report_of_2024)
    mails = [sent.mail for sent in TransmissionMail.objects.select_related("mail").order_by("pk")]
    assert [(mail.to, mail.language) for mail in mails] == [("rag@itu.int", "en"), ("tsag@itu.int", "es")]
    assert "GANT" in mails[1].text and "TSAG" not in mails[1].text  # in its own language, whoever published
    assert "Corrigendum 1" in mails[0].subject and "/en/reports/2024-corr1/" in mails[0].text
    w.report_acts.withdraw(report_of_2024, None, Reason("Made up", public="Two pages were missing"))
    last = got["RAG"].mails.first().mail
    assert "withdrawn" in last.subject and "Two pages were missing" in last.text
    deliver()
    assert len(server.mails) == 4


def test_who_was_told_of_a_correction_is_told_that_it_is_withdrawn(transmission):
    report = w.published_report("2024")
    Transmission.objects.filter(report=report).update(state="sent", sent_on=today())
    revision, corrigendum = w.published_correction(report, "Rev"), w.published_correction(report)
    Transmission.objects.filter(report=corrigendum).update(state="sent", sent_on=today())
    AdvisoryGroup.objects.update(mail_language="en")
    with override("fr"):
        w.report_acts.withdraw(corrigendum, None, Reason("Made up", public="Deux tableaux faux"))
    w.report_acts.withdraw(revision, None, Reason("Made up", public="It was wrong itself"))
    got, told = (sent.mail for sent in TransmissionMail.objects.order_by("pk")[2:])
    assert got.subject == "ISCG annual report 2024-corr1: withdrawn"
    assert "Why: Deux tableaux faux (in French)" in got.text  # whoever withdrew it
    assert told.subject == "ISCG annual report 2024: Revision 1 withdrawn" and "It was wrong itself" in told.text


def test_a_report_that_is_sent_after_it_was_corrected_says_so(server, report_of_2024):
    w.advisory_group("RAG", mailbox="rag@itu.int")
    row = Transmission.objects.get_or_create(report=report_of_2024, group_id="RAG")[0]
    w.published_correction(report_of_2024)
    Rendition.objects.all().delete()  # its files need not be made here
    assert "It was changed by Corrigendum 1: http" in send(row).text
