"""“Replace…” in the admin: for representatives, the Chair, Coordinators and Focal Points."""

from datetime import date

import pytest

from iscg_portal.tenure.dates import today
from members.models import ChairTerm, Representative
from members.models.countries import SHORT_NAMES
from subjects.models import Coordinator, FocalPoint
from tests import world
from tests.admin.conftest import complaints, page_of

pytestmark = pytest.mark.django_db
ON = "2026-12-01"


@pytest.fixture
def ada():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))


@pytest.fixture
def ben():
    return world.person("Ben Madeup")


def replace(client, term, successor, **changes):
    data = {"person": successor.pk, "on": ON, "how_ended": "replaced", "_act": "Replace"} | changes
    return client.post(page_of(term, "replace"), data)


def test_form_proposes_today(desk, ada):
    assert desk.get(page_of(ada, "replace")).context["adminform"].form.initial["on"] == today()


def offered(client, term, name):
    """The choices of a field of the page, as they are read."""
    field = client.get(page_of(term, "replace")).context["adminform"].form.fields[name]
    return [str(record) for record in field.queryset]


def test_states_of_the_list_are_offered_in_the_order_of_their_names(desk, ada):
    for code in ("AE", "AF"):
        world.country(code)
    world.country("QX", standing="", **dict.fromkeys(SHORT_NAMES, "Nowhere, made up"))
    assert offered(desk, ada, "country") == ["Afghanistan", "United Arab Emirates"]


def test_persons_are_offered_in_the_order_of_their_names(desk, ada):
    for name in ("Zoe Wanderer", "Øyvind Østby", "Pat Placeholder"):
        world.person(name)
    assert offered(desk, ada, "person") == ["Øyvind Østby", "Pat Placeholder", "Ada Testperson", "Zoe Wanderer"]


def test_successor_is_in_office_from_that_day(desk, ada, ben):
    replace(desk, ada, ben, country=world.country("FR").pk, decision_document="RAG26/9", reason="New delegate")
    successor = Representative.objects.in_office(date(2026, 12, 1)).get()
    assert (successor.person, successor.country_id, successor.starts_decision) == (ben, "FR", "RAG26/9")
    assert successor.history.first().history_change_reason == "New delegate"


def test_preview_shows_what_will_be_and_saves_nothing(desk, ada, ben):
    data = {"person": ben.pk, "on": ON, "how_ended": "replaced", "_preview": "Show"}
    response = desk.post(page_of(ada, "replace"), data)
    assert [row.person.name for row in response.context["preview"]] == ["Ada Testperson", "Ben Madeup"]
    assert Representative.objects.get().ends_on is None


def test_preview_refuses_what_the_act_would_refuse(desk, ada):
    cleo = world.person("Cleo Invented")
    world.representative("RAG2", cleo, date(2024, 1, 1))
    data = {"person": cleo.pk, "on": ON, "how_ended": "replaced", "_preview": "Show"}
    assert "already holds a seat" in complaints(desk.post(page_of(ada, "replace"), data))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": "2019-01-01"}, "took office on 1 January 2020"),
        ({"on": "nonsense"}, "is not a date"),
        ({"person": ""}, "required"),
        ({"person": "999"}, "not one of the available choices"),
        ({"country": "XX"}, "not one of the available choices"),
        ({"decision_url": "no address"}, "valid URL"),
    ],
)
def test_bad_entries_are_sentences(desk, ada, ben, changes, sentence):
    response = replace(desk, ada, ben, **changes)
    assert response.status_code == 200
    assert sentence in complaints(response)


def test_chair_is_replaced_after_the_last_conference(desk, ben):
    conference = world.conference("PP-22")
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1))
    initial = desk.get(page_of(gus, "replace")).context["adminform"].form.initial
    assert initial["follows"] == conference
    replace(desk, gus, ben, kind="appointed", follows=conference.pk)
    assert ChairTerm.objects.in_office(date(2026, 12, 1)).get().follows == conference


def test_extension_while_another_nomination_stands_is_refused_in_a_sentence(desk, ben):
    world.terms_of_reference(date(2022, 1, 1))
    first = world.conference("PP-18", starts_on=date(2018, 10, 1), ends_on=date(2018, 11, 1))
    second = world.conference("PP-22")
    gus = world.chair_term(world.person("Gus Example"), date(2018, 12, 1), follows=first)
    world.nomination(ben, second)
    changes = {"on": "2022-12-01", "kind": "extended", "follows": second.pk}
    for asked in ({"_preview": "Show"}, {}):
        response = replace(desk, gus, gus.person, **changes, **asked)
        assert "only where no other candidate is nominated; Ben Madeup is." in complaints(response)
    assert ChairTerm.objects.get() == gus


def test_preview_of_an_extension_and_the_act_agree_while_the_terms_of_reference_do_not_bind(desk, ben):
    second = world.conference("PP-22")
    gus = world.chair_term(world.person("Gus Example"), date(2018, 12, 1))
    world.nomination(ben, second)
    data = {"person": gus.person.pk, "on": "2022-12-01", "how_ended": "term over", "kind": "extended"}
    preview = desk.post(page_of(gus, "replace"), data | {"follows": second.pk, "_preview": "Show"}).content.decode()
    assert "To know: Clause C2 has an extension only where no other candidate is nominated" in preview
    assert "refused" not in preview
    assert desk.post(page_of(gus, "replace"), data | {"follows": second.pk}).status_code == 302


def test_coordinator_is_replaced_with_the_groups_decisions(desk, ben):
    ina = world.coordinator(world.subject(), world.person("Ina Sample"), date(2024, 1, 1), groups=["RAG"])
    replace(desk, ina, ben, rag_appointed="on", rag_document="RAG/7", rag_decided_on="2026-11-20", tdag_appointed="on")
    successor = Coordinator.objects.in_office(date(2026, 12, 1)).get()
    assert [str(one) for one in successor.appointments.all()] == ["RAG RAG/7", "TDAG"]


def test_coordinator_without_an_appointing_group_is_refused(desk, ben):
    ina = world.coordinator(world.subject(), world.person("Ina Sample"), date(2024, 1, 1), groups=["RAG"])
    assert "which advisory group" in complaints(replace(desk, ina, ben))


def test_focal_point_is_replaced_for_the_same_body(desk, ben):
    kim = world.focal_point(world.subject(), world.person("Kim Mockup"), "TSB", date(2024, 1, 1))
    replace(desk, kim, ben)
    assert FocalPoint.objects.in_office(date(2026, 12, 1)).get().body == "TSB"


def test_button_stands_on_the_page_of_the_term_and_of_the_seat(desk, ada):
    for page in (page_of(ada), page_of(ada.seat)):
        assert page_of(ada, "replace") in desk.get(page).content.decode()


def test_vacant_seat_offers_to_appoint(desk):
    seat = world.seat("RAG2")
    assert "/representative/add/?seat=RAG2" in desk.get(page_of(seat)).content.decode()


def test_term_that_has_ended_offers_no_replacement(desk, ada):
    ada.ends_on, ada.ends_precision = date(2021, 1, 1), "day"
    ada.save()
    assert page_of(ada, "replace") not in desk.get(page_of(ada)).content.decode()


def test_replacing_asks_for_the_right_to_change_and_to_enter(clerk, ada):
    client = clerk("members.view_representative", "members.change_representative")
    assert client.get(page_of(ada, "replace")).status_code == 403
    assert page_of(ada, "replace") not in client.get(page_of(ada)).content.decode()


def test_clerk_with_both_rights_may_replace(clerk, ada, ben):
    client = clerk("members.change_representative", "members.add_representative")
    assert replace(client, ada, ben).status_code == 302


def test_preview_of_a_chair_says_what_clause_c2_would_rather_have(desk, ben):
    gus = world.chair_term(world.person("Gus Example"), date(2019, 3, 1))
    data = {"person": ben.pk, "on": ON, "how_ended": "replaced", "kind": "appointed", "_preview": "Show"}
    assert "outside the management team" in desk.post(page_of(gus, "replace"), data).content.decode()
