"""deploy/iscg.env.example names settings that there are, and those that stand in it are good ones."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "deploy" / "iscg.env.example"
SETTING = re.compile(r"^(#?)([A-Z_]+)=(.*)$", re.M)


def test_every_setting_of_the_example_is_in_the_table_of_the_readme():
    named = {name for _, name, _ in SETTING.findall(EXAMPLE.read_text())}
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.M))
    assert named - table == set()
    assert {"SITE_URL", "SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "TRUSTED_PROXY_COUNT", "MEDIA_ROOT"} <= named


def test_the_ports_are_those_of_the_units():
    assert "PORT" not in {name for _, name, _ in SETTING.findall(EXAMPLE.read_text())}


def test_the_example_with_a_secret_passes_the_check_for_a_server():
    given = {name: value for hidden, name, value in SETTING.findall(EXAMPLE.read_text()) if not hidden}
    environment = {"PATH": os.environ["PATH"]} | given | {"SECRET_KEY": "abcdefghijklmnopqrstuvwxyz" * 3}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_without_a_secret_the_portal_does_not_start():
    given = {name: value for hidden, name, value in SETTING.findall(EXAMPLE.read_text()) if not hidden}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | given,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0 and "set SECRET_KEY" in done.stderr
