"""A person's name is printed in one way wherever a public page names who holds an office."""

import pytest

from iscg_portal.history import save_with_reason

pytestmark = pytest.mark.django_db
OWN_SCRIPT = 'Ms Ina Sample <bdi class="own-script">稲見本</bdi>'
PAGES = ["subjects/", "subjects/emf/", "coordinators/", "people/ina-sample/"]


@pytest.mark.parametrize("path", PAGES)
def test_name_in_the_own_script_stands_beside_the_coordinators_name(world, client, path):
    world.ina.name_in_own_script = "稲見本"
    save_with_reason(world.ina, "made up")
    assert OWN_SCRIPT in client.get(f"/en/{path}?on=2025-02-12").content.decode()


@pytest.mark.parametrize("path", ["", "composition/", "composition/history/", "composition/changes/?from=2013-01-01"])
def test_name_in_the_own_script_stands_beside_the_name_of_who_sits_in_a_seat(world, client, path):
    for person in (world.dan, world.ada, world.ben, world.cleo, world.eve, world.fay):
        person.name_in_own_script = "丹·虚构"
        save_with_reason(person, "made up")
    assert '<bdi class="own-script">丹·虚构</bdi>' in client.get(f"/en/{path}").content.decode()
