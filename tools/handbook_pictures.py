"""Makes the pictures of the handbook anew: `.venv/bin/python tools/handbook_pictures.py [NAME …]`.

They show the demonstration (`make demo`): the one that answers on its port, else one that is started for them and ended
afterwards. So no picture shows a real person or mail.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8100')}"
PATIENCE = 180  # seconds for a demonstration to be filled
WIDTH, HEIGHT = 1100, 760

SECRETARIAT = "Secretariat, with every right"
# name: (the role that its button names, address, what is clicked there one after the other)
PICTURES = {
    "sign-in": ("", "/en/accounts/login/", []),
    "desk": (SECRETARIAT, "/admin/", []),
    "replace": (SECRETARIAT, "/admin/members/representative/", ["text=Rita Radiosample", "text=Replace…"]),
    "coordinator": (SECRETARIAT, "/admin/subjects/coordinator/name/", []),
    "edition": (SECRETARIAT, "/admin/subjects/edition/add/", []),
    "meeting": (SECRETARIAT, "/admin/meetings/meeting/?q=sample", ["#result_list tbody a", "text=Postpone or move…"]),
    "log": (SECRETARIAT, "/admin/changes/?kind=members.representative", []),
    "upload": (SECRETARIAT, "/admin/meetings/document/upload/", []),
    "transmission": (SECRETARIAT, "/admin/reports/transmission/", ["#result_list tbody th a"]),
    "workspace": ("Coordinator of a subject", "/en/workspace/", []),
}


def main():
    own = None if answers() else subprocess.Popen([sys.executable, ROOT / "tools" / "demo.py"])
    try:
        wait_for_it(own)
        FOLDER.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=["--no-sandbox"])
            for name in sys.argv[1:] or PICTURES:
                take(browser, name, *PICTURES[name])
            browser.close()
    finally:
        if own:
            own.terminate()
            own.wait(30)


def answers():
    """Whether a portal answers, which is a demonstration: another one is never photographed."""
    try:
        with urllib.request.urlopen(f"{ADDRESS}/en/", timeout=10) as page:
            is_demo = "demo-band" in page.read().decode()
    except (urllib.error.URLError, OSError):
        return False
    if not is_demo:
        sys.exit(f"What answers at {ADDRESS} is no demonstration.")
    return True


def wait_for_it(own):
    end = time.monotonic() + PATIENCE
    while not answers():
        if time.monotonic() > end or own.poll() is not None:
            sys.exit("The demonstration did not start; its words above say why.")
        time.sleep(1)


def take(browser, name, role, address, clicks):
    """One picture, with a browser of its own, in English and light."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en", color_scheme="light")
    page = context.new_page()
    if role:
        page.goto(f"{ADDRESS}/en/accounts/login/")
        page.get_by_role("button", name=role, exact=True).click()
        page.wait_for_load_state()
    page.goto(f"{ADDRESS}{address}")
    for one in clicks:
        page.locator(one).first.click()
        page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
