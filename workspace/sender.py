"""The sender: what stands beside the portal and does what no request waits for.

It has two lanes, each a process of its own, so that a mail with a code never waits for a report: one delivers the
outbox, the other reads long imports, makes the files of reports, clears what is left over, and looks for overlaps and
gaps in the studies.
"""

import logging
import os
import subprocess
import sys
import time

from django.conf import settings

from iscg_portal.files.leftovers import clear_leftovers
from iscg_portal.importing.queue import work_off_next
from iscg_portal.mail.models import Mail
from iscg_portal.mail.sending import send_waiting
from iscg_portal.search.file_texts import forget_texts, read_next
from iscg_portal.search.indexing import mend
from iscg_portal.worker import EACH_HOUR, WHEN_IDLE, Away, Worker
from reports.acts.mails import cancel_mails
from reports.acts.transmissions import record_what_went, send_what_waited
from reports.rendering import make_next
from studies.overlaps.finder import look_through_if_due

LOOKED_OVER_EVERY = 60  # seconds: mails whose sender died, whose link is over, or whose sending is not recorded
CLEARED_EVERY = 3600  # seconds
FILES_LOOKED_FOR_EVERY = 10  # seconds: files whose text the search lacks
MENDED_EVERY = 24 * 3600  # seconds: what the search should have by itself
MAIL, WORK = "mail", "work"
LANES = (MAIL, WORK)

log = logging.getLogger(__name__)


def deliver(goes_on=lambda: True):
    """Send what may go now, and record the transmissions that went: what was done (`sending.Sent`).

    Transmissions that waited for the files of their report go now, if these are made; a report that was withdrawn or
    superseded while its mail was in the queue does not.
    """
    send_what_waited()
    done = send_waiting(goes_on=lambda: cancel_mails() is not None and goes_on())
    record_what_went()
    if done.failed or done.unknown:
        log.warning("Mails: %d refused, %d unknown; staff find them on the desk", done.failed, done.unknown)
    return done


def _make_a_file():
    """Make a file of a report that is due; with the last one go the transmissions that waited for it."""
    made = make_next()
    if made:
        send_what_waited()
    return bool(made)


class MailLane:
    """Delivers the outbox within about a second, and keeps the other lane going beside it."""

    def __init__(self, beside=None):
        self.worker = Worker(self.turn, beside)
        self.looked_over_at = self.started_at = float("-inf")
        self.other = None

    def run(self):
        """Until the end; then the other lane ends too, after the piece of work in hand."""
        try:
            self.worker.run()
        finally:
            if self.other:
                self.other.terminate()

    def turn(self):
        """One look at the outbox. Errors: Away while the mail server does not answer."""
        self._keep_the_other_going()
        is_due = time.monotonic() - self.looked_over_at > LOOKED_OVER_EVERY
        if not is_due and not Mail.objects.ready().exists():
            return
        self.looked_over_at = time.monotonic()
        done = deliver(self.worker.goes_on)
        if done.server_error:
            raise Away(f"The mail server does not take mail ({done.server_error})")

    def _keep_the_other_going(self):
        is_running = self.other is not None and self.other.poll() is None
        if is_running or time.monotonic() - self.started_at < LOOKED_OVER_EVERY:
            return
        if self.other is not None:
            log.error("The lane of the work ended with status %s; it is started again", self.other.returncode)
        self.started_at = time.monotonic()
        command = [sys.executable, settings.BASE_DIR / "manage.py", "send_mail_queue", "--lane", WORK]
        self.other = subprocess.Popen([*command, "--beside", str(os.getpid())])


class WorkLane:
    """Reads long imports and makes the files of reports, one piece a turn; clears what is over each hour.

    When nothing of that waits, it reads the texts of files for the search, and looks for overlaps and gaps in the
    studies, if the record has changed.
    """

    def __init__(self, beside=None):
        self.worker = Worker(self.turn, beside)
        self.cleared_at = self.looked_at = self.read_at = self.mended_at = float("-inf")

    def run(self):
        """Until the end. Readers come first."""
        os.nice(10)
        self.worker.run()

    def turn(self):
        """One piece of work; True where there was one."""
        if time.monotonic() - self.cleared_at > CLEARED_EVERY:
            self.cleared_at = time.monotonic()
            clear_leftovers()
            forget_texts()
            for task in EACH_HOUR:
                task()
        return work_off_next() or _make_a_file() or self._serve_the_search() or self._look_through()

    def _serve_the_search(self):
        """Read the text of a file; once a day look whether the search has what it should. True where there was one."""
        if time.monotonic() - self.mended_at > MENDED_EVERY:
            self.mended_at = time.monotonic()
            if changed := mend():
                log.info("The search lacked %d changes of the record", changed)
        if time.monotonic() - self.read_at < FILES_LOOKED_FOR_EVERY:
            return False
        more = read_next()
        self.read_at = float("-inf") if more else time.monotonic()
        return more

    def _look_through(self):
        """Look for overlaps and gaps, and what apps ask, where nothing else waits; True where it was done."""
        if time.monotonic() - self.looked_at < LOOKED_OVER_EVERY:
            return False
        self.looked_at = time.monotonic()
        return any([look_through_if_due(), *(task() for task in WHEN_IDLE)])
