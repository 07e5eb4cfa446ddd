"""The tag of a public page covers all that the page depends on."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from iscg_portal.apps import our_apps
from iscg_portal.web.page_tag import PRINTED_SETTINGS, build_fingerprint, fingerprint

# Read by code that makes no public page, or in no way that a page could show.
NOT_PRINTED = {
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": "mails of signing in",
    "AUTH_USER_MODEL": "names a model",
    "BASE_DIR": "where the code lies",
    "CACHES": "where attempts are counted",
    "COUNTRY_MODEL": "names a model",
    "DATA_UPLOAD_MAX_MEMORY_SIZE": "a refusal, which has no tag",
    "VAR_DIR": "where error pages for nginx lie",
    "DEBUG": "pages have no lasting tag while it is on",
    "KNOWN_BROWSER_COOKIE_NAME": "signing in",
    "SIGNED_IN_COOKIE_NAME": "signing in",
    "LONGEST_WAIT_FOR_AN_ANSWER": "how long the database may take",
    "LOGIN_REDIRECT_URL": "where signing in leads",
    "MEDIA_ROOT": "where files lie",
    "PERSON_MODEL": "names a model",
    "REDIS_IS_LEFT_ALONE": "how long Redis may take",
    "REQUIRE_SECOND_FACTOR": "the admin",
    "SESSION_COOKIE_NAME": "signing in",
    "SESSION_COOKIE_SECURE": "signing in",
    "STAFF_SESSION_LASTS": "signing in",
    "STAFF_SESSION_UNUSED": "signing in",
}


@pytest.mark.parametrize("name", ["base.html", "base.css", "models.py", "django.mo", "countries.csv"])
def test_new_file_of_any_kind_changes_the_build(tmp_path, name):
    before = fingerprint([tmp_path])
    (tmp_path / name).write_text("")
    added = fingerprint([tmp_path])
    (tmp_path / name).write_text("new")
    assert len({before, added, fingerprint([tmp_path])}) == 3


def test_what_python_writes_beside_the_code_does_not(tmp_path):
    before = fingerprint([tmp_path])
    (tmp_path / "models.pyc").write_text("")
    assert fingerprint([tmp_path]) == before


def test_every_app_of_this_tree_is_ours():
    beside = {path.parent.name for path in Path(settings.BASE_DIR).glob("*/__init__.py")} - {
        "bench",
        "tests",
        "tools",
        "torture",
    }
    assert {app.name for app in our_apps()} == beside


def test_printed_setting_changes_the_build(settings):
    before = build_fingerprint.__wrapped__()
    settings.SITE_URL = "https://iscg.example"
    assert build_fingerprint.__wrapped__() != before


def test_every_setting_that_code_reads_is_known_to_be_printed_or_not():
    read = {name for app in our_apps() for path in Path(app.path).rglob("*.py") for name in settings_read_in(path)}
    assert read - set(PRINTED_SETTINGS) - set(NOT_PRINTED) == set(), "Put it in one of the two."
    assert set(NOT_PRINTED) <= read


def settings_read_in(path):
    """The names read as `settings.NAME` in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "settings":
            yield node.attr
