"""A bare Debian with systemd as its first process, in namespaces of its own: for the tests of deploy/; always ended.

What is asked of the network is fetched before it starts: inside there is nothing but its own loopback.
"""

import ctypes
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG = 1
SUITE = "bookworm"
BASE = ["systemd", "systemd-sysv"]
# What belongs to a whole machine, or would reach for what is around this one.
NOT_HERE = """systemd-sysctl.service systemd-modules-load.service systemd-remount-fs.service systemd-timesyncd.service
systemd-udevd.service systemd-udev-trigger.service getty.target console-getty.service dev-hugepages.mount
dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount
apt-daily.timer apt-daily-upgrade.timer""".split()


class NoBareDebian(RuntimeError):
    """It cannot be made or started here; the text says why."""


def make_root(folder, packages):
    """A Debian with these packages in the folder, taken from var/ where it was made before."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        raise NoBareDebian("it takes root and debootstrap")
    wanted = sorted({*BASE, *packages})
    kept = ROOT / "var" / f"debian-{hashlib.sha256(' '.join([SUITE, *wanted]).encode()).hexdigest()[:12]}.tar"
    if not kept.exists():
        _debootstrap(folder, wanted)
        draft = kept.with_suffix(f".{os.getpid()}")
        _run("tar", "-C", folder, "--numeric-owner", "-cf", draft, ".")
        draft.replace(kept)
    else:
        _run("tar", "-C", folder, "--numeric-owner", "-xf", kept)
    for unit in NOT_HERE:
        (folder / "etc" / "systemd" / "system" / unit).symlink_to("/dev/null")


def _debootstrap(folder, packages):
    listed = _run("apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)")
    mirrors = [line.split()[0] for line in listed.splitlines() if line.endswith(f" {SUITE}")]
    if not mirrors:
        raise NoBareDebian(f"apt names no mirror for {SUITE}")
    alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]  # so that no mount stays behind
    _run(*alone, "debootstrap", "--variant=minbase", f"--include={','.join(packages)}", SUITE, folder, mirrors[0])


def fetch_wheels(folder, requirements):
    """The packages of a list with hashes, so that pip needs no network inside."""
    python = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    which = ["--require-hashes", "--only-binary=:all:", "--python-version=3.11"]
    _run(*python, *which, "-r", requirements, "-d", folder)


class Machine:
    """The Debian in the folder, running."""

    def __init__(self, root: Path):
        self.root, self.process, self.first = root, None, None

    def boot(self):
        """Returns once it has started what starts by itself. Errors: NoBareDebian."""
        apart = ["--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc", "--cgroup", "--net"]
        command = ["unshare", *apart, "--propagation=private", "sh", ROOT / "tools" / "boot.sh", self.root]
        with open(self.root.with_suffix(".log"), "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=_die_with_parent)
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            self.first = children[0] if children else None
            if self.first and self.ask("systemctl is-system-running").stdout.strip() in ("running", "degraded"):
                return
            time.sleep(1)
        self.kill()
        raise NoBareDebian(f"it does not start: {self.root.with_suffix('.log').read_text()[-600:]}")

    def command(self, script):
        """How the script is started inside, by bash and as root."""
        inside = ["nsenter", "--target", self.first, "--mount", "--pid", "--uts", "--ipc", "--cgroup", "--net"]
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return [
            *inside,
            "--root",
            "--wd",
            "env",
            "-i",
            path,
            "HOME=/root",
            "LANG=C",
            "bash",
            "-euo",
            "pipefail",
            "-c",
            script,
        ]

    def ask(self, script, timeout=3600):
        """How it ended, and what it said."""
        return subprocess.run(
            self.command(script), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout
        )

    def do(self, script, timeout=3600):
        """What it said; it has to end well."""
        done = self.ask(script, timeout)
        assert done.returncode == 0, f"{script}\nended with {done.returncode}:\n{done.stdout}"
        return done.stdout

    def kill(self):
        """As when the power goes."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=30)
        self.process = self.first = None


def _run(*command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise NoBareDebian(f"{command[0]} ended with {done.returncode}: {done.stdout[-600:]}")
    return done.stdout


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
