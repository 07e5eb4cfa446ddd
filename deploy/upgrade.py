"""Puts the commit checked out here in the place of the release that runs: `python3 deploy/upgrade.py`, as root.

No reader notices: the new release answers on the other port before nginx asks it. What is refused on the way leaves
the old one running. An earlier commit checked out and put in place so is the way back.
"""

import fcntl

from release import make, put_in_place
from server import CURRENT, HOME, SOURCE, Refused, end_with, must_be_root


def main():
    must_be_root()
    if not CURRENT.exists():
        end_with("No release is in place yet; deploy/install.py puts the first.")
    with open(HOME / "upgrade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            put_in_place(make(SOURCE))
        except Refused as refusal:
            end_with(refusal)


if __name__ == "__main__":
    main()
