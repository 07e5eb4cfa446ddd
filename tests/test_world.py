"""The standing ISCG of tests/world.py stands as its cast says."""

from members.models import ChairTerm, Representative
from tests.world import CAST


def test_everybody_of_the_cast_is_there(world):
    assert all(getattr(world, key).name == name for key, (_honorific, name, _code) in CAST.items())


def test_who_is_in_office_on_the_usual_day(world):
    holders = Representative.objects.in_office(world.day).order_by("seat_id")
    assert [row.person for row in holders] == [world.ada, world.cleo, world.dan]
    assert ChairTerm.objects.in_office(world.day).get().person == world.gus
