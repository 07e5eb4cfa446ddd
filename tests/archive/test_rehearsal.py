"""The rehearsal of docs/deploy.md, carried out as it stands there; and `make run` with an archive."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
FILL = """
import django
django.setup()
from tests.workspace.roles import standing_roles
standing_roles()
"""


def rehearsal():
    """The commands that the document says are for bash."""
    (commands,) = re.findall(r"```bash\n(.+?)```", (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8"), re.DOTALL)
    assert ".venv/bin/python" in commands
    return commands.replace(".venv/bin/python", sys.executable)


@pytest.fixture
def another_postgresql(db):
    """The address of an empty database."""
    if connection.vendor != "postgresql":
        pytest.skip("the rehearsal goes from SQLite to PostgreSQL, and runs where there is one")
    name = f"{connection.settings_dict['NAME']}_rehearsal"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def portal(tmp_path):
    """The settings of a filled portal on SQLite, made as a new one is."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3", "MEDIA_ROOT": str(tmp_path / "media")}
    environment = os.environ | settings | {"DJANGO_SETTINGS_MODULE": "iscg_portal.settings", "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.mark.django_db(transaction=True)
def test_the_rehearsal_ends_with_the_same_record_three_times(portal, another_postgresql):
    environment = portal | {"REHEARSAL_URL": another_postgresql}
    command = ["bash", "-c", rehearsal()]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert re.match(r" *3 +\d{3,} rows and \d+ files, SHA-256 of both", done.stdout.splitlines()[-1]), done.stdout
