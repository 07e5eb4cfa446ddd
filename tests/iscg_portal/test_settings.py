"""What the environment can set, and what the portal refuses to start with."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD_SECRET = "a-long-text-made-for-this-test-alone-0123456789-abcdefghij"
ASK = """
import json, iscg_portal.settings as s
print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))
"""


def start(**variables):
    """Read the settings in a process of its own; its environment holds these variables of ours and no others."""
    environment = {"PATH": os.environ["PATH"], **variables}
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def settings_with(**variables):
    return json.loads(start(**variables).stdout)


def test_every_variable_is_in_the_table_of_the_readme_and_no_other():
    source = (ROOT / "iscg_portal" / "settings.py").read_text()
    read = set(re.findall(r'(?:text|flag|number|words|hosts|web_address)\("([A-Z_]+)"', source)) | {"TEST_DATABASE_URL"}
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert read == table


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, "set SECRET_KEY to a random text"),
        ({"SECRET_KEY": "short"}, "set SECRET_KEY to a random text"),
        ({"SECRET_KEY": "django-insecure-" + GOOD_SECRET}, "set SECRET_KEY to a random text"),
        ({"SECRET_KEY": GOOD_SECRET, "REQUIRE_SECOND_FACTOR": "off"}, "REQUIRE_SECOND_FACTOR may be off only"),
        ({"SECRET_KEY": GOOD_SECRET, "DEBUG": "on"}, "DEBUG may be on only"),
        (
            {"SECRET_KEY": GOOD_SECRET, "CACHE_URL": "locmemcache://"},
            "CACHE_URL must begin with redis:// or dbcache://",
        ),
        ({"SECRET_KEY": GOOD_SECRET, "CACHE_URL": "dummycache://"}, "CACHE_URL must begin with redis:// or dbcache://"),
    ],
)
def test_refuses_to_start_unsafely_off_the_loopback(variables, sentence):
    refused = start(SITE_URL="https://iscg.example.org", **variables)
    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {sentence}" in re.sub(r"SITE_URL is \S+: ", "", refused.stderr)


@pytest.mark.parametrize(
    "variables",
    [
        {"DEBUG": "maybe"},
        {"PORT": "eighty"},
        {"PORT": "99999"},
        {"SITE_URL": "iscg.example.org"},
        {"TRUSTED_PROXY_COUNT": "-1"},
        {"DATABASE_URL": "mysql://localhost/iscg"},
        {"EMBED_ANCESTORS": "www.example.org, *"},
        {"DATA_LICENCE_URL": "javascript:alert(1)"},
        {"DATA_LICENCE_URL": "https://example.org/licence"},
        {"EMBED_ANCESTORS": "https://www.example.org; script-src *"},
    ],
)
def test_value_that_makes_no_sense_is_refused_by_name(variables):
    assert f"ImproperlyConfigured: {next(iter(variables))} must" in start(**variables).stderr


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_starts_with_nothing_set_on_the_loopback(address):
    settings = settings_with(SITE_URL=address)
    assert (settings["DEBUG"], settings["REQUIRE_SECOND_FACTOR"]) == (False, True)


def test_https_turns_on_secure_cookies_redirect_and_hsts():
    settings = settings_with(SITE_URL="https://iscg.example.org", SECRET_KEY=GOOD_SECRET)
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    assert all(settings[name] for name in names)
    assert not any(settings_with()[name] for name in names)
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-") and settings["CSRF_COOKIE_NAME"].startswith("__Host-")


def test_hosts_follow_the_address_of_the_site():
    settings = settings_with(SITE_URL="https://iscg.example.org", SECRET_KEY=GOOD_SECRET)
    assert settings["ALLOWED_HOSTS"][0] == "iscg.example.org"


def test_empty_variable_counts_as_not_given():
    settings = settings_with(DATABASE_URL="", CACHE_URL="", DEBUG="", PORT="")
    assert settings["DATABASES"]["default"]["ENGINE"] == "iscg_portal.patient_sqlite3"
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"


@pytest.mark.parametrize("host", ["/iscg?host=/run/postgresql", "%2Frun%2Fpostgresql/iscg"])
def test_postgresql_is_reached_by_a_socket_too(host):
    database = settings_with(DATABASE_URL=f"postgres://iscg@{host}")["DATABASES"]["default"]
    assert "/run/postgresql" in (database["HOST"], database.get("OPTIONS", {}).get("host"))


PROVIDER = {
    "OPENID_CONNECT_URL": "https://idp.example.org/realm",
    "OPENID_CONNECT_CLIENT_ID": "portal",
    "OPENID_CONNECT_CLIENT_SECRET": "made-up",
}


def test_provider_of_an_institution_is_set_by_the_environment():
    settings = settings_with(**PROVIDER)
    assert settings["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]["client_id"] == "portal"
    assert settings_with()["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"] == []


@pytest.mark.parametrize("missing", PROVIDER)
def test_provider_that_is_half_described_is_refused(missing):
    assert "are given together or not at all" in start(**{**PROVIDER, missing: ""}).stderr


def test_deployment_check_has_nothing_to_say_under_https():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {"PATH": os.environ["PATH"], "SITE_URL": "https://iscg.example.org", "SECRET_KEY": GOOD_SECRET}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
