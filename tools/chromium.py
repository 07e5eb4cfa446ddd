"""The browser of the tests: Debian's Chromium. The one that has no windows takes half the time."""

import shutil

PACKAGE = "chromium-headless-shell"


def find_chromium():
    """Its path; None where there is none."""
    return shutil.which(PACKAGE) or shutil.which("chromium")
