"""Makes the portal ready and serves it on this machine: the second half of `make run`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.umask(0o077)  # database, key and files are for this account alone
os.environ["DJANGO_SETTINGS_MODULE"] = "iscg_portal.settings"

import catalogues  # noqa: E402
import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

from iscg_portal.loopback import is_loopback  # noqa: E402


def main():
    on_loopback = not os.environ.get("SITE_URL") or is_loopback(os.environ["SITE_URL"])
    if on_loopback and not os.environ.get("REQUIRE_SECOND_FACTOR"):
        os.environ["REQUIRE_SECOND_FACTOR"] = "off"
        print("The second factor for staff is off, since the portal answers on this machine only.")
    catalogues.compile_all()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_iscg")
    call_command("ensure_staff")
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    sys.stdout.flush()
    os.execv(gunicorn, [gunicorn, "iscg_portal.wsgi"])


if __name__ == "__main__":
    main()
