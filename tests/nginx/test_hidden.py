"""What was hidden is taken out of nginx by iscg-forget: no copy of it outlives a portal that goes down right after."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from iscg_portal.history import remove_mistake
from meetings.acts import register
from tests.nginx.test_kept_pages import statuses

UNIT = Path(__file__).resolve().parents[2] / "deploy" / "systemd" / "iscg-forget.service"


def mark():
    return Path(settings.MEDIA_ROOT) / "hidden"


def forget(site):
    """What the unit does, in the folders of this run and without its pause."""
    here = {
        "/srv/iscg/var/media": settings.MEDIA_ROOT,
        "/var/cache/iscg-nginx-questions": site.server.folder / "questions",
        "/var/cache/iscg-nginx ": f"{site.server.folder / 'cache'} ",
    }
    for line in re.findall(r"^ExecStart=\+(.*)", UNIT.read_text(), re.M):
        for there, place in here.items():
            line = line.replace(there, str(place))
        subprocess.run(line.split(), check=True)


def restrict(paper):
    paper.visibility = "restricted"
    paper.save()


def take_the_file_away(paper):
    remove_mistake(paper.files.get(), reason="The file of another paper")


@pytest.mark.parametrize("hide", [restrict, take_the_file_away])
def test_no_copy_of_what_was_hidden_outlives_the_portal(site, paper, hide):
    addresses = [*paper.own, *paper.lists, "/en/meetings.ics", "/en/documents/?meeting=25-7"]
    for encoding in ("br", "identity"):
        assert set(statuses(site, addresses, accept_encoding=encoding)) == {200}
    hide(paper)
    assert mark().exists()
    with site.stopped():
        assert set(statuses(site, addresses)) == {200}, "nobody asked again, so they would stay for a day"
        forget(site)
        assert not mark().exists() and site.server.kept == []
        assert set(statuses(site, addresses)) == {503}
    shown = site.ask(paper.own[1])
    assert shown.status == 404 and site.ask("/en/documents/").status == 200


def test_what_is_withdrawn_stays_in_nginx(site, paper):
    register.withdraw(paper, paper.meeting.starts_on, "Sent in error")
    assert not mark().exists()
