"""An act killed at a random step, then done again: nothing is half done, lost or doubled."""

import random
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ValidationError

from iscg_portal.archive.backup import backup
from iscg_portal.archive.container import ArchiveRefused, opened
from iscg_portal.archive.restore import restore
from iscg_portal.files.whole import open_whole
from iscg_portal.importing import staging
from iscg_portal.mail.models import SENDER_DIED_AFTER, Mail
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from iscg_portal.models import StoredFile
from members.models import Person, Representative
from reports.acts import annual_reports
from reports.models import AnnualReport, Rendition
from reports.models.report_files import GIVEN_UP_AFTER
from reports.rendering import make_next
from tests.archive.conftest import files, rows
from tests.kept_rows import counts
from tests.kills import run_apart
from tests.mail_server import mail_server
from tests.workspace.roles import standing_roles
from torture.bounds import Bounds
from torture.races import kept, standing
from workspace.sender import deliver

MAILS, MOST_TOLD = 3, 5


class Act:
    """What is killed. `is_whole` judges what stands when it was killed, `finish` what stands once it is done again."""

    def __init__(self, put_back, stack):
        self.put_back = put_back

    def begin(self):
        """Everything is as before the act."""
        self.world = self.put_back()

    def learn(self):
        """How many steps it takes; what there is of everything before and after it."""
        self.begin()
        self.run()  # so that this process has read all that it needs, as those that are killed will have
        self.begin()
        self.before = counts()
        self.steps = run_apart(self.run)
        self.after = counts()
        return self.steps

    def fault(self):
        """What a killed one leaves half done, in words."""
        if counts() not in (self.before, self.after):
            return "some of it is written, and some is not"
        return fault_of_files()

    def finish(self):
        """What is wrong after it is done again."""
        try:
            self.run()
        except ValidationError:
            pass  # it was done, and is refused the second time
        return "" if counts() == self.after else "done again, it is not what it is without a kill"


class Importing(Act):
    make = staticmethod(standing)

    def run(self):
        staging.confirm(self.world.staged, Representative, reason="Killed now and then")


class Publishing(Act):
    make = staticmethod(standing)

    def run(self):
        annual_reports.publish(AnnualReport.objects.get(pk=self.world.report.pk), None, "Killed now and then")


def published():
    """The standing ISCG with a report whose files are to be made."""
    world = standing()
    annual_reports.publish(world.report, None, "Made up")
    return world


class Rendering(Act):
    """The PDF of a report."""

    make, later = staticmethod(published), None

    def begin(self):
        super().begin()
        Rendition.objects.exclude(language="en", kind="pdf").delete()

    def run(self):
        make_next(self.later)

    def fault(self):
        rendition = Rendition.objects.get()
        if (rendition.stored is not None) != (counts() == self.after):
            return "the file is made, and not with its report"
        return fault_of_files()

    def finish(self):
        claimed = Rendition.objects.get().claimed_at
        self.later = claimed and claimed + 2 * GIVEN_UP_AFTER
        found = super().finish()
        self.later = None
        return found or ("" if Rendition.objects.get().state == "made" else "the file is never made")


class Sending(Act):
    """A few mails to a real server on the loopback."""

    make = staticmethod(standing)

    def __init__(self, put_back, stack):
        super().__init__(put_back, stack)
        self.server = stack.enter_context(mail_server(settings))

    def begin(self):
        super().begin()
        Mail.objects.all().delete()
        self.server.mails.clear()
        put(
            [
                write_mail(Reader(f"reader{n}@example.org"), lambda: Letter("Made up", "", "", ["Made up."]))
                for n in range(MAILS)
            ]
        )

    def run(self):
        deliver()

    def fault(self):
        arrived, unsent = self.server.receivers, Mail.objects.exclude(state="sent").values_list("to", flat=True)
        if len(set(arrived)) < len(arrived):
            return "a mail arrived twice"
        sure = set(arrived) - set(unsent)
        if len(set(arrived) - sure) > 1 or Mail.objects.filter(state="sending").count() > 1:
            return "more than one mail is in nobody's hands"
        return "" if Mail.objects.filter(state="sent").count() == len(sure) else "a mail is called sent and is not"

    def finish(self):
        died = Mail.objects.filter(state="sending").values_list("claimed_at", flat=True).first()
        Mail.objects.call_unknown(died and died + 2 * SENDER_DIED_AFTER)
        self.run()
        states = list(Mail.objects.values_list("state", flat=True))
        if set(states) > {"sent", "unknown"} or states.count("unknown") > 1 or len(states) != MAILS:
            return "a mail is lost"
        return self.fault()


class BackingUp(Act):
    make = staticmethod(standing_roles)

    def __init__(self, put_back, stack):
        super().__init__(put_back, stack)
        self.path = Path(stack.enter_context(TemporaryDirectory(prefix="iscg-archive-"))) / "archive"

    def begin(self):
        super().begin()
        backup(self.path)

    def run(self):
        backup(self.path)

    def fault(self):
        try:
            with opened(self.path):
                return super().fault()
        except ArchiveRefused as refusal:
            return f"the archive is broken: {refusal}"

    def finish(self):
        found = super().finish()
        left = [path.name for path in self.path.parent.iterdir() if path != self.path]
        return found or (f"left over: {', '.join(left)}" if left else "")


class Restoring(BackingUp):
    """The archive in the place of another record."""

    def begin(self):
        super().begin()
        self.new = rows(), files()
        Person.objects.filter(slug="lea-nobody").update(name="Another Name, made up")
        self.old = rows()

    def run(self):
        restore(self.path, replace=True)

    def fault(self):
        return fault_of_files() if rows() in (self.old, self.new[0]) else "some of it is restored, and some is not"

    def finish(self):
        self.run()
        return "" if (rows(), files()) == self.new else "restored again, it is another record"


ACTS = {
    "import": Importing,
    "publishing": Publishing,
    "rendering": Rendering,
    "sending": Sending,
    "backup": BackingUp,
    "restore": Restoring,
}


def fault_of_files():
    """Each stored file is in its place, and what it was."""
    for sha256 in StoredFile.objects.values_list("pk", flat=True):
        try:
            open_whole(sha256).close()
        except OSError as error:
            return f"a stored file is not what it was: {error}"
    return ""


def kill(kind, put_back, count, seconds, seed=0):
    """Kill the act so often: {"kills", "steps", "faults", "seconds", "told"}."""
    chance, bounds, faults, kills = random.Random(seed), Bounds(count, seconds), [], 0
    with ExitStack() as stack:
        act = kind(put_back, stack)
        steps = act.learn()
        for _ in bounds:
            act.begin()
            step = chance.randint(1, steps)
            kills += (was_killed := run_apart(act.run, dies_at=step) is None)
            if was_killed and (fault := act.fault() or act.finish()):
                faults.append(f"at step {step}: {fault}")
    told = {"told": faults[:MOST_TOLD], "seconds": bounds.seconds}
    return {"kills": kills, "steps": steps, "faults": len(faults), **told}


def main(name, count, seconds):
    with kept(ACTS[name].make) as put_back:
        return kill(ACTS[name], put_back, count, seconds)
