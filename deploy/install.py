"""Puts the portal on a Debian with systemd: `python3 deploy/install.py iscg.example.org`, as root.

Safe to run again: what is there stays, settings, database, certificate and the site of nginx among it.
"""

import fcntl
import os
import pwd
import re
import secrets
import shutil
import sys
from pathlib import Path

import server
from release import make, put_in_place, site
from server import BACKUPS, HOME, NGINX, RELEASES, SETTINGS, SOURCE, USER, Refused, end_with, must_be_root, run, say

PACKAGES = ["ca-certificates", "git", "nginx-light", "postgresql", "python3-venv"]
CERTIFICATES, HOSTS = Path("/etc/letsencrypt/live"), Path("/etc/hosts")
LOCAL_DATABASE = "postgres://iscg@%2Frun%2Fpostgresql/iscg"
HOST_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
AS_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": "/"}


def main(name):
    must_be_root()
    try:
        if not server.SYSTEMD.is_dir():
            raise Refused("systemd does not run here; docs/deploy.md says what it is asked to run.")
        install_packages()
        make_account_and_folders()
        write_settings(name)
        make_database()
        write_site(name)
        lead_name_here(name)
        with open(HOME / "upgrade.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            put_in_place(make(SOURCE))
    except Refused as refusal:
        end_with(refusal)
    say(f"The portal answers at https://{name}/. Next: a mail server in {SETTINGS}, and `iscg createsuperuser`.")


def install_packages():
    sys.path.insert(0, str(SOURCE / "tools"))
    import prepare

    missing = prepare.not_installed(PACKAGES)
    if missing and not prepare.apt_install(missing):
        raise Refused("apt could not install them.")
    server.systemctl("start", "postgresql", "nginx")


def make_account_and_folders():
    try:
        pwd.getpwnam(USER)
    except KeyError:
        shell = "/usr/sbin/nologin"
        run("useradd", "--system", "--user-group", "--home-dir", HOME, "--no-create-home", "--shell", shell, USER)
    for folder in (HOME, RELEASES, HOME / "var", HOME / "var" / "static", HOME / "var" / "errors"):
        folder.mkdir(mode=0o755, exist_ok=True)
    for folder in (HOME / "var" / "media", BACKUPS):
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.chown(folder, USER, USER)
    server.link(Path("/usr/local/sbin/iscg"), server.CURRENT / "deploy" / "iscg")


def write_settings(name):
    """From the example, with this name and a secret of its own; settings that are there stay."""
    if SETTINGS.exists():
        found = server.settings().get("SITE_URL")
        if found != f"https://{name}":
            raise Refused(f"{SETTINGS} says SITE_URL={found}, and not https://{name}.")
        return
    text = (SOURCE / "deploy" / "iscg.env.example").read_text()
    text = text.replace("iscg.example.org", name)
    text = text.replace("SECRET_KEY=\n", f"SECRET_KEY={secrets.token_urlsafe(64)}\n")
    draft = SETTINGS.with_name(".iscg.env.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    os.replace(draft, SETTINGS)


def make_database():
    """The account and the database on this machine, unless the settings name another."""
    if server.settings().get("DATABASE_URL") != LOCAL_DATABASE:
        return
    if not run("psql", "-tAc", "SELECT 1 FROM pg_roles WHERE rolname = 'iscg'", **AS_POSTGRES):
        run("createuser", "iscg", **AS_POSTGRES)
    if not run("psql", "-tAc", "SELECT 1 FROM pg_database WHERE datname = 'iscg'", **AS_POSTGRES):
        shape = ["--encoding=UTF8", "--locale=C.UTF-8", "--template=template0"]
        run("createdb", "iscg", "--owner=iscg", *shape, **AS_POSTGRES)


def write_site(name):
    """nginx's file for this name, unless there is one. Errors: Refused while there is no certificate."""
    if site().exists():
        return
    if not (CERTIFICATES / name / "fullchain.pem").exists():
        raise Refused(
            f"There is no certificate for {name} yet. docs/deploy.md says how to get one; then run this again."
        )
    text = (SOURCE / "deploy" / "nginx" / "iscg.conf").read_text()
    shutil.copytree(SOURCE / "deploy" / "nginx" / "snippets", NGINX / "snippets", dirs_exist_ok=True)
    (NGINX / "sites-enabled" / "default").unlink(missing_ok=True)
    site().write_text(text.replace("iscg.example.org", name))


def lead_name_here(name):
    """On this machine the portal's name is this machine, whatever stands between it and its readers."""
    if not any(name in line.split()[1:] for line in HOSTS.read_text().splitlines()):
        with HOSTS.open("a") as hosts:
            hosts.write(f"127.0.0.1 {name}\n")


def known(name):
    """Whether a certificate may have this name."""
    return HOST_NAME.fullmatch(name) is not None


if __name__ == "__main__":
    if len(sys.argv) != 2 or not known(sys.argv[1]):
        sys.exit("Usage: python3 deploy/install.py NAME, where NAME is the portal's, such as iscg.example.org")
    main(sys.argv[1])
