"""A release: made in a folder of its own, and put in the place of the one that runs."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from server import (
    BACKUPS,
    CURRENT,
    HOME,
    NGINX,
    RELEASES,
    UNITS,
    USER,
    Refused,
    is_active,
    link,
    manage,
    run,
    say,
    settings,
    systemctl,
)

PORTS = (8000, 8001)
UPSTREAM = re.compile(r"(?<=server 127\.0\.0\.1:)\d+")
FILES_LACKING = 3  # exit status of `backup` where all else is in the archive
KEPT = 3  # releases and backups of before a release
STARTING = 120  # seconds that a release has to be ready
LEAVING = 150  # seconds that readers of the old one have: an import may take two minutes
TIMERS = ("send-due.timer", "verify.timer", "backup.timer", "warm-up.timer", "forget.path", "forget.timer")


def site():
    return NGINX / "sites-available" / "iscg"


def make(source):
    """The folder of the commit that is checked out in `source`, complete; made only once."""
    commit = run("git", "-C", source, "log", "-1", "--date=format:%Y-%m-%d", "--format=%cd-%h")
    release = RELEASES / commit
    if (release / "complete").exists():
        return release
    say(f"Making {release} ...")
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    archive = subprocess.Popen(["git", "-C", source, "archive", "HEAD"], stdout=subprocess.PIPE)
    run("tar", "--extract", "--directory", release, stdin=archive.stdout)
    if archive.wait():
        raise Refused(f"git cannot read {source}.")
    run(sys.executable, "tools/prepare.py", "run", cwd=release)
    python = release / ".venv" / "bin" / "python"
    run(python, "-c", "from tools import catalogues; catalogues.compile_all()", cwd=release)
    run(python, "-m", "compileall", "-q", "-x", r"/\.venv/", ".", cwd=release)
    var = release / "var"
    shutil.rmtree(var)
    var.mkdir()
    shutil.chown(var, USER, USER)
    manage(release, "check", "--deploy")
    manage(release, "collectstatic", "--no-input", umask=0o022)
    manage(release, "make_error_pages", umask=0o022)
    (release / "complete").touch()
    return release


def put_in_place(release):
    """The release answers readers from now on. Whatever fails before that leaves the old one as it is."""
    end_of_a_switch_that_was_broken_off()
    back_up(release)
    say("Bringing the database to this release ...")
    for command in (["migrate"], ["createcachetable"], ["load_iscg"]):
        manage(release, *command)
    publish(release)
    old = running_port()
    new = PORTS[0] if old != PORTS[0] else PORTS[1]
    link(HOME / str(new), release)
    units = bring_units(release)
    say(f"Starting it on port {new} ...")
    try:
        systemctl("start", f"iscg-portal@{new}")
        wait_until_ready(new)
        point_nginx(release, new)
    except Refused:
        systemctl("stop", f"iscg-portal@{new}")
        put_back(units)
        systemctl("daemon-reload")
        raise
    say(f"{release.name} answers.")
    bring_the_rest(release, new)
    if old:
        leave(old)
    clear()
    systemctl("start", "--no-block", "iscg-warm-up")


def bring_the_rest(release, port):
    """Sender and timers of the release; all of it starts with the machine."""
    systemctl("stop", "iscg-sender")
    link(CURRENT, release)
    timers = [f"iscg-{name}" for name in TIMERS]
    systemctl("enable", f"iscg-portal@{port}", "iscg-sender", *timers)
    systemctl("restart", "iscg-sender", *timers)


def running_port():
    """The port that nginx asks; None while nothing answers there."""
    if not site().exists():
        return None
    port = int(UPSTREAM.search(site().read_text())[0])
    return port if is_active(f"iscg-portal@{port}") else None


def end_of_a_switch_that_was_broken_off():
    """nginx asks the port that its file names, and nothing else of the portal runs."""
    port = running_port()
    if port is None:
        return
    systemctl("reload", "nginx")
    for other in PORTS:
        if other != port and is_active(f"iscg-portal@{other}"):
            leave(other)


def back_up(release):
    """By the release that runs: an archive belongs to the version that wrote it.

    A stored file that is damaged is said, and holds nothing up: no upgrade makes it worse.
    """
    if not CURRENT.exists():
        return
    archive = BACKUPS / f"before-{release.name}.archive"
    say(f"Taking the backup {archive} ...")
    try:
        say(manage(CURRENT.resolve(), "backup", archive))
    except Refused as refusal:
        if refusal.status != FILES_LACKING:
            raise
        say(f"{refusal}\nAll else is in it. Bring these files back from an older archive. The upgrade goes on.")
    for path in newest_first(BACKUPS.glob("before-*.archive"))[KEPT:]:
        path.unlink()
    for path in BACKUPS.glob(".before-*.part"):  # of a backup that a power cut ended
        path.unlink()


def publish(release):
    """Its static files and error pages to where nginx reads; those of older releases stay, whose pages are kept."""
    for name in ("static", "errors"):
        source = release / "var" / name
        for path in sorted(source.rglob("*")):
            target = HOME / "var" / name / path.relative_to(source)
            if path.is_dir():
                target.mkdir(parents=True, exist_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                write(target, path.read_bytes())


def write(path, content):
    """Whole at any moment: nginx or systemd may be reading."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    os.replace(draft, path)


def bring(source, target):
    """The files of one folder into another; what they replaced, None for what was not there."""
    replaced = {}
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        there = target / path.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        replaced[there] = there.read_bytes() if there.exists() else None
        write(there, path.read_bytes())
    return replaced


def put_back(replaced):
    for path, content in replaced.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            write(path, content)


def bring_units(release):
    units = bring(release / "deploy" / "systemd", UNITS)
    systemctl("daemon-reload")
    return units


def wait_until_ready(port):
    """Errors: Refused if it is not ready in time, with what it says."""
    request = Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": urlsplit(settings()["SITE_URL"]).netloc})
    said, end = "", time.monotonic() + STARTING
    while time.monotonic() < end:
        try:
            with urlopen(request, timeout=10):
                return
        except URLError as error:
            said = error.read().decode() if hasattr(error, "read") else error.reason
        except OSError as error:
            said = error
        time.sleep(1)
    raise Refused(f"The release is not ready on port {port} after {STARTING} seconds: {said}")


def point_nginx(release, port):
    """nginx asks the port from now on, with the snippets of the release. Errors: Refused; then it asks as before."""
    replaced = bring(release / "deploy" / "nginx" / "snippets", NGINX / "snippets")
    replaced[site()] = site().read_bytes()
    try:
        write(site(), UPSTREAM.sub(str(port), site().read_text()).encode())
        link(NGINX / "sites-enabled" / "iscg", Path("../sites-available/iscg"))
        run("nginx", "-t")
        systemctl("reload-or-restart", "nginx")
    except Refused:
        put_back(replaced)
        raise


def leave(port):
    """Stop the release on the port once nginx has answered whoever began with it."""
    say(f"Waiting for the last readers on port {port} ...")
    time.sleep(2)  # nginx starts its new processes first
    end = time.monotonic() + LEAVING
    while any_nginx_shutting_down() and time.monotonic() < end:
        time.sleep(1)
    systemctl("disable", f"iscg-portal@{port}")
    systemctl("stop", f"iscg-portal@{port}")


def any_nginx_shutting_down():
    """Whether a process of nginx still answers as the file said before."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"nginx: worker process is shutting down" in path.read_bytes():
                return True
        except OSError:
            continue
    return False


def clear():
    """Releases but the newest and those in use, and static files that none of the rest has."""
    used = {(HOME / str(name)).resolve() for name in ("current", *PORTS)}
    releases = newest_first(RELEASES.iterdir())
    for release in set(releases[KEPT:]) - used:
        shutil.rmtree(release)
    rest = [release / "var" / "static" for release in RELEASES.iterdir()]
    public = HOME / "var" / "static"
    for path in [path for path in public.rglob("*") if path.is_file()]:
        if not any((static / path.relative_to(public)).exists() for static in rest):
            path.unlink()


def newest_first(paths):
    return sorted(paths, key=lambda path: path.stat().st_mtime, reverse=True)
