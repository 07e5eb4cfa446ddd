"""The log keeps no secret of a one-time link, also where the portal refuses before any page is asked."""

import io
import logging

import pytest

from iscg_portal.mail.one_time import new_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def log_of():
    """`log_of(act)`: what the portal's own handler writes while the act goes on."""

    def written(act):
        handler = next(one for one in logging.getLogger("django").handlers if isinstance(one, logging.StreamHandler))
        stream = handler.setStream(lines := io.StringIO())
        try:
            act()
        finally:
            handler.setStream(stream)
        return lines.getvalue()

    return written


@pytest.mark.parametrize("page", ["confirm/", "join/", "invitation/", "follow/confirm/", "follow/stop/1."])
@pytest.mark.parametrize(
    ("end", "asked"),
    [("x/y", {}), ("/x", {}), (".", {}), ("/", {"CONTENT_LENGTH": "1000000000", "wsgi.input": io.BytesIO()})],
)
def test_no_refusal_writes_the_secret_into_the_log(client, log_of, page, end, asked):
    token, _digest = new_token()
    path = f"/en/{page}{token}{end}"
    lines = log_of(lambda: client.generic("POST", path, b"-", "multipart/form-data; boundary=m", **asked))
    assert token not in lines
    assert end != "/" or "Request Entity Too Large: /en/" in lines


def test_other_addresses_are_logged_whole(client, log_of):
    path = f"/en/documents/{'a-long-name-' * 5}/no/"
    assert path in log_of(lambda: client.get(path))
