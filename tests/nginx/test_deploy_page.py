"""docs/deploy.md, taken word for word, gives an nginx that accepts its configuration."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.nginx import find_nginx, make_certificate

ROOT = Path(__file__).resolve().parents[2]
NOT_HERE = ("apt-get ", "certbot ", "nginx -t")  # what changes the machine; and nginx is asked below
MAIN = "events {{}}\npid {0}/nginx.pid;\nerror_log stderr;\nhttp {{\n  include {0}/etc/nginx/sites-enabled/*;\n}}\n"


def blocks():
    chapter = (ROOT / "docs" / "deploy.md").read_text().partition("## nginx\n")[2].partition("\n## ")[0]
    return re.findall(r"```\n(.*?)```", chapter, re.S)


@pytest.fixture
def machine(tmp_path):
    """The folders of a Debian on which nginx was just installed, and the portal."""
    for name in ("snippets", "sites-available", "sites-enabled"):
        (tmp_path / "etc" / "nginx" / name).mkdir(parents=True)
    (tmp_path / "etc" / "nginx" / "sites-enabled" / "default").write_text("server { listen 80 default_server; }")
    (tmp_path / "etc" / "nginx" / "nginx.conf").write_text(MAIN.format(tmp_path))
    (tmp_path / "var" / "cache").mkdir(parents=True)
    (tmp_path / "var" / "log" / "nginx").mkdir(parents=True)
    shutil.copytree(ROOT / "deploy", tmp_path / "srv" / "iscg" / "deploy")
    return tmp_path


def test_the_commands_give_a_configuration_that_nginx_accepts(machine):
    commands = [line for block in blocks() for line in block.splitlines() if not line.startswith(NOT_HERE)]
    here = re.sub(
        r"(?<=[ >])/(etc|srv|var)/", rf"{machine}/\1/", "\n".join(commands).replace("iscg.example", "portal.example", 1)
    )
    subprocess.run(["sh", "-euc", here], check=True)
    site = machine / "etc" / "nginx" / "sites-available" / "iscg"
    assert "portal.example.org" in site.read_text() and "iscg.example.org" not in site.read_text()
    certificates = machine / "etc" / "letsencrypt" / "live" / "portal.example.org"
    certificates.mkdir(parents=True)
    make_certificate(certificates)
    text = re.sub(r"(?<=[ =])/(etc|srv|var)/", rf"{machine}/\1/", site.read_text())
    text = re.sub(r"listen (\[::\]:)?(80|443)", lambda port: f"listen {port[1] or ''}1{port[2]:0>4}", text)
    site.write_text(text)
    done = subprocess.run(
        [find_nginx(), "-t", "-p", machine, "-c", machine / "etc" / "nginx" / "nginx.conf"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert not (machine / "etc" / "nginx" / "sites-enabled" / "default").exists()


def test_the_site_says_what_the_page_says_of_it():
    said = (ROOT / "docs" / "deploy.md").read_text()
    site, http, snippet = (
        (ROOT / "deploy" / "nginx" / name).read_text()
        for name in ("iscg.conf", "snippets/iscg-http.conf", "snippets/iscg-site.conf")
    )
    assert "rate=50r/s" in http and "rate=3r/s" in http and "50 a second" in said and "3 a second" in said
    assert "burst=1000" in snippet and "delay=100" in snippet and "1,000 in advance" in said
    assert "6000000;" in snippet and "101000000;" in snippet and "6 MB, in the admin 101 MB" in said
    assert "proxy_cache_path /var/cache/iscg-nginx" in site and "rm -r /var/cache/iscg-nginx/*" in said
    assert not re.search(r"^\s*(proxy_cache_background_update|proxy_cache_use_stale (?!off))", snippet, re.M)
