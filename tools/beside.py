"""Beside `make run`, in the place of a server's timer: makes the files of published reports until the portal ends."""

import logging
import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "iscg_portal.settings"
EVERY = 15  # seconds

log = logging.getLogger("beside")


def main(portal):
    """`portal`: the process to stay beside."""
    import django

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.nice(10)  # readers come first
    django.setup()
    while os.getppid() == portal:
        make_files()
        for _second in range(EVERY):
            if os.getppid() != portal:
                return
            time.sleep(1)


def make_files():
    """What is due now; what goes wrong is said, and tried again the next time."""
    from django.db import close_old_connections

    from reports.rendering import make_due

    close_old_connections()
    try:
        make_due()
    except Exception:
        log.exception("The files of reports could not be made")
    finally:
        close_old_connections()


if __name__ == "__main__":
    main(int(sys.argv[1]))
