"""Every mail greets its reader, names the office and what to do in one line, in the language of the reader."""

import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from iscg_portal.apps import our_apps
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, write_mail
from members.models import ContactData
from members.staff_groups import make_staff_groups
from tests import world as w
from workspace.access.offices import reader_of
from workspace.proposals.acts import accept, refuse
from workspace.proposals.entries import ask_again
from workspace.reminders.planning import plan, queue_due

pytestmark = pytest.mark.django_db
MAKES_MAILS = re.compile(
    r"(?<!class )\bMail\(|\bMail\.objects\.(?:bulk_)?create|EmailMessage|EmailMultiAlternatives|send_mail\("
)
SENT_BY = {"iscg_portal/mail/outbox.py", "iscg_portal/mail/sending.py", "iscg_portal/signing_in/accounts.py"}


@pytest.fixture
def ina():
    """The Coordinator of EMF, whom the secretariat reaches by an address, without an account."""
    ina = w.person("Ina Sample", "Ms")
    w.contact_data(ina, email="ina@example.org")
    w.coordinator(w.subject("EMF"), ina, date(2022, 4, 1))
    return ina


def newest():
    return Mail.objects.latest("pk")


def path_in(mail, word):
    return re.search(rf"/\w\w/{word}/\S+", mail.text)[0]


def answered(client, path, kind="confirm", **typed):
    form = client.get(path).context["form"]
    return client.post(path, {name: form[name].value() or "" for name in form.fields} | typed | {"answer": kind})


def test_there_is_one_way_of_composing_a_mail():
    root = Path(settings.BASE_DIR)
    modules = (file for app in our_apps() for file in Path(app.path).rglob("*.py") if "migrations" not in file.parts)
    others = {str(path.relative_to(root)) for path in modules if MAKES_MAILS.search(path.read_text("utf-8"))}
    assert others == SENT_BY


def test_it_greets_names_the_office_and_says_what_to_do_first():
    reader = Reader("a@example.org", name="Ms Ina Sample")
    mail = write_mail(reader, lambda: Letter("Subject", "Coordinator of EMF", "write it.", ["Rest"]))
    first = ["Dear Ms Ina Sample,", "Your office: Coordinator of EMF", "What to do: write it.", "Rest"]
    assert mail.text.split("\n\n")[:4] == first
    assert all(words in mail.html for words in first)


def test_what_asks_for_nothing_says_so():
    mail = write_mail(Reader("a@example.org"), lambda: Letter("Subject", "", "", ["Rest"]))
    assert mail.text.startswith("Good day,\n\nThere is nothing that you must do.\n\nRest")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("اجتماع ISCG 25-1 (Geneva): غدا", "اجتماع \u2068ISCG 25-1 (Geneva)\u2069: غدا"),
        ("اجتماع ISCG 27-1: 14 يناير", "اجتماع \u2068ISCG 27-1\u2069: 14 يناير"),
        ("الفريق (ISCG)، رقم 30", "الفريق (\u2068ISCG\u2069)، رقم 30"),
        ("الصفحة: https://example.org/ar/", "الصفحة: https://example.org/ar/"),
        ("All of it in English.", "All of it in English."),
    ],
)
def test_an_arabic_mail_keeps_words_of_the_other_direction_apart(words, shown):
    mail = write_mail(Reader("a@example.org", "ar"), lambda: Letter("Subject", "", "", [words]))
    assert f"\n\n{shown}\n\n" in mail.text


def test_whose_language_nobody_recorded_chooses_it_in_the_first_mail(client, ina):
    ask_again(ina)
    path = path_in(newest(), "mail-language")
    assert "Ina" not in client.get(path).content.decode()
    client.post(path, {"language": "ar"})
    assert ContactData.objects.get().language == "ar"
    assert [(reader.language, reader.chooses_at) for reader in reader_of(ina.pk)] == [("ar", "")]
    ask_again(ina)
    assert newest().language == "ar" and "mail-language" not in newest().text


def test_a_forged_link_chooses_no_language(client, ina):
    assert client.post(f"/en/mail-language/{ina.pk}.forged/", {"language": "ar"}).status_code == 404
    assert ContactData.objects.get().language == ""


def test_a_link_of_two_months_ago_chooses_no_language(client, ina, monkeypatch):
    ask_again(ina)
    path, later = path_in(newest(), "mail-language"), time.time() + 61 * 86_400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.post(path, {"language": "ar"}).status_code == 404
    assert ContactData.objects.get().language == ""


def test_who_answers_in_a_language_is_written_to_in_it(client, ina):
    ask_again(ina)
    answered(client, path_in(newest(), "confirm").replace("/en/", "/fr/"))
    assert ContactData.objects.get().language == "fr"
    assert (newest().to, newest().language) == ("ina@example.org", "fr")


def test_who_confirms_an_entry_is_thanked(client, ina):
    ask_again(ina)
    answered(client, path_in(newest(), "confirm"))
    assert newest().subject == "Thank you: your entry is confirmed"
    assert "Your office: Coordinator of EMF" in newest().text


def test_who_no_longer_holds_an_office_is_thanked_and_told_when_it_is_on_record(client, ina):
    ask_again(ina)
    answered(client, path_in(newest(), "confirm"), "correct", ends_on_0=(date(2026, 1, 5)).isoformat())
    assert "Thank you for your work, and for saying so." in newest().text
    accept(ina.proposals.get(), by=w.staff_account())
    assert "It is on record now. Thank you." in newest().text
    assert "/workspace/" not in newest().text


def test_a_refused_correction_of_who_has_no_account_leads_to_no_page_that_needs_one(client, ina):
    ask_again(ina)
    answered(client, path_in(newest(), "confirm"), "correct", name="Ina Sampel")
    assert newest().subject == "Thank you: the secretariat has your answer"
    refuse(ina.proposals.get(), "The list says otherwise.", by=w.staff_account())
    assert "Why: The list says otherwise." in newest().text
    assert "/workspace/" not in newest().text


def run(on):
    plan(on)
    queue_due(on)


def test_who_has_no_account_sends_the_report_by_answering_the_mail(ina):
    meeting = w.meeting("25-1", date(2025, 6, 10))
    run(meeting.starts_on - timedelta(30))
    mail = Mail.objects.get(to="ina@example.org", subject__contains="is due")
    assert "What to do: answer this mail with your report" in mail.text
    assert "/workspace/" not in mail.text
    w.account("ina@example.org", person=ina)
    run(meeting.starts_on - timedelta(7))
    assert "/workspace/reports/emf/25-1/" in Mail.objects.filter(subject__contains="is due").latest("pk").text


def staff_of(group, email):
    make_staff_groups()
    account = w.account(email, is_staff=True)
    account.groups.add(Group.objects.get(name=group))


def test_staff_are_only_asked_for_what_their_rights_allow():
    staff_of("Reader of the desk", "auditor@example.org")
    staff_of("Secretariat: assistant", "assistant@example.org")
    staff_of("Secretariat: keeps the record", "keeper@example.org")
    w.deadline(w.meeting("25-1", date(2025, 6, 10)))
    w.meeting("RAG-2025", date(2025, 6, 10), body="RAG")
    w.saved(w.seat("RAG1", date(2024, 1, 1)))
    for day in (date(2025, 5, 11), date(2025, 5, 27), date(2025, 6, 3)):
        run(day)
    readers = set(Mail.objects.values_list("to", flat=True))
    assert readers == {"assistant@example.org", "keeper@example.org"}


def test_the_office_is_said_in_the_language_and_in_the_form_of_the_reader(client, ina):
    w.account("ina@example.org", person=ina, language="fr")
    ask_again(ina)
    answered(client, path_in(newest(), "confirm").replace("/fr/", "/en/"), "correct", sits_for_0="Testland Org")
    lines = newest().text.replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert "Votre fonction : Coordonnatrice du sujet EMF" in lines
    assert "Coordonnatrice du sujet EMF : pays ou organisation : Testland Org" in lines
    refuse(ina.proposals.get(), "Non", by=w.staff_account())
    ask_again(ina)
    answered(client, path_in(newest(), "confirm").replace("/fr/", "/en/"))
    assert "Votre fonction : Coordonnatrice du sujet EMF" in newest().text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_mail_of_a_report_names_a_woman_as_its_coordinator(ina):
    ContactData.objects.update(language="es")
    meeting = w.meeting("25-1", date(2025, 6, 10))
    run(meeting.starts_on - timedelta(30))
    assert "Su función: Coordinadora de EMF" in Mail.objects.get(to="ina@example.org", subject__contains="EMF").text
