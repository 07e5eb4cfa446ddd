"""What every test needs: fast passwords, static files without a manifest, databases of its own."""

import os

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """A test database that no other test run on this machine uses; on SQLite a file, so that threads can meet."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        database["TEST"]["NAME"] = f"test_iscg_{os.getpid()}"


@pytest.fixture(autouse=True)
def quick_and_plain(settings):
    """Hash passwords fast, and name static files without having collected them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def world(db):
    """The standing ISCG of tests/world.py."""
    from tests.world import standing_iscg

    return standing_iscg()
