"""Asks the advisory sources about the required packages: `make audit`.

An audit that did not happen is never reported as passed: pip-audit ends well when it reaches no source, so only
a report that speaks of every package counts.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def verdict(seconds=60):
    """One line about requirements.txt, and whether it was audited and is clean (None: no audit happened)."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes"]
        command += ["-r", ROOT / "requirements.txt", "--format", "json", "--output", report]
        try:
            subprocess.run(command, capture_output=True, timeout=seconds)
            packages = json.loads(report.read_text())["dependencies"]
        except (subprocess.TimeoutExpired, OSError, ValueError, KeyError):
            return "audit: not done, no advisory source was reached", None
    unheard = [package["name"] for package in packages if "vulns" not in package]
    if unheard or not packages:
        return f"audit: not done for {', '.join(unheard) or 'any package'}", None
    known = [f"{package['name']} ({vuln['id']})" for package in packages for vuln in package["vulns"]]
    if known:
        return f"audit: known vulnerabilities in {', '.join(known)}", False
    return f"audit: no known vulnerability in {len(packages)} packages", True


if __name__ == "__main__":
    line, clean = verdict()
    print(line)
    sys.exit(0 if clean else 1)
