"""Makes the portal ready and serves it on this machine: the second half of `make run`."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.umask(0o077)  # database, key and files are for this account alone
os.environ["DJANGO_SETTINGS_MODULE"] = "iscg_portal.settings"

import catalogues  # noqa: E402
import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connections  # noqa: E402
from gunicorn.app import wsgiapp  # noqa: E402

from iscg_portal.environment import is_loopback  # noqa: E402


def main():
    on_loopback = not os.environ.get("SITE_URL") or is_loopback(os.environ["SITE_URL"])
    if on_loopback and not os.environ.get("REQUIRE_SECOND_FACTOR"):
        os.environ["REQUIRE_SECOND_FACTOR"] = "off"
        print("The second factor for staff is off, since the portal answers on this machine only.")
    catalogues.compile_all()
    try:
        django.setup()
    except ImproperlyConfigured as refusal:
        sys.exit(f"The portal does not start: {refusal}")
    try:
        call_command("migrate", verbosity=0)
    except CommandError as refusal:
        sys.exit(str(refusal))
    call_command("createcachetable", verbosity=0)
    restore(sys.argv[1:])
    collect_static_files()
    if settings.DEMO:
        call_command("fill_demo")
    else:
        call_command("load_iscg")
        call_command("ensure_staff")
    connections.close_all()  # no worker shares one with another
    sys.stdout.flush()
    sender = [sys.executable, ROOT / "manage.py", "send_mail_queue", "--beside", str(os.getpid())]
    subprocess.Popen(sender)  # it ends with the portal
    serve()


def serve():
    """gunicorn in this process, whose workers find the portal loaded: loading takes longer than all before it."""
    sys.argv = ["gunicorn", "--preload", "iscg_portal.wsgi"]
    wsgiapp.run()


def restore(archives):
    """`make run ARCHIVE=file`: with the record of the archive, on a portal that has none."""
    for archive in filter(None, archives):
        try:
            call_command("restore", archive)
        except CommandError as refusal:
            sys.exit(
                f"The portal does not start with this archive: {refusal} Without ARCHIVE it starts with what it has."
            )


def collect_static_files():
    """Compressing them takes seconds, so it is done only when one of them, or what brings them, changed."""
    sources = [ROOT / "requirements.txt", ROOT / "iscg_portal" / "settings.py"]
    sources += sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    digest = hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in sources)).hexdigest()
    stamp = settings.STATIC_ROOT / "collected"
    if not stamp.exists() or stamp.read_text() != digest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest)


if __name__ == "__main__":
    main()
