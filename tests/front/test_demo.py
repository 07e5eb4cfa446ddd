"""`make demo`: a plainly made-up year in a portal of its own, which never opens the real record."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from front.demo.cast import ACCOUNTS, PERSONS
from front.demo.filling import fill
from iscg_portal.mail.outbox import Letter, Reader, write_mail
from iscg_portal.tenure.as_on import read_day
from members.models import Account, AdvisoryGroup, Person
from members.pages.composition import sheet_html
from reports.models import AnnualReport, Transmission
from tests import world as w
from workspace.access.rights import Role, roles_of
from workspace.models import Proposal, ReportDraft

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
def test_the_year_is_filled_through_the_acts_and_every_role_signs_in(client, settings):
    settings.DEMO, settings.REQUIRE_SECOND_FACTOR = True, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("fill_demo")
    assert set(Person.objects.values_list("name", flat=True)) == {name for _word, name, _code in PERSONS.values()}
    states = set(Transmission.objects.filter(report__is_archive=True).values_list("group", "state"))
    assert states == {("RAG", "noted"), ("TSAG", "comments"), ("TDAG", "on agenda")}
    assert set(AnnualReport.objects.values_list("state", flat=True)) == {"published", "draft"}
    assert all(group.mailbox.endswith(".example") for group in AdvisoryGroup.objects.all())
    assert {ReportDraft.objects.waiting().count(), Proposal.objects.waiting().count()} == {1}
    roles = set().union(*(roles_of(account) for account in Account.objects.all()))
    assert {Role.CHAIR, Role.COORDINATOR, Role.FOCAL_POINT, Role.GROUP_SECRETARIAT, Role.AUDITOR} <= roles
    page = client.get("/en/accounts/login/").content.decode()
    assert all(account.email in page for account in ACCOUNTS) and "Everything here is made up" in page
    for address in ("/en/", "/fr/composition/", "/en/embed/composition/", "/en/nothing-here/"):
        assert "demo-band" in client.get(address).content.decode()
    client.force_login(Account.objects.get(email="secretariat@example.org"))
    assert "demo-band" in client.get("/admin/").content.decode()
    with pytest.raises(CommandError, match="begins with an empty portal"):
        call_command("fill_demo")


@pytest.mark.django_db
@pytest.mark.parametrize("is_demo", [True, False])
def test_sheets_mails_and_the_page_of_an_error_say_that_all_is_made_up(settings, is_demo):
    settings.DEMO, said = is_demo, "Everything here is made up"
    mail = write_mail(Reader("a@example.org"), lambda: Letter("Subject", "", "", ["Text"]))
    request = RequestFactory().get("/en/composition.pdf")
    with override("fr"):
        error = render_to_string("500.html")
    texts = [mail.text, mail.html, error, sheet_html(request, read_day(request))]
    assert [said in text for text in texts] == [is_demo] * len(texts)


@pytest.mark.django_db
def test_a_real_portal_is_never_filled_and_shows_nothing_of_it(client):
    with pytest.raises(ValidationError, match="demonstration alone"):
        fill()
    w.standing_iscg()
    assert "demo-band" not in client.get("/en/").content.decode()
    assert "demo-accounts" not in client.get("/en/accounts/login/").content.decode()


def settings_of(**environment):
    """What the settings say of record, files and mail in another process, or why they refuse."""
    said = "from django.conf import settings as s; print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT, s.EMAIL_BACKEND)"
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "iscg_portal.settings", "SECRET_KEY": "x"}
    command = [sys.executable, "-c", said]
    done = subprocess.run(command, cwd=ROOT, env=given | environment, capture_output=True, text=True)
    return done.stdout or done.stderr


def test_a_demonstration_has_a_record_of_its_own_whatever_the_environment_says():
    real = {"DATABASE_URL": "postgres://u:p@db.example.org/iscg", "MEDIA_ROOT": "/srv/iscg/media"}
    said = settings_of(DEMO="on", EMAIL_URL="smtp://mail.example.org:25", **real)
    folder = ROOT / "var" / "demo"
    backend = "django.core.mail.backends.dummy.EmailBackend"
    assert said.split() == [str(folder / "portal.sqlite3"), str(folder / "media"), backend]
    assert "on this machine alone" in settings_of(DEMO="on", SITE_URL="https://iscg.example.org")
