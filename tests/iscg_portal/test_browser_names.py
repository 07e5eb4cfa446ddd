"""What a browser says of itself, in words that its owner knows."""

import pytest

from iscg_portal.templatetags.printed import browser


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("a made-up robot", "a made-up robot"),
        ("", ""),
    ],
)
def test_a_browser_has_a_name(said, named):
    assert browser(said) == named
