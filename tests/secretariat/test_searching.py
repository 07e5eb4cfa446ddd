"""The search over all records: by word, number or name, without case and accents, of what the account may see."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission

from iscg_portal.mail.models import Mail
from subjects.acts import adopt_edition
from tests import world as w

FIND = "/admin/find/"


@pytest.fixture
def staff(client, settings, world):
    """A signed-in secretariat account with every right."""
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account("finds@example.org", "Finding Staff")
    client.force_login(account)
    return account


def hits(client, asked):
    """{heading: the texts} of what was found."""
    found = client.get(FIND, {"q": asked}).context["found"]
    return {str(kind.heading): [hit.text for hit in kind.hits] for kind in found.kinds}


def test_a_number_leads_to_its_record_at_once(world, staff, client):
    paper = w.document(w.meeting("25-7"), number="ISCG/25-7/01")
    assert client.get(FIND, {"q": "iscg 25-7 1"}).url == f"/admin/meetings/document/{paper.pk}/change/"


def test_names_are_found_without_case_and_accents(world, staff, client):
    first = w.person("Łukasz Øverås")
    w.participant("Jérôme Delegate", "j@example.org")
    assert client.get(FIND, {"q": "LUKASZ overas"}).url == f"/admin/members/person/{first.pk}/change/"
    assert client.get(FIND, {"q": "jerome"}).url.startswith("/admin/workspace/participant/")
    assert hits(client, "testperson")["Persons"] == ["Ms Ada Testperson"]


def test_what_is_not_public_is_found_too(world, staff, client):
    w.document(w.meeting("25-7"), title="Beryllium, made up", visibility="restricted")
    w.document(w.meeting("25-8"), title="Beryllium in public, made up")
    assert len(hits(client, "beryllium")["Documents"]) == 2


def test_what_is_in_no_index_is_found_without_case_and_accents_too(world, staff, client):
    for code in ("25-7", "25-8"):
        w.document(w.meeting(code), title="Étude de l’Œuvre", visibility="restricted")
    for name in ("Ёлка", "Ёлки"):
        w.partner(world.subjects["EMF"], name, name=f"Организация {name}")
    for _number in range(2):
        Mail.objects.create(to="a@example.org", subject="Résumé of Łódź", text="-")
    for asked, kind in (
        ("etude l'OEUVRE", "Documents"),
        ("ОРГАНИЗАЦИЯ елк", "Partner organizations"),
        ("resume lodz", "Mails in the outbox"),
        ("RÉSUMÉ", "Mails in the outbox"),
    ):
        assert kind in hits(client, asked), asked
    assert "Łódź" in client.get("/admin/iscg_portal/mail/", {"q": "lodz"}).content.decode()
    assert "Étude" in client.get("/admin/meetings/document/", {"q": "ETUDE"}).content.decode()


def test_an_account_finds_what_it_may_see(world, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    clerk = w.account("clerk@example.org", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_subject"))
    client.force_login(clerk)
    assert hits(client, "testperson") == {}
    assert client.get(FIND, {"q": "emf"}).url.startswith("/admin/subjects/subject/")


def test_lists_are_found_by_their_names(world, staff, client):
    found = client.get(FIND, {"q": "coordinators"}).context["found"]
    assert "/admin/subjects/coordinator/" in [hit.href for hit in found.lists]


def test_an_edition_is_called_by_its_day_in_words(world, staff, client):
    adopt_edition(date(2025, 2, 12), "ISCG/25-7/09")
    adopt_edition(date(2025, 3, 12), "ISCG/25-7/10")
    assert hits(client, "ISCG/25-7")["Editions of the list"] == [
        "Edition of 12 February 2025",
        "Edition of 12 March 2025",
    ]


@pytest.mark.parametrize("asked", ["", "   ", "%", "'; --", "x" * 5000, "第 号", "nothing-has-this"])
def test_odd_words_find_nothing_and_break_nothing(staff, client, asked):
    assert client.get(FIND, {"q": asked}).status_code == 200


def test_it_takes_few_queries(world, staff, client, django_assert_max_num_queries):
    client.get(FIND, {"q": "made"})
    with django_assert_max_num_queries(6):
        client.get(FIND, {"q": "made"})
