"""Serves a portal of its own with a plainly made-up year: the second half of `make demo`.

Each start begins anew; what somebody tried out is gone. The real record is never opened: with DEMO the settings read
no address of a database, of files, of a cache or of a mail server.
"""

import os
import shutil
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "demo"


def main():
    os.environ["DEMO"] = "on"
    os.environ.setdefault("PORT", "8100")  # beside the real portal
    os.environ.pop("SITE_URL", None)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(mode=0o700, parents=True)
    import run  # reads the settings

    run.main()


if __name__ == "__main__":
    main()
