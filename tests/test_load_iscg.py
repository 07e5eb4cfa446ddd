"""`load_iscg`: a shipped row is loaded once, and is staff's from then on (rule 8)."""

import datetime

import pytest
from django.core.management import call_command

from iscg_portal import shipped
from iscg_portal.history import save_with_reason
from iscg_portal.models import ShippedRow
from iscg_portal.text_origins import mark_of
from members.models import ChairTerm, Conference, Country, FormerAddress, Person, Seat
from members.shipped import same_office, same_person

BUSAN = "conference/x-14,PP-14,PP,Plenipotentiary Conference,Busan,2014-10-20,2014-11-07,made up,inferred"
DUBAI = "conference/x-18,PP-18,PP,Plenipotentiary Conference,Dubai,2018-10-29,2018-11-16,made up,inferred"
COLUMNS = "key,code,body,name,place,starts_on,ends_on,source,grade"


@pytest.fixture
def load_rows(db, tmp_path):
    """Load a file of made-up conferences."""

    def load(*lines):
        path = tmp_path / "conferences.csv"
        path.write_text("\n".join([COLUMNS, *lines]), encoding="utf-8")
        return shipped.load([shipped.ShippedFile(path, Conference, shipped.same_by("code"))])

    return load


def test_the_command_prints_what_it_did(load_rows, monkeypatch, capsys):
    load_rows(BUSAN)
    monkeypatch.setattr(shipped, "load", lambda: shipped.Outcome(2, 1, {"conference/y": "It cannot stand."}))
    call_command("load_iscg")
    printed = capsys.readouterr()
    assert printed.out == "Shipped data: 2 added, 1 already there.\n"
    assert printed.err == "Left out conference/y: It cannot stand.\n"


def test_an_edit_by_staff_is_kept(load_rows):
    load_rows(BUSAN)
    Conference.objects.update(place="Elsewhere")
    load_rows(BUSAN)
    assert Conference.objects.get().place == "Elsewhere"


def test_a_row_that_staff_removed_is_not_revived(load_rows):
    load_rows(BUSAN)
    Conference.objects.get().delete()
    load_rows(BUSAN)
    assert not Conference.objects.exists()


def test_a_fact_that_staff_entered_first_is_not_doubled(load_rows):
    day = datetime.date(2014, 10, 20)
    Conference.objects.create(code="PP-14", body="PP", name="Ours", starts_on=day, ends_on=day)
    outcome = load_rows(BUSAN)
    assert (outcome.added, outcome.already_there) == (0, 1)
    assert Conference.objects.get().name == "Ours"
    assert ShippedRow.objects.get().key == "conference/x-14"


def test_a_new_file_adds_only_the_new_rows(load_rows):
    load_rows(BUSAN)
    outcome = load_rows(BUSAN, DUBAI)
    assert (outcome.added, outcome.already_there) == (1, 1)


def test_a_load_broken_off_in_the_middle_leaves_nothing(load_rows, monkeypatch):
    def killed(instance, reason):
        if instance.code == "PP-18":
            raise KeyboardInterrupt
        instance.save()

    monkeypatch.setattr(shipped, "save_with_reason", killed)
    with pytest.raises(KeyboardInterrupt):
        load_rows(BUSAN, DUBAI)
    assert not Conference.objects.exists() and not ShippedRow.objects.exists()


def test_a_row_that_cannot_stand_is_left_out_and_may_be_tried_again(load_rows):
    outcome = load_rows(BUSAN.replace("2014-11-07", "2014-01-01"), DUBAI)
    assert outcome.added == 1
    assert outcome.left_out == {"conference/x-14": "The last day cannot come before the first."}
    assert load_rows(BUSAN, DUBAI).added == 1


def test_a_key_given_twice_is_refused(load_rows):
    with pytest.raises(ValueError, match="not unique"):
        load_rows(BUSAN, BUSAN)


def test_an_unknown_column_is_refused(tmp_path):
    path = tmp_path / "conferences.csv"
    path.write_text("key,colour\n", encoding="utf-8")
    with pytest.raises(ValueError, match="colour"):
        shipped.ShippedFile(path, Conference, shipped.same_by("code")).rows()


class TestSamePerson:
    """What counts as the person whom staff already entered."""

    ROW = {"slug": "ada-testperson", "country": "IT"}

    def known_for(self, code):
        """Ada under another address, with an office for a country."""
        ada = Person.objects.create(name="Ada Testperson", slug="a-t")
        Seat.objects.create(code="CHAIR")
        country = Country.objects.create(code=code)
        ChairTerm.objects.create(person=ada, country=country, starts_on=datetime.date(2020, 1, 1))
        return ada

    def test_the_same_name_and_country(self, db):
        ada = self.known_for("IT")
        assert same_person(Person(name="ada  TESTPERSON"), self.ROW).get() == ada

    def test_not_the_same_name_for_another_country(self, db):
        self.known_for("FR")
        assert not same_person(Person(name="Ada Testperson"), self.ROW).exists()

    def test_the_person_who_was_merged_into_another(self, db):
        ben = Person.objects.create(name="Ben Testperson", slug="ben-testperson")
        FormerAddress.objects.create(slug="ada-testperson", person=ben)
        assert same_person(Person(name="Ada Testperson"), self.ROW).get() == ben

    def test_an_office_that_shares_a_day_in_the_same_seat(self, db):
        ada = self.known_for("IT")
        term = ChairTerm(person=ada, starts_on=datetime.date(2018, 1, 1))
        assert same_office(term, {}).exists()
        term.ends_on = datetime.date(2019, 1, 1)
        assert not same_office(term, {}).exists()


def with_french(tmp_path):
    """The same conference, as a later version of the portal ships it: with its name in French."""
    path = tmp_path / "later.csv"
    path.write_text(f"{COLUMNS},name_fr\n{BUSAN},Conférence de plénipotentiaires\n", encoding="utf-8")
    return shipped.load([shipped.ShippedFile(path, Conference, shipped.same_by("code"), later=("name_fr",))])


def test_a_translation_that_came_later_is_filled_in_and_marked_as_ours(load_rows, tmp_path):
    load_rows(BUSAN)
    with_french(tmp_path)
    conference = Conference.objects.get()
    assert conference.name_fr == "Conférence de plénipotentiaires"
    assert mark_of(conference, "name_fr")["origin"] == "ours"


@pytest.mark.parametrize(
    ("field", "words", "french"),
    [
        ("place", "Elsewhere", "Conférence de plénipotentiaires"),  # a change of another field is in nobody's way
        ("name_fr", "Ours", "Ours"),
        ("name_en", "Another name", None),  # ours would translate what does not stand any more
    ],
)
def test_a_translation_never_overwrites_what_staff_wrote(load_rows, tmp_path, field, words, french):
    load_rows(BUSAN)
    conference = Conference.objects.get()
    setattr(conference, field, words)
    save_with_reason(conference, "staff")
    with_french(tmp_path)
    conference.refresh_from_db()
    assert (conference.name_fr or None, getattr(conference, field)) == (french, words)
