"""Whoever asks to take part chooses a State of the Union's list, and nothing else (clause C5, PP Res. 99)."""

import re

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.collation import sort_key
from members.models import Country
from tests import world
from workspace.models import Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "shipped_record")]
FORM = {
    "name": "Una Delegate",
    "capacity": "Member State",
    "country": "FR",
    "affiliation": "An administration, made up",
    "email": "una@example.org",
}
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]


def ask(client, **changes):
    return client.post("/en/join/", FORM | changes)


def choices(client, language="en"):
    """The headings of the field for the State, each with its pairs of code and name; without the blank choice."""
    (_blank, *groups) = client.get(f"/{language}/join/").context["form"].fields["country"].choices
    return dict(groups)


def test_the_form_offers_194_member_states_and_the_state_of_palestine_apart(client):
    offered = choices(client)
    assert list(offered) == ["Member States", "Under Resolution 99 of the Plenipotentiary Conference"]
    members, others = offered.values()
    assert len(members) == len({code for code, _name in members}) == 194
    assert others == [("PS", "State of Palestine")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_195_choices_in_every_language(client, language):
    page = client.get(f"/{language}/join/").content.decode()
    select = re.search(r'<select name="country".*?</select>', page, re.DOTALL)[0]
    assert len(re.findall(r'<option value="[A-Z]{2}"', select)) == 195
    member_states = re.search(r"<optgroup.*?</optgroup>", select, re.DOTALL)[0]
    assert 'value="FR"' in member_states and 'value="PS"' not in member_states


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_member_states_are_sorted(client, language):
    names = [name for _code, name in next(iter(choices(client, language).values()))]
    assert names == sorted(names, key=lambda name: sort_key(name, "zh-hans" if language == "zh" else language))


@pytest.mark.parametrize("code", ["AQ", "CK", "EU", "HK", "NU", "TW", "XK", "ZZ", "fr", "France"])
def test_nothing_else_can_be_sent(client, code):
    answer = ask(client, country=code)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"country"}


def test_nothing_else_can_be_written():
    with pytest.raises(ValidationError, match="Choose the State."):
        Participant(**FORM | {"country": "TW"}).full_clean()


def test_a_state_that_staff_took_off_the_list_is_not_offered(client):
    Country.objects.filter(pk="FR").update(standing="")
    assert "FR" not in dict(choices(client)["Member States"])
    assert ask(client).status_code == 200


def test_the_state_of_palestine_takes_part_under_resolution_99(client):
    assert ask(client, capacity="PP Res. 99", country="PS").status_code == 302


def test_the_state_of_palestine_is_never_a_member_state(client):
    refused = ask(client, country="PS").context["form"]
    assert "State of Palestine does not take part as “Member State”." in str(refused.errors["capacity"])
    refused = ask(client, capacity="PP Res. 99").context["form"]
    assert "France does not take part as" in str(refused.errors["capacity"])


def test_its_participant_is_nowhere_called_a_member_state(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(world.staff_account())
    one = world.participant(state="takes part", capacity="PP Res. 99", country="PS")
    assert str(one) == "Una Delegate (State of Palestine)"
    listed = client.get("/admin/workspace/participant/").content.decode()
    assert "State of Palestine, An administration, made up" in listed
    export = client.get("/admin/workspace/participant/export/csv/").content.decode()
    assert "PP Res. 99,PS" in export and "Member State" not in export


def test_a_sector_member_names_no_state(client):
    assert ask(client, capacity="Sector Member", country="").status_code == 302


def test_the_form_of_the_admin_offers_the_same(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(world.staff_account())
    one = world.participant(state="takes part")
    page = client.get(f"/admin/workspace/participant/{one.pk}/change/")
    (_blank, *groups) = page.context["adminform"].form.fields["country"].choices
    assert [len(states) for _heading, states in groups] == [194, 1]
