"""docs/deploy.md says of nginx what its files do; tests/deploy carries the page out."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_site_says_what_the_page_says_of_it():
    said = (ROOT / "docs" / "deploy.md").read_text()
    site, http, snippet = (
        (ROOT / "deploy" / "nginx" / name).read_text()
        for name in ("iscg.conf", "snippets/iscg-http.conf", "snippets/iscg-site.conf")
    )
    assert "rate=50r/s" in http and "rate=3r/s" in http and "50 a second" in said and "3 a second" in said
    assert "burst=1000" in snippet and "delay=100" in snippet and "1,000 in advance" in said
    assert "6000000;" in snippet and "101000000;" in snippet and "6 MB, in the admin 101 MB" in said
    assert "proxy_cache_path /var/cache/iscg-nginx " in site and "systemctl start iscg-forget" in said
    assert not re.search(r"^\s*(proxy_cache_background_update|proxy_cache_use_stale (?!off))", snippet, re.M)
