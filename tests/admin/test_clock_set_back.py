"""Staff go on working on a day on which the clock is set back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Person
from tests import world
from tests.admin.conftest import as_sent, complaints, page_of, save

pytestmark = pytest.mark.django_db


def test_what_was_saved_tomorrow_is_changed_today(desk):
    ina = world.person("Ina Sample", "Ms")
    save(desk, page_of(ina), name="Ina Tomorrow")
    ina.history.update(history_date=timezone.now() + timedelta(days=1))
    for name in ("Ina Once", "Ina Twice"):
        answer = save(desk, page_of(ina), name=name)
        assert answer.status_code == 302, complaints(answer)
        assert Person.objects.get().name == name


def test_two_windows_are_told_apart_today(desk):
    """The one that was opened before the other saved is refused, whatever the clock says."""
    ina = world.person("Ina Sample", "Ms")
    ina.history.update(history_date=timezone.now() + timedelta(days=1))
    opened = desk.get(page_of(ina))
    save(desk, page_of(ina), name="Ina Other")
    answer = desk.post(page_of(ina), as_sent(opened) | {"name": "Ina Late"})
    assert answer.status_code == 200
    assert Person.objects.get().name == "Ina Other"
