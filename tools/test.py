"""Everything `make test` does once the packages are there; with the word `walk`, what `make walk` does.

Lint and the migrations check come first; then the tests run on SQLite, browser tests included, and those that touch
the database on PostgreSQL too. Both run at once, each with a worker for each core, and one more on SQLite: while one
waits for a browser or a server another works. The last line is pytest's closing line for both together. What could not
run is said in one line just before it, and is a failure where CI is true. A walk has no lint and asks for no known
holes.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import audit
import chromium
import nginx
import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI", "").lower() in ("1", "true", "yes", "on")
CHECKS = {
    "ruff check": [BIN / "ruff", "check", "--quiet", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "djlint": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    # Compiles portal and tests where they are new: each of the workers would do so anew, for as long as for ten tests.
    "tests are read": [sys.executable, "-m", "pytest", "--collect-only", "-qq"],
}
# Each begins with its part of the tests, in their order, and takes over from the others when it is through.
WORKERS = {"PostgreSQL": min(os.cpu_count(), 8), "SQLite": min(os.cpu_count(), 8) + 1}
COUNTED = ("failed", "passed", "errors", "skipped", "xfailed", "xpassed", "warnings")


def main(walk=False):
    started = time.monotonic()
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of dozens of processes compiles the portal anew
    with ThreadPoolExecutor() as pool, ExitStack() as stack:
        auditing = None if walk else pool.submit(audit.verdict)
        broken = [] if walk else run_checks(pool)
        missing, sessions = plan(stack, ["--walk"] if walk else [])
        running = [pool.submit(run_session, name, *session) for name, session in sessions.items()]
        outcomes = [session.result() for session in running]
        notes = [auditing.result()[0]] if auditing else []
    notes += [f"did not run: {part}" for part in missing] + [f"failed: {name}" for name in broken]
    print(*notes, sep="\n")
    print(closing_line([counts for _, counts in outcomes], time.monotonic() - started), flush=True)
    failed = any(status for status, _ in outcomes) or broken or (CI and missing)
    sys.exit(1 if failed else 0)


def run_checks(pool):
    """The names of the checks that found something, after printing what."""
    runs = pool.map(lambda command: subprocess.run(command, capture_output=True, text=True), CHECKS.values())
    broken = []
    for name, done in zip(CHECKS, runs, strict=True):
        print(f"{name}: {'failed' if done.returncode else 'passed'}", flush=True)
        if done.returncode:
            print(done.stdout + done.stderr)
            broken.append(name)
    return broken


def plan(stack, arguments):
    """The parts that cannot run here, and the environment and arguments of each pytest session that can."""
    missing = []
    if not chromium.find_chromium():
        missing.append("the browser tests, since Chromium is not installed")
        arguments = [*arguments, "--ignore=tests/browser"]
    try:
        nginx.find_nginx()
    except nginx.NoNginx as reason:
        missing.append(f"the tests behind nginx, since {reason}")
        arguments = [*arguments, "--ignore=tests/nginx"]
    if not shutil.which("redis-server"):
        missing.append("the tests with Redis, since it is not installed")  # they are skipped
    if not shutil.which("systemd-analyze"):
        missing.append("the judgement of the units in deploy/systemd, since systemd-analyze is not installed")
    sessions = {"SQLite": ({"DATABASE_URL": ""}, arguments)}
    try:
        url = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(postgres.temporary_server())
        sessions["PostgreSQL"] = ({"DATABASE_URL": url}, [*arguments, "--only-database"])
    except postgres.NoPostgresql as reason:
        missing.append(f"the tests on PostgreSQL, since {reason}")
    return missing, sessions


def run_session(name, environment, arguments):
    """Exit status and counts of one pytest session; its lines are printed as they come, after its name."""
    command = [sys.executable, "-m", "pytest", "--color=no", "-rfEs", f"--numprocesses={WORKERS[name]}"]
    command += ["--dist=worksteal", *arguments]
    lines = []
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout:
            lines.append(line)
            print(f"{name:10} | {line}", end="", flush=True)
    return process.returncode, counted("".join(lines))


def counted(output):
    """What pytest's closing line counts: {"passed": 812, "failed": 1}."""
    for line in reversed(output.splitlines()):
        if re.search(r" in [\d.]+s", line):
            pairs = re.findall(r"(\d+) ([a-z]+)", line)
            return Counter({f"{word}s" if word in ("error", "warning") else word: int(n) for n, word in pairs})
    return Counter(errors=1)


def closing_line(counts, seconds):
    total = sum(counts, Counter())
    words = ", ".join(f"{total[word]} {word}" for word in COUNTED if total[word]) or "no tests ran"
    return f" {words} in {seconds:.2f}s ".center(80, "=")


if __name__ == "__main__":
    main(walk=sys.argv[1:] == ["walk"])
