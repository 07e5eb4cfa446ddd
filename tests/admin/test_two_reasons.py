"""Why for the history and why for the public are two fields, wherever what was published is changed."""

import html
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils.translation import override

from iscg_portal.history import Reason, remove_with_reason, save_with_reason
from members.models import Representative
from reports.acts import annual_reports as acts
from reports.corrections import corrections_table
from reports.facts import gather
from subjects.acts import adopt_edition, withdraw_edition
from subjects.models import Edition
from tests import world as w
from tests.admin.conftest import page_of, save
from tests.importing.conftest import as_file, exported

pytestmark = pytest.mark.django_db

WORDS = {"reason": "For staff", "public_reason": "For all"}


@pytest.fixture
def term():
    return w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))


def reasons(row):
    """The two reasons in the newest row of the history."""
    newest = type(row).history.first()
    return newest.history_change_reason, newest.history_public_reason


def test_the_page_that_removes_asks_for_both(desk, term):
    desk.post(page_of(term, "delete"), WORDS)
    assert reasons(term) == ("For staff", "For all")


def test_a_removal_without_a_reason_for_the_public_tells_none(desk, client, term):
    desk.post(page_of(term, "delete"), {"reason": "For staff"})
    page = client.get("/en/composition/changes/").content.decode()
    assert reasons(term) == ("For staff", None)
    assert "Ada Testperson" not in page and "For staff" not in page  # nobody with an office has this name any more
    assert "a person whose name is not public" in page and "Reason:" not in page


def test_the_page_of_a_record_has_both(desk, term):
    save(desk, page_of(term), starts_on="2024-04-01", change_reason="For staff", change_public_reason="For all")
    assert reasons(term) == ("For staff", "For all")


def test_replacing_asks_for_both(desk, term):
    successor = w.person("Ben Madeup")
    desk.post(page_of(term, "replace"), WORDS | {"person": successor.pk, "on": "2025-02-12", "how_ended": "replaced"})
    newest = Representative.history.all()[:2]
    assert [row.history_public_reason for row in newest] == ["For all", "For all"]


def test_an_import_asks_for_both(desk, term):
    row = exported(Representative)[0] | {"starts_on": "2024-04-01"}
    upload = {"file": SimpleUploadedFile("terms.xlsx", as_file([row]))}
    preview = desk.post("/admin/members/representative/import/", upload)
    desk.post(preview["Location"], WORDS)
    assert reasons(term) == ("For staff", "For all")


def test_withdrawing_an_edition_says_one_thing_to_the_public_and_another_to_staff(desk, client):
    w.listing(w.subject("EMF"), date(2020, 1, 1))
    edition = adopt_edition(date(2025, 2, 12), "ISCG/99-1/05")
    desk.post(page_of(edition, "withdraw"), {"because": "A row was missing", "reason": "For staff"})
    page = client.get(edition.get_absolute_url()).content.decode()
    assert Edition.history.first().history_change_reason == "For staff"
    assert "A row was missing" in page and "For staff" not in page


def test_withdrawing_a_document_says_one_thing_to_the_public_and_another_to_staff(desk, client):
    document = w.document(w.meeting())
    words = {"on": "2025-03-01", "because": "Sent by mistake", "reason": "For staff"}
    desk.post(page_of(document, "withdraw"), words)
    page = client.get(document.get_absolute_url()).content.decode()
    assert document.history.first().history_change_reason == "For staff"
    assert "Sent by mistake" in page and "For staff" not in page


def test_the_history_shows_both_and_says_which_is_public(desk, term):
    desk.post(page_of(term, "delete"), WORDS)
    page = desk.get(page_of(term, "history")).content.decode()
    assert "For staff" in page and "For the public: For all" in page


def test_a_text_made_of_a_reason_has_nothing_for_the_public():
    reason = Reason("For staff", "For all")
    assert [getattr(text, "public", None) for text in (f"{reason}", reason.strip(), reason + ".")] == [None] * 3


PERSONAL = ["Ask una.delegate@example.org, made up.", "Call +41 22 555 01 02."]


def refuses(response):
    return "leave out personal e-mail addresses and phone numbers" in response.content.decode()


@pytest.mark.parametrize("why", PERSONAL)
def test_a_personal_address_is_refused_at_every_form_that_asks_why_for_the_public(desk, term, why):
    words = {"reason": "For staff", "public_reason": why}
    assert refuses(desk.post(page_of(term, "delete"), words))
    replaced = words | {"person": w.person("Ben Madeup").pk, "on": "2025-02-12", "how_ended": "replaced"}
    assert refuses(desk.post(page_of(term, "replace"), replaced))
    posted = save(desk, page_of(term), starts_on="2024-04-01", change_public_reason=why)
    assert refuses(posted) and why in posted.content.decode()
    assert Representative.objects.get().starts_on == date(2024, 3, 1)
    assert not Representative.history.exclude(history_public_reason=None).exists()


@pytest.mark.parametrize("why", PERSONAL)
def test_neither_an_act_nor_a_command_takes_one(term, why, tmp_path):
    with pytest.raises(ValidationError, match="leave out personal"):
        Reason("For staff", why)
    edition = w.saved(Edition(adopted_on=date(2020, 1, 1), document="ISCG/98-1/05"))
    with pytest.raises(ValidationError, match="leave out personal"):
        withdraw_edition(edition, why)
    (tmp_path / "terms.csv").write_text("id\n1\n")
    with pytest.raises(CommandError, match="leave out personal"):
        call_command("import_data", "representative", tmp_path / "terms.csv", public_reason=why)


def test_a_mailbox_of_a_role_may_stand_in_it():
    assert Reason("", "Write to iscg@itu.int.").public == "Write to iscg@itu.int."


def test_a_reason_is_marked_with_its_language_on_pages_in_another(desk, client, term):
    desk.post(page_of(term, "delete"), WORDS)
    of_removal = client.get("/fr/composition/changes/").content.decode()
    assert '<span lang="en" dir="ltr">For all</span>' in of_removal
    assert '<p lang="en">For all</p>' in html.unescape(client.get("/fr/changes.atom").content.decode())
    assert '<span lang="en" dir="ltr">For all</span>' not in client.get("/en/composition/changes/").content.decode()


def test_a_reason_written_before_its_language_was_kept_is_not_marked(client, term):
    remove_with_reason(term, Reason("For staff", "For all"))
    Representative.history.update(history_public_language=None)
    page = client.get("/fr/composition/changes/").content.decode()
    assert "For all" in page and 'lang="en">For all' not in page


def test_a_report_names_the_language_of_a_reason_in_another(term):
    report = w.published_report("2024")
    term.starts_on = date(2024, 4, 1)
    with override("fr"):
        save_with_reason(term, Reason("", "Le procès-verbal, inventé."))
    (correction,) = gather(acts.correct(report, "Corr", None, Reason("A call", "A source."))).corrections
    with override("en"):
        assert corrections_table("x", "", [correction])["rows"][0][-1] == "Le procès-verbal, inventé. (in French)"
    with override("fr"):
        assert corrections_table("x", "", [correction])["rows"][0][-1] == "Le procès-verbal, inventé."


def test_so_is_why_a_report_was_withdrawn(client):
    report = w.published_report("2024")
    acts.withdraw(report, None, Reason("", "Sent too early, made up."))
    for address in ("/fr/reports/2024/", "/fr/reports/"):
        said = '<span lang="en" dir="ltr">Sent too early, made up.</span>'
        assert said in client.get(address).content.decode(), address
