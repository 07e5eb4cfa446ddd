"""After an assembly or conference each subject shows what became of its mandates, and who has to look."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from bench.rows import judge_rows, write_rows
from subjects.acts import look_at, look_at_all
from subjects.mandate_changes import (
    changed_mandates,
    changes_of,
    lookers_of,
    mandates_to_look_at,
    new_changes,
    new_resolutions,
    new_resolutions_to_look_at,
)
from subjects.models import Mandate, MandateLook, Resolution, Subject
from tests import world as build
from tests.admin.conftest import desk, page_of, second_factor_is_elsewhere  # noqa: F401

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 28)


@pytest.fixture
def baku(world):
    """WTDC-25, made up but for its name and time, with WTDC 9 behind EMF and WTDC 10 behind ACC."""
    world.wtdc25 = build.conference("WTDC-25", "WTDC", date(2025, 11, 17), date(2025, 11, 28), place="Baku")
    world.nine, world.ten = build.resolution("WTDC", 9, title="Spectrum"), build.resolution("WTDC", 10, title="Funds")
    build.revision(world.nine, 2022, "Kigali", revised=True, title="Spectrum management")
    build.revision(world.ten, 2010, "Hyderabad")
    build.mandate(world.subjects["EMF"], world.nine)
    build.mandate(world.subjects["ACC"], world.ten)
    return world


def changes(on=ON, **filters):
    return changes_of(changed_mandates(on).filter(**filters))


def said(on=ON):
    return [(change.subject.code, change.citation, change.kind) for change in changes(on)]


def test_nothing_is_to_be_looked_at_while_no_text_of_the_conference_is_on_record(baku):
    assert said() == []


def test_revised_suppressed_and_replaced_are_told_apart(baku):
    build.revision(baku.nine, 2025, "Baku", revised=True, title="Spectrum management and sharing")
    Resolution.objects.filter(pk=baku.ten.pk).update(suppressed_in=2025)
    old, new = build.resolution("WTDC", 11), build.resolution("WTDC", 90)
    build.revision(old, 2022, "Kigali"), build.revision(new, 2025, "Baku")
    build.mandate(baku.subjects["IOT"], old)
    Resolution.objects.filter(pk=old.pk).update(replaced_by=new)
    assert said() == [
        ("ACC", "WTDC Res. 10", "suppressed"),
        ("EMF", "WTDC Res. 9 (Rev. Baku, 2025)", "revised"),
        ("IOT", "WTDC Res. 11", "replaced"),
    ]


def test_title_before_stands_beside_the_new_one(baku):
    build.revision(baku.nine, 2025, "Baku", revised=True, title="Spectrum management and sharing")
    [change] = changes()
    assert (change.title, change.former_title) == ("Spectrum management and sharing", "Spectrum management")


def test_new_resolution_that_staff_put_behind_a_subject_is_new_for_it(baku):
    new = build.resolution("WTDC", 90)
    build.revision(new, 2025, "Baku")
    build.mandate(baku.subjects["IOT"], new)
    assert said() == [("IOT", "WTDC Res. 90 (Baku, 2025)", "new")]


def test_new_resolution_behind_no_subject_is_shown_for_itself(baku):
    new = build.resolution("WTDC", 90)
    build.revision(new, 2025, "Baku")
    [change] = new_changes(new_resolutions(ON))
    assert (change.resolution, change.kind, change.subject) == (new, "new", None)
    look_at(change, "Concerns no subject")
    assert not new_resolutions_to_look_at(ON).exists() and new_resolutions(ON).exists()


def test_revised_resolution_behind_no_subject_is_not_new(baku):
    loose = build.resolution("WTDC", 34)
    build.revision(loose, 2025, "Baku", revised=True)
    assert not new_resolutions(ON).exists()


def test_conference_to_come_changed_nothing_yet(baku):
    build.revision(baku.nine, 2025, "Baku", revised=True)
    assert said(date(2025, 11, 27)) == [] and len(said(date(2025, 11, 28))) == 1


def test_what_the_record_began_with_is_nobodys_homework(world):
    assert Mandate.objects.filter(resolution__revisions__year=2022).exists() and said() == []


def test_mandate_that_had_ended_before_is_left_alone(baku):
    Mandate.objects.filter(resolution=baku.nine).update(ends_on=date(2024, 1, 1), ends_precision="day")
    build.revision(baku.nine, 2025, "Baku", revised=True)
    assert said() == []


def test_later_conference_asks_anew(baku):
    build.revision(baku.nine, 2025, "Baku", revised=True)
    [change] = changes()
    look_at(change, "No consequence")
    later = build.conference("WTDC-29", "WTDC", date(2029, 11, 1), date(2029, 11, 10))
    build.revision(baku.nine, 2029, "Testville", revised=True)
    on = date(2029, 12, 1)
    assert [change.conference for change in changes_of(mandates_to_look_at(on))] == [later]


@pytest.mark.parametrize(
    ("code", "office", "names"), [("EMF", "coordinator", "Ms Ina Sample"), ("ACC", "staff", ""), ("IOT", "staff", "")]
)
def test_coordinator_looks_else_staff(baku, code, office, names):
    looker = _looker(baku, code)
    assert (looker.office, ", ".join(looker.names)) == (office, names)


def test_focal_points_look_where_there_is_no_coordinator(baku):
    build.focal_point(baku.subjects["ACC"], baku.lea, "TDAG", date(2024, 1, 1))
    build.focal_point(baku.subjects["ACC"], baku.jon, "BR", date(2024, 1, 1))
    assert str(_looker(baku, "ACC")) == "the Focal Points: Ms Lea Nobody"


def _looker(world, code):
    subject = world.subjects[code]
    return lookers_of([SimpleNamespace(subject=subject)], ON)[subject.pk]


class TestMarking:
    """A look is marked with a word; nothing else changes."""

    @pytest.fixture
    def change(self, baku):
        build.revision(baku.nine, 2025, "Baku", revised=True)
        return changes()[0]

    def test_looked_at_is_done(self, change, baku):
        look_at(change, "The scope stays", said_by="Ms Ina Sample", by=baku.staff)
        assert not mandates_to_look_at(ON).exists()
        assert changes()[0].look.word == "The scope stays"
        assert MandateLook.history.get().history_user == baku.staff

    def test_nothing_but_the_look_changes(self, change):
        before = [list(model.objects.order_by("pk").values()) for model in (Mandate, Resolution, Subject)]
        look_at(change, "The scope stays")
        assert [list(model.objects.order_by("pk").values()) for model in (Mandate, Resolution, Subject)] == before

    def test_without_a_word_it_is_not_marked(self, change):
        with pytest.raises(ValidationError, match="say in a word"):
            look_at(change, "  ")

    def test_second_of_two_is_told_what_the_first_said(self, change):
        look_at(change, "The scope stays")
        with pytest.raises(ValidationError, match="somebody looked at it .* already: “The scope stays”"):
            look_at(change, "Another word")
        assert MandateLook.objects.get().word == "The scope stays"

    def test_all_or_none_are_marked(self, change, baku):
        Resolution.objects.filter(pk=baku.ten.pk).update(suppressed_in=2025)
        acc, emf = changes()
        look_at(emf, "Faster")
        with pytest.raises(ValidationError, match="Faster"):
            look_at_all([acc, emf], {acc.key: "One", emf.key: "Two"})
        assert MandateLook.objects.count() == 1


class TestFiles:
    """The resolutions of the conference come as files, by the import that there is."""

    ROWS = [
        {"body": "WTDC", "number": "9", "title_en": "Spectrum", "suppressed_in": "2025"},
        {"body": "WTDC", "number": "90", "title_en": "A new one", "suppressed_in": ""},
    ]

    def test_file_says_what_was_suppressed(self, baku):
        write_rows("resolution", self.ROWS)
        assert said() == [("EMF", "WTDC Res. 9", "suppressed")]

    def test_same_file_twice_changes_nothing(self, baku):
        write_rows("resolution", self.ROWS)
        assert {row.verdict for row in judge_rows("resolution", self.ROWS).rows} == {"unchanged"}

    @pytest.mark.parametrize("year", ["1864", "2200", "soon", "-2025"])
    def test_nonsense_year_is_refused_by_its_cell(self, baku, year):
        preview = judge_rows("resolution", [{**self.ROWS[0], "suppressed_in": year}])
        assert not preview.is_accepted and preview.rows[0].problems[0].column == "suppressed_in"

    def test_wtdc_25_as_far_as_it_is_known_waits_for_its_numbers(self, baku):
        known = [
            "artificial intelligence for human development",
            "strengthening the role of the regional offices",
            "reconstruction of damaged infrastructure in Sudan",
            "digital transformation in the Pacific (Lagatoi Declaration)",
        ]
        rows = [{"body": "WTDC", "number": "", "title_en": title, "grade": "secondary"} for title in known]
        preview = judge_rows("resolution", rows)
        assert {row.verdict for row in preview.rows} == {"refused"}
        assert {problem.column for row in preview.rows for problem in row.problems} == {"number"}


class TestPages:
    """What staff, the public and the Coordinator see."""

    @pytest.fixture
    def suppressed(self, baku):
        Resolution.objects.filter(pk=baku.nine.pk).update(suppressed_in=2025)
        return baku

    def test_public_page_says_that_it_was_suppressed_from_that_day_on(self, suppressed, client):
        after = client.get("/en/resolutions/wtdc-9/?on=2025-11-28").content.decode()
        before = client.get("/en/resolutions/wtdc-9/?on=2025-11-27").content.decode()
        assert "Suppressed in 2025" in after and "in force on this day" not in after
        assert "Suppressed in 2025" not in before and "in force on this day" in before

    def test_files_say_it_too(self, suppressed, client):
        rows = client.get("/en/resolutions.json?on=2026-01-01").json()["resolutions"]
        found = next(row for row in rows if row["slug"] == "wtdc-9")
        assert (found["suppressed_in"], found["in_force"]) == (2025, None)

    def test_staff_mark_on_one_page(self, suppressed, client):
        client.force_login(suppressed.staff)
        address = "/admin/subjects/resolution/after-a-conference/"
        page = client.get(address)
        assert "the Coordinator: Ms Ina Sample" in page.content.decode()
        key = page.context["changes"][0].key
        client.post(address, {f"word-{key}": "The subject rests on PP 191 alone"})
        assert MandateLook.objects.get().word == "The subject rests on PP 191 alone"
        assert f"word-{key}" not in client.get(address).content.decode()

    def test_page_of_a_subject_says_what_changed_and_who_looks(self, suppressed, client):
        client.force_login(suppressed.staff)
        text = client.get(page_of(suppressed.subjects["EMF"])).content.decode()
        assert "WTDC Res. 9: suppressed, WTDC-25; to be looked at by the Coordinator: Ms Ina Sample" in text

    def test_refused_word_is_kept(self, suppressed, client):
        client.force_login(suppressed.staff)
        address = "/admin/subjects/resolution/after-a-conference/"
        key = client.get(address).context["changes"][0].key
        page = client.post(address, {f"word-{key}": "x" * 301})
        assert "x" * 301 in page.content.decode() and not MandateLook.objects.exists()

    def test_coordinator_marks_in_the_workspace(self, suppressed, client):
        client.force_login(build.account("ina@example.org", person=suppressed.ina))
        assert "EMF: one resolution changed; look at it" in client.get("/en/workspace/").content.decode()
        page = client.get("/en/workspace/subjects/emf/mandates/")
        client.post(page.request["PATH_INFO"], {f"word-{page.context['changes'][0].key}": "Nothing follows"})
        look = MandateLook.objects.get()
        assert (look.word, look.said_by, look.subject.code) == ("Nothing follows", "Ms Ina Sample", "EMF")
        assert "look at it" not in client.get("/en/workspace/").content.decode()

    def test_others_do_not_mark(self, suppressed, client):
        client.force_login(build.account("lea@example.org", person=suppressed.lea))
        assert client.get("/en/workspace/subjects/emf/mandates/").status_code == 404
        page = client.post("/en/workspace/subjects/emf/mandates/", {"word-1-1-1": "Typed in vain"})
        assert page.status_code == 403 and "Typed in vain" in page.content.decode()
        assert not MandateLook.objects.exists()

    def test_no_word_and_no_name_is_public(self, suppressed, client):
        look_at(changes()[0], "A secret word", said_by="A secret name")
        for address in ("/en/resolutions/wtdc-9/", "/en/subjects/emf/", "/en/resolutions.json", "/en/changes/"):
            page = client.get(address)
            assert b"A secret" not in page.content, address
