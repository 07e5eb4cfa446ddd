"""What every test needs: fast passwords, static files without a manifest, databases of its own."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils.translation import override

BROWSER = Path(__file__).parent / "browser"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="only the tests that touch the database")


def pytest_configure():
    """Hash passwords fast, and name static files without having collected them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_collection_modifyitems(config, items):
    """Browser tests come last; the second database is asked only by the tests that touch one."""
    if config.getoption("--only-database"):
        items[:] = [item for item in items if touches_database(item)]
    items.sort(key=lambda item: BROWSER in item.path.parents)


def touches_database(item):
    by_class = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return by_class or item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """A test database that no other test run on this machine uses; on SQLite a file, so that threads can meet."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        database["TEST"]["NAME"] = f"test_iscg_{os.getpid()}"


@pytest.fixture(autouse=True)
def files_of_its_own(settings, tmp_path_factory):
    """Each test keeps files in a folder that no other one sees."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def in_english():
    """Every test begins in English, whatever language the pages of the test before it were in."""
    with override("en"):
        yield


@pytest.fixture
def world(db):
    """The standing ISCG of tests/world.py."""
    from tests.world import standing_iscg

    return standing_iscg()
