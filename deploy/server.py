"""Where the portal lies on a server, and how a command is run there. Standard library alone: it runs before .venv is.

/srv/iscg/releases/NAME   a release: its code, which only root may write, and its own .venv and static files
/srv/iscg/8000, 8001      the release that each of the two ports answers with
/srv/iscg/current         the release of the sender, the timers and of the command `iscg`
/srv/iscg/var             what nginx reads (static, errors) and what the portal stores (media)
"""

import os
import subprocess
import sys
from pathlib import Path

HOME = Path("/srv/iscg")
RELEASES, CURRENT = HOME / "releases", HOME / "current"
SETTINGS = Path("/etc/iscg.env")
NGINX = Path("/etc/nginx")
UNITS = Path("/etc/systemd/system")
BACKUPS = Path("/var/backups/iscg")
SYSTEMD = Path("/run/systemd/system")  # there where systemd runs
SOURCE = Path(__file__).resolve().parent.parent
USER = "iscg"


class Refused(Exception):
    """The step cannot be done; the text says why. `status` is what a command ended with."""

    def __init__(self, sentence, status=None):
        super().__init__(sentence)
        self.status = status


def say(sentence):
    print(sentence, flush=True)


def run(*command, **how):
    """Run it, and say nothing while it goes well. Errors: Refused, with what it said."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how)
    if done.returncode:
        shown = " ".join(str(part) for part in command)
        raise Refused(f"{shown} ended with {done.returncode}:\n{done.stdout.strip()}", done.returncode)
    return done.stdout.strip()


def settings():
    """What stands in /etc/iscg.env, read as systemd reads it. Errors: Refused if it is not there."""
    try:
        lines = SETTINGS.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise Refused(f"{SETTINGS} is not there; deploy/install.py writes it.") from None
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith(("#", ";")))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def as_portal(release, umask=0o077):
    """How a program of the release is run: as its account, with its settings, in its folder."""
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | settings()
    return {"cwd": release, "env": environment, "umask": umask, "user": USER, "group": USER, "extra_groups": []}


def manage(release, *arguments, **how):
    """`manage.py` of the release. Errors: Refused."""
    return run(release / ".venv" / "bin" / "python", "manage.py", *arguments, **as_portal(release, **how))


def systemctl(*arguments):
    """Errors: Refused."""
    return run("systemctl", *arguments)


def is_active(unit):
    return subprocess.run(["systemctl", "is-active", "--quiet", unit]).returncode == 0


def link(name, target):
    """The link leads to the target from now on; there is no moment without it."""
    draft = name.with_name(f".{name.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    os.replace(draft, name)


def end_with(error):
    sys.exit(f"{error}\nWhat ran before goes on running.")


def must_be_root():
    if os.geteuid() != 0:
        sys.exit("This is for root.")
    os.umask(0o022)
    os.chdir("/")
