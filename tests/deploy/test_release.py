"""The steps of deploy/, one by one, in a folder that stands for the machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import install
import pytest
import release
import server

from iscg_portal.management.commands.backup import FILES_LACKING
from tools.nginx import NoNginx, find_nginx, make_certificate

ROOT = Path(__file__).resolve().parents[2]
NAME = "portal.example.org"
MAIN = "events {{}}\npid {0}/nginx.pid;\nerror_log stderr;\nhttp {{\n  include {0}/nginx/sites-enabled/*;\n}}\n"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """The folders of a server, and what was asked of systemd, of nginx and of manage.py."""
    asked = []
    places = {"HOME": "iscg", "RELEASES": "iscg/releases", "CURRENT": "iscg/current", "SETTINGS": "iscg.env"}
    places |= {"NGINX": "nginx", "UNITS": "units", "BACKUPS": "backups"}
    for module in (server, release, install):
        for name, place in places.items():
            monkeypatch.setattr(module, name, tmp_path / place, raising=False)
        monkeypatch.setattr(module, "say", lambda sentence: None, raising=False)
    monkeypatch.setattr(server, "systemctl", lambda *words: asked.append(("systemctl", *words)))
    monkeypatch.setattr(release, "systemctl", server.systemctl)
    monkeypatch.setattr(release, "manage", lambda folder, *words: asked.append((folder.name, *words)))
    monkeypatch.setattr(release, "run", lambda *words: asked.append(words))
    monkeypatch.setattr(release, "is_active", lambda unit: unit == "iscg-portal@8000")
    monkeypatch.setattr(release, "wait_until_ready", lambda port: asked.append(("ready", port)))
    monkeypatch.setattr(release.time, "sleep", lambda seconds: None)
    for place in ("iscg/releases", "iscg/var", "nginx/snippets", "nginx/sites-available", "nginx/sites-enabled"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "backups").mkdir()
    tmp_path.joinpath("nginx/sites-available/iscg").write_text("server 127.0.0.1:8000 max_fails=0;")
    (tmp_path / "asked").mkdir()
    return Machine(tmp_path, asked)


class Machine:
    def __init__(self, root, asked):
        self.root, self.asked = root, asked

    def make(self, name, style):
        """A release that is complete, with one style sheet."""
        made = self.root / "iscg" / "releases" / name
        (made / "var" / "static").mkdir(parents=True)
        (made / "var" / "static" / style).write_text(name)
        (made / "var" / "errors").mkdir()
        (made / "var" / "errors" / "503-en.html").write_text(name)
        shutil.copytree(ROOT / "deploy", made / "deploy")
        return made

    def runs(self, made):
        server.link(self.root / "iscg" / "current", made)
        server.link(self.root / "iscg" / "8000", made)

    @property
    def site(self):
        return (self.root / "nginx" / "sites-available" / "iscg").read_text()

    @property
    def current(self):
        return (self.root / "iscg" / "current").resolve().name


def test_a_release_is_put_in_place_step_by_step(machine):
    machine.runs(machine.make("old", "base.1.css"))
    release.put_in_place(machine.make("new", "base.2.css"))
    steps = [words for words in machine.asked if words[0] != "systemctl" or words[1] in ("start", "reload-or-restart")]
    assert steps == [
        ("old", "backup", machine.root / "backups" / "before-new.archive"),
        ("new", "migrate"),
        ("new", "createcachetable"),
        ("new", "load_iscg"),
        ("systemctl", "start", "iscg-portal@8001"),
        ("ready", 8001),
        ("nginx", "-t"),
        ("systemctl", "reload-or-restart", "nginx"),
        ("systemctl", "start", "--no-block", "iscg-warm-up"),
    ]
    assert machine.current == "new" and machine.site == "server 127.0.0.1:8001 max_fails=0;"
    assert machine.asked.index(("systemctl", "stop", "iscg-portal@8000")) > machine.asked.index(steps[-2])


@pytest.mark.parametrize("refused", ["backup", "migrate", "load_iscg", "start", "ready", "-t", "reload-or-restart"])
def test_what_is_refused_leaves_the_old_release(machine, monkeypatch, refused):
    machine.runs(machine.make("old", "base.1.css"))
    new = machine.make("new", "base.2.css")
    for name in ("manage", "systemctl", "run", "wait_until_ready"):
        monkeypatch.setattr(release, name, refusing(getattr(release, name), refused))
    with pytest.raises(server.Refused):
        release.put_in_place(new)
    assert machine.current == "old" and machine.site == "server 127.0.0.1:8000 max_fails=0;"
    assert ("systemctl", "stop", "iscg-portal@8000") not in machine.asked
    assert list((machine.root / "nginx" / "snippets").iterdir()) == []
    assert not [path for path in machine.root.glob("units/**/*") if path.is_file()]


def test_a_stored_file_that_is_damaged_stops_no_upgrade_and_is_said(machine, monkeypatch):
    said = []
    machine.runs(machine.make("old", "base.1.css"))
    (machine.root / "backups" / ".before-older.archive.part").touch()
    monkeypatch.setattr(release, "say", said.append)
    monkeypatch.setattr(release, "manage", refusing(release.manage, "backup", status=FILES_LACKING))
    release.put_in_place(machine.make("new", "base.2.css"))
    assert machine.current == "new" and any("The upgrade goes on" in sentence for sentence in said)
    assert list((machine.root / "backups").iterdir()) == []


def refusing(step, word, status=1):
    """The step, which refuses what it is asked with this word."""

    def take(*words):
        if word in words or (word == "ready" and words == (8001,)):
            raise server.Refused(word, status)
        return step(*words)

    return take


def test_a_reader_of_an_older_page_finds_its_styles(machine):
    for number in range(5):
        made = machine.make(f"release-{number}", f"base.{number}.css")
        os.utime(made, (number, number))
        release.publish(made)
    machine.runs(machine.root / "iscg" / "releases" / "release-0")
    release.clear()
    left = sorted(path.name for path in (machine.root / "iscg" / "var" / "static").iterdir())
    assert left == ["base.0.css", "base.2.css", "base.3.css", "base.4.css"]
    assert sorted(path.name for path in (machine.root / "iscg" / "releases").iterdir())[0] == "release-0"
    assert (machine.root / "iscg" / "var" / "errors" / "503-en.html").read_text() == "release-4"


def test_of_the_backups_before_a_release_three_are_kept(machine):
    machine.runs(machine.make("old", "base.1.css"))
    for number in range(5):
        archive = machine.root / "backups" / f"before-{number}.archive"
        archive.touch()
        os.utime(archive, (number, number))
    (machine.root / "backups" / "daily-2026-01-31.archive").touch()
    release.back_up(machine.make("new", "base.2.css"))
    left = sorted(path.name for path in (machine.root / "backups").iterdir())
    assert left == ["before-2.archive", "before-3.archive", "before-4.archive", "daily-2026-01-31.archive"]


def test_an_upgrade_that_was_broken_off_is_cleared_before_the_next(machine, monkeypatch):
    monkeypatch.setattr(release, "is_active", lambda unit: True)
    release.end_of_a_switch_that_was_broken_off()
    assert machine.asked[0] == ("systemctl", "reload", "nginx")
    assert machine.asked[-1] == ("systemctl", "stop", "iscg-portal@8001")


def test_settings_are_written_once_for_root_alone_with_a_secret_of_their_own(machine):
    install.write_settings(NAME)
    written = (machine.root / "iscg.env").read_text()
    install.write_settings(NAME)
    assert (machine.root / "iscg.env").read_text() == written
    assert (machine.root / "iscg.env").stat().st_mode & 0o777 == 0o600
    settings = server.settings()
    assert settings["SITE_URL"] == f"https://{NAME}" and len(settings["SECRET_KEY"]) > 50
    assert settings["DATABASE_URL"] == install.LOCAL_DATABASE
    with pytest.raises(server.Refused, match=f"says SITE_URL=https://{NAME}"):
        install.write_settings("another.example.org")


def test_settings_are_read_as_systemd_reads_them(machine):
    (machine.root / "iscg.env").write_text("# A=1\n;B=2\nC=3=4\nD = 'five # 5'\n\nE=\n")
    assert server.settings() == {"C": "3=4", "D": "five # 5", "E": ""}


@pytest.mark.parametrize("name", ["localhost", "a b.org", "iscg.example.org;", "-a.org", "https://a.org", "a.org/", ""])
def test_what_is_no_name_of_a_host_is_refused(name):
    assert not install.known(name)
    assert install.known("iscg.example.org")


def test_nginx_accepts_the_site_that_is_written(machine, monkeypatch):
    try:
        nginx = find_nginx()
    except NoNginx as reason:
        pytest.skip(str(reason))
    (machine.root / "nginx" / "sites-available" / "iscg").unlink()
    (machine.root / "nginx" / "sites-enabled" / "default").write_text("server { listen 80 default_server; }")
    certificates = machine.root / "letsencrypt" / "live" / NAME
    certificates.mkdir(parents=True)
    make_certificate(certificates, NAME)
    monkeypatch.setattr(install, "CERTIFICATES", machine.root / "letsencrypt" / "live")
    install.write_site(NAME)
    server.link(machine.root / "nginx" / "sites-enabled" / "iscg", Path("../sites-available/iscg"))
    assert NAME in machine.site and "iscg.example.org" not in machine.site
    text = machine.site.replace("/etc/letsencrypt", str(machine.root / "letsencrypt"))
    text = re.sub(r"(?<=[ =])/var/", f"{machine.root}/", text)
    text = re.sub(r"listen (\[::\]:)?(80|443)", lambda found: f"listen {found[1] or ''}1{found[2]:0>4}", text)
    (machine.root / "nginx" / "sites-available" / "iscg").write_text(text)
    known = machine.root / "nginx" / "snippets" / "iscg-http.conf"
    known.write_text(known.read_text().replace("/var/cache", str(machine.root / "cache")))
    for place in ("cache", "log/nginx"):
        (machine.root / place).mkdir(parents=True)
    (machine.root / "nginx" / "nginx.conf").write_text(MAIN.format(machine.root))
    command = [nginx, "-t", "-p", machine.root, "-c", machine.root / "nginx" / "nginx.conf"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not (machine.root / "nginx" / "sites-enabled" / "default").exists()
