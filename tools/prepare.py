"""Installs what the portal needs and this machine lacks: `python3 tools/prepare.py run|test|bench`.

Runs on a bare Python 3.11. A virtual environment is made in .venv from the hashed requirements and stamped when
it is complete, so that a second call costs nothing. On Debian the system packages come by apt when we are root.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import chromium

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "complete"
# Set the annual report in six scripts; the portal runs without them, but makes no PDF.
FOR_PDF = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core", "fonts-noto-cjk"]
FOR_BROWSER = ["libatomic1"]  # Playwright's own program, which leads the browser, needs it and does not bring it

FOR_TESTS = {  # what a server has, started by the tests, and what makes a bare one
    "nginx": "nginx-light",
    "redis-server": "redis-server",
    "systemd-analyze": "systemd",
    "debootstrap": "debootstrap",
}
SYSTEM_PYTHON = "/usr/bin/python3"
SYSTEM_FOLDERS = ["/usr/sbin", "/usr/local/sbin"]  # in the path of root alone
FOR_BENCH = ["wrk"]  # asks as fast as it is answered


def main(purpose):
    if sys.version_info < (3, 11):  # noqa: UP036  whatever `python3` is here, it reads this line
        sys.exit("The portal needs Python 3.11 or later.")
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    with open(ROOT / "var" / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second `make` waits for the first
        missing = not_installed(FOR_PDF)
        missing += [] if purpose == "run" else missing_for_tests()
        missing += not_installed(FOR_BENCH) if purpose == "bench" else []
        if missing:
            apt_install(missing)
        make_environment(["requirements.txt"] if purpose == "run" else ["requirements-dev.txt"])


def not_installed(packages):
    """Those of Debian's packages that this machine lacks; none where it is not Debian, since they have other names."""
    if not shutil.which("dpkg-query"):
        return []
    command = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\\n", *packages]
    known = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return [name for name in packages if f"{name} installed" not in known]


def missing_for_tests():
    """Servers, Chromium, systemd and debootstrap; without them the tests say which part they could not run."""
    searched = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    missing = [package for program, package in FOR_TESTS.items() if not shutil.which(program, path=searched)]
    if not os.environ.get("TEST_DATABASE_URL") and not has_postgresql():
        missing.append("postgresql")
    if not chromium.find_chromium():
        missing.append(chromium.PACKAGE)
    return missing + not_installed(FOR_BROWSER)


def has_postgresql():
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def apt_install(packages):
    """True if apt could install the packages; otherwise says how to."""
    by_hand = f"apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print(f"Missing on this machine: {', '.join(packages)}. As root on Debian: {by_hand}", flush=True)
        return False
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-q"], **quiet)
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    return subprocess.run(command, **quiet).returncode == 0


def make_environment(requirements):
    """A virtual environment with exactly the required packages; the stamp says which lists it holds."""
    wanted = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in requirements}
    held = STAMP.read_text().split() if STAMP.exists() else []
    if set(wanted.values()) <= set(held):
        return
    if not STAMP.exists():
        shutil.rmtree(VENV, ignore_errors=True)  # half-made by a call that did not end well
        create_environment()
    for name in requirements:
        print(f"Installing the packages of {name} into .venv ...", flush=True)
        pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pip += ["--no-compile"] if name == "requirements-dev.txt" else []  # tests do so themselves, where they import
        if subprocess.run([*pip, "--require-hashes", "-r", ROOT / name]).returncode != 0:
            sys.exit(f"The packages of {name} could not be installed; the lines above say why.")
    if "requirements-dev.txt" in wanted:  # it holds the packages of the other list, in the same versions
        wanted["requirements.txt"] = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    STAMP.write_text("\n".join(wanted.values()))


def create_environment():
    try:
        import ensurepip  # noqa: F401  Debian leaves it out; `venv` would then fail half-way
    except ImportError:
        if not apt_install(["python3-venv"]):
            sys.exit("Python cannot make virtual environments here: python3-venv is missing.")
    if subprocess.run([interpreter(), "-m", "venv", VENV]).returncode != 0:
        sys.exit("The virtual environment .venv could not be made; the lines above say why.")


def interpreter():
    """The system's own Python where it is of the same version: one compiled at home, as by pyenv, is a tenth slower."""
    same = f"import ensurepip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        is_as_good = subprocess.run([SYSTEM_PYTHON, "-c", same], capture_output=True).returncode == 0
    except OSError:
        is_as_good = False
    return SYSTEM_PYTHON if is_as_good else sys.executable


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"], ["bench"]):
        sys.exit("Usage: python3 tools/prepare.py run|test|bench")
    main(sys.argv[1])
