"""The units of deploy/systemd, judged by systemd itself."""

import os
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from iscg_portal.management.commands.backup import FILES_LACKING
from iscg_portal.web.hiding import MARK

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(path.name.replace("@.", "@8000.") for path in UNITS.glob("*.service"))
TIMERS = sorted(path.name for path in UNITS.glob("*.timer"))
PATHS = sorted(path.name for path in UNITS.glob("*.path"))
MOST_EXPOSED = 1.5  # of 10; systemd calls up to 2 “OK”, and a service without any care 9.6

pytestmark = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


def analyze(folder, *arguments):
    """What systemd-analyze says of the units in the folder, and of no others of that name."""
    return subprocess.run(
        ["systemd-analyze", *arguments],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:", "LANG": "C.UTF-8", "SYSTEMD_COLORS": "0"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def units(tmp_path):
    """The units, with something that can be started at the place of the portal."""
    folder = tmp_path / "systemd"
    shutil.copytree(UNITS, folder)
    python = tmp_path / "python"
    python.symlink_to("/bin/true")
    for path in folder.glob("*.service"):
        path.write_text(re.sub(r"/srv/iscg/\S+/\.venv/bin/python", str(python), path.read_text()))
    return folder


def test_systemd_finds_no_fault_in_the_units(units):
    done = analyze(units, "verify", *SERVICES, *TIMERS, *PATHS)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_systemd_would_find_a_fault(units):
    with (units / "iscg-sender.service").open("a") as unit:
        unit.write("ProtectSytem=strict\n")
    assert "ProtectSytem" in analyze(units, "verify", "iscg-sender.service").stderr


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_exposed_as_little_as_can_be(service):
    threshold = f"--threshold={int(MOST_EXPOSED * 10)}"
    done = analyze(UNITS, "security", "--offline=true", "--no-pager", threshold, service)
    assert done.returncode == 0, done.stdout
    assert f"Overall exposure level for {service}" in done.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_every_program_of_the_units_is_one_of_the_portal(service):
    text = (UNITS / service.replace("@8000.", "@.")).read_text()
    commands = re.findall(r"^ExecStart=(.*)", text, re.M)
    if service == "iscg-forget.service":  # which asks nothing of the portal; tests/nginx/test_hidden.py starts it
        return
    (command,) = commands
    started = re.search(r"manage\.py (\w+)|-m (gunicorn)", command)
    assert started[2] or list(ROOT.glob(f"*/management/commands/{started[1]}.py"))


@pytest.mark.parametrize(
    ("status", "left"),
    [(0, {0, 13}), (FILES_LACKING, {0, 13, 16, 89}), (1, {0, 13, 16, 89, 92}), ("KILL", {0, 13, 16, 89, 92})],
)
def test_old_backups_go_after_a_whole_one_later_while_a_file_is_damaged_and_half_ones_always(tmp_path, status, left):
    aged = {f"daily-{days}.archive": days for days in (0, 13, 16, 89, 92)}
    for name, days in (aged | {".daily-half.archive.part": 0, "before-old.archive": 400}).items():
        (tmp_path / name).touch()
        moment = time.time() - days * 86_400
        os.utime(tmp_path / name, (moment, moment))
    text = (UNITS / "iscg-backup.service").read_text().replace("/var/backups/iscg", str(tmp_path))
    for command in re.findall(r"^ExecStopPost=(.*)", text, re.M):  # which systemd gives no shell, and reads $$ as $
        words = [word.replace("$$", "$") for word in shlex.split(command)]
        subprocess.run(words, env=os.environ | {"EXIT_STATUS": str(status)}, check=True)
    expected = {f"daily-{days}.archive" for days in left} | {"before-old.archive"}
    assert {path.name for path in tmp_path.iterdir()} == expected


@pytest.mark.parametrize("timer", TIMERS)
def test_a_timer_has_its_service_and_starts_with_the_machine(timer):
    text = (UNITS / timer).read_text()
    assert timer.replace(".timer", ".service") in SERVICES
    assert "WantedBy=timers.target" in text
    if timer == "iscg-forget.timer":
        assert "OnClockChange=yes" in text
        return
    (when,) = re.findall(r"^OnCalendar=(.*)", text, re.M)
    assert analyze(UNITS, "calendar", when).returncode == 0
    assert "Persistent=yes" in text


def test_what_waits_for_the_mark_waits_where_the_portal_leaves_it():
    text = (UNITS / "iscg-forget.path").read_text()
    assert f"PathExists=/srv/iscg/var/media/{MARK}\n" in text and "WantedBy=multi-user.target" in text
    forget = (UNITS / "iscg-forget.service").read_text()
    assert f"ExecStart=+/bin/rm --force /srv/iscg/var/media/{MARK}\n" in forget


def test_the_units_need_no_program_that_a_small_debian_lacks():
    """Those of its packages that are essential: a bare one has no `kill` but that of the shell."""
    said = "".join(path.read_text() for path in UNITS.glob("*.service"))
    named = {Path(word) for word in re.findall(r"^Exec\w+=[-@:+!]*(\S+)", said, re.M)}
    its_own = {program for program in named if not program.is_relative_to("/srv/iscg")}
    assert {program.name for program in its_own} == {"sh", "rm", "sleep", "find"}
