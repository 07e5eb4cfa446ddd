"""What the walks over all models share."""

import pytest
from django.apps import apps
from django.core.cache import cache

from iscg_portal.apps import our_apps
from tests import world as build


@pytest.fixture(autouse=True)
def second_factor_is_elsewhere(settings):
    """That staff need a second factor is tested where it is asked for."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def fresh_limits(db):
    """Nobody has asked for anything yet."""
    cache.clear()


@pytest.fixture
def desk(client, db):
    """A browser of staff with every right."""
    client.force_login(build.staff_account("chief@example.org"))
    return client


def our_models():
    """Every model of the portal, with its history."""
    ours = {app.label for app in our_apps()}
    return [model for model in apps.get_models() if model._meta.app_label in ours]


def is_history(model):
    return model.__name__.startswith("Historical")
