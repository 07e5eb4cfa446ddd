"""The whole log of changes: exact, by person, kind, period, import and act, on the page and as a file."""

import csv
import io
import re
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.utils.translation import override
from openpyxl import load_workbook

from iscg_portal.acts import one_act
from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.text_origins import Origin, mark
from members.models import ContactData, Person, Representative
from reports.block_names import NO_MEETINGS, name_of_block
from reports.composing import WITH_PARTS, sections
from reports.corrections import sections_of_list
from reports.models import AnnualReport, ReportBlock
from secretariat.log.admin_acts import models_without_history
from secretariat.log.entries import Log
from secretariat.log.names import in_words
from studies.models import Confirmation
from subjects.models import Subject
from tests import world as w
from tests.admin.conftest import as_sent

LOG = "/admin/changes/"


@pytest.fixture
def staff(client, settings, world):
    """A signed-in secretariat account with every right."""
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account("log@example.org", "Log Staff")
    client.force_login(account)
    return account


def found(client, **asked):
    """The entries of the first page, and how many there are."""
    context = client.get(LOG, asked).context
    return context["entries"], context["page"].paginator.count


def rename(person, name, reason="", by=None):
    row = Person.objects.get(pk=person.pk)
    row.name = name
    save_with_reason(row, reason, by)


def test_an_entry_says_who_what_from_what_to_what_and_why(world, staff, client):
    rename(world.ada, "Ada Renamed", "As printed in the document", staff)
    [entry, *_others], _count = found(client)
    assert (entry.who, entry.kind, entry.name, str(entry.did)) == ("Log Staff", "Person", "Ada Renamed", "changed")
    assert ("Name", "Ada Testperson", "Ada Renamed") in [(one.field, one.old, one.new) for one in entry.changes]
    page = client.get(LOG).content.decode()
    assert "<del>Ada Testperson</del>" in page and "As printed in the document" in page and entry.url in page


def test_a_changed_relation_is_told_by_names(world, staff, client):
    row = Representative.objects.get(person=world.dan)
    row.person = world.ben
    save_with_reason(row, "", staff)
    [entry, *_others], _count = found(client, kind="members.representative")
    assert [(one.old, one.new) for one in entry.changes if one.field == "Person"] == [("Dan Fictional", "Ben Madeup")]


def test_what_was_added_and_removed_is_told_field_by_field(world, staff, client):
    held = w.representative("TDAG1", world.ben, date(2001, 3, 1), date(2002, 1, 1), starts_precision="month")
    remove_with_reason(Representative.objects.get(pk=held.pk), "Entered twice", by=staff)
    [removed, added, *_others], _count = found(client, kind="members.representative")
    for entry, (old, new) in ((removed, ("{}", "—")), (added, ("—", "{}"))):
        told = [(one.field, one.old, one.new) for one in entry.changes]
        for label, value in (("Person", "Ben Madeup"), ("From", "March 2001")):
            assert (label, old.format(value), new.format(value)) in told
        assert all("—" in pair and set(pair) != {"—"} for _field, *pair in told)
        assert not any("how exactly" in field for field, *_pair in told)  # the day is printed so
    answer = client.get(f"{LOG}csv/", {"kind": "members.representative"})
    written = answer.getvalue().decode()
    assert "Person: Ben Madeup → —" in written and "Person: — → Ben Madeup" in written


def test_every_change_is_counted_and_none_is_cut(world, staff, client):
    everything = sum(model.history.count() for model in client.get(LOG).context["form"].models.values())
    for number in range(30):
        rename(world.ada, f"Ada Number{number}", "", staff)
    assert found(client)[1] == everything + 30
    assert found(client, who=staff.pk)[1] == 30
    last = client.get(LOG, {"who": staff.pk, "p": 2}).context["entries"]
    assert len(last) == 5 and last[-1].changes[0].old == "Ada Testperson"
    assert f"who={staff.pk}&amp;p=1" in client.get(LOG, {"who": staff.pk, "p": 2}).content.decode()


def test_it_is_narrowed_down_by_kind_period_import_and_act(world, staff, client):
    with one_act():
        rename(world.ada, "Ada Imported", "Imported from persons.xlsx", staff)
        rename(world.ben, "Ben Imported", "Imported from persons.xlsx", staff)
    remove_with_reason(Representative.objects.get(person=world.dan), "Entered twice", by=staff)
    assert found(client, kind="members.representative", who=staff.pk)[1] == 1
    entries, count = found(client, imported="PERSONS.xlsx")
    assert count == 2
    assert found(client, act=entries[0].row.history_act)[1] == 2
    assert found(client, until="2001-01-01")[1] == 0 and found(client, since="2001-01-01", who=staff.pk)[1] == 3
    assert found(client, kind="members.person", record=world.ada.pk, who=staff.pk)[1] == 1


@pytest.mark.parametrize(
    "asked", [{"act": "x"}, {"who": "x"}, {"since": "soon"}, {"record": "1"}, {"kind": "members.person", "record": "x"}]
)
def test_what_cannot_be_read_finds_nothing_and_says_so(staff, client, asked):
    answer = client.get(LOG, asked)
    assert answer.status_code == 200 and answer.context["page"].paginator.count == 0
    assert "errorlist" in answer.content.decode()


def test_its_file_has_all_that_is_found(world, staff, client):
    for number in range(30):
        rename(world.ada, f"=Ada{number}", "", staff)
    answer = client.get(f"{LOG}csv/", {"who": staff.pk})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 30 and rows[0]["changes"].startswith("Name: =Ada28 → =Ada29")
    assert rows[0]["record"].startswith("'=") and rows[0]["who"] == "Log Staff"
    sheet = load_workbook(io.BytesIO(client.get(f"{LOG}xlsx/", {"who": staff.pk}).getvalue())).active
    assert sheet.max_row == 31 and client.get(f"{LOG}pdf/").status_code == 404


def test_its_file_is_sent_while_it_is_read(world, staff, client, monkeypatch):
    for number in range(7):
        rename(world.ada, f"Ada{number}", "", staff)
    held, read = [], Log._read
    monkeypatch.setattr("secretariat.log.entries.AT_ONCE", 3)
    monkeypatch.setattr(Log, "_read", lambda log, places: held.append(len(places)) or read(log, places))
    answer = client.get(f"{LOG}csv/", {"who": staff.pk})
    assert answer.streaming and held == []
    said = re.findall(r"→ (Ada\d)", answer.getvalue().decode())
    assert said == [f"Ada{number}" for number in range(6, -1, -1)] and held == [3, 3, 1]


def test_its_file_is_in_the_language_of_who_asks(world, staff, client):
    staff.language = "fr"
    staff.save()
    rename(world.ada, "Ada Renamed", "", staff)
    assert "modifié" in client.get(f"{LOG}csv/", {"who": staff.pk}).getvalue().decode()


def test_records_to_which_several_fields_lead_are_told_by_their_names(world, staff, client):
    paper = w.document(w.meeting("25-7"))
    [entry, *_others], _count = found(client, kind="meetings.document", record=paper.pk)
    assert {"25-7", "25-7/1"} <= {one.new for one in entry.changes}
    rows = client.get(f"{LOG}csv/", {"kind": "meetings.document"}).getvalue().decode()
    assert "Meeting: — → 25-7" in rows and "removed" not in rows


def test_whoever_wrote_can_be_chosen_staff_or_not(world, staff, client):
    holder = w.account("holder@example.org", name="Holder Ofoffice")
    silent = w.account("silent@example.org")
    rename(world.ada, "Ada Renamed", "", holder)
    choices = [key for key, _name in client.get(LOG).context["form"].fields["who"].choices]
    assert str(holder.pk) in choices and str(staff.pk) in choices and str(silent.pk) not in choices
    [entry], count = found(client, who=holder.pk)
    assert (entry.who, count) == ("Holder Ofoffice", 1)


def test_who_gave_which_rights_is_in_the_log_although_accounts_have_no_history(world, staff, client):
    helper = w.account("helper@example.org", is_staff=True)
    group = Group.objects.create(name="Made-up group")
    page = f"/admin/members/account/{helper.pk}/change/"
    client.post(page, as_sent(client.get(page)) | {"groups": [group.pk], "change_reason": "Helps in May"})
    [entry], count = found(client, kind="members.account")
    assert (count, entry.who, entry.did, entry.changes) == (1, "Log Staff", "changed", [])
    for words in ("Made-up group", "Helps in May"):
        assert words in entry.row.history_change_reason and words in client.get(LOG).content.decode()
    assert found(client, kind="members.account", record=helper.pk, who=staff.pk, imported="helps IN")[1] == 1
    assert "Made-up group" in client.get(f"{LOG}csv/", {"kind": "members.account"}).getvalue().decode()
    assert "members.account" not in models_without_history(w.account("looks@example.org", is_staff=True))


def test_contact_data_keep_who_and_when_alone(world, staff, client):
    save_with_reason(ContactData(person=world.ada, email="ada@example.org"), "", staff)
    page = client.get(LOG, {"kind": "members.contactdata"}).content.decode()
    assert "This history keeps who and when, not the values." in page and "ada@example.org" not in page


def test_the_page_takes_few_queries_however_long_the_log_is(world, staff, client, django_assert_max_num_queries):
    w.subject("XYZ", "RT")
    w.listing(w.subject("XYW", "RT"), date(2020, 1, 1))
    rename(world.ada, "Ada Renamed", "", staff)
    client.get(LOG)
    with django_assert_max_num_queries(15):
        client.get(LOG, {"since": "2001-01-01", "kind": "members.person"})


def test_no_key_of_a_block_and_no_name_of_a_column_is_printed(world, staff, client):
    report = AnnualReport.objects.create(code="2024", period_from=date(2023, 12, 31), period_to=date(2024, 12, 31))
    for key in ("by_meeting/25-2", "by_meeting/_RAG", "by_meeting/_papers", "by_subject/emf", "by_subject"):
        save_with_reason(ReportBlock(report=report, key=key), "Begun", staff)
    subject = Subject.objects.get(code="EMF")
    mark(subject, "title_zh_hans", Origin.OURS)
    save_with_reason(subject, "Marked", staff)
    page = client.get(LOG).content.decode()
    told = re.sub(r"(?s)<(script|style|select)\b.*?</\1>|<[^>]+>", " ", page)
    for words in ("Title [zh-hans]: our own translation", "What was done on each subject: EMF", "ISCG 25-2"):
        assert words in told
    assert re.findall(r"\b[a-z]+_[a-z_]+", told) == []


def test_every_block_of_a_report_has_a_title():
    with override("ar"):  # in which no word is a key
        blocks = [key for *_section, keys in [*sections_of_list(), *sections(AnnualReport())] for key in keys]
        parts = [f"{whole}/{end}" for whole in WITH_PARTS for end in (*NO_MEETINGS, "25-1", "emf")]
        assert [key for key in (*blocks, *parts) if key in name_of_block(key)] == []


def test_a_code_that_looks_like_a_day_stays_as_it_is():
    assert in_words(Confirmation, "2025-02-31, T, 2025-02-12") == "2025-02-31, T, 12 February 2025"
