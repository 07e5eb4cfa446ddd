"""The log keeps no secret of a one-time link and nobody's address, and has one line for what is refused."""

import io
import logging

import pytest
from django.test import Client

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


FOLLOW = "/en/follow/"
PARTS = "multipart/form-data; boundary=m"
CUT_OFF = {"CONTENT_LENGTH": "999", "wsgi.input": io.BytesIO(b"--m\r\n")}
REFUSED = {
    "another host": (400, lambda: Client().get("/en/", headers={"host": "elsewhere.example"})),
    "a host that is none": (400, lambda: Client().get("/admin/", headers={"host": "a b\t<"})),
    "a form of elsewhere": (403, lambda: Client(enforce_csrf_checks=True).post(FOLLOW, {"email": "a@example.org"})),
    "a form too large": (400, lambda: Client().post(FOLLOW, {"email": "x" * 5_500_000})),
    "too many fields": (400, lambda: Client().post(FOLLOW, {str(number): "x" for number in range(5_001)})),
    "a form cut off": (400, lambda: Client().generic("POST", FOLLOW, b"-", PARTS, **CUT_OFF)),
    "a NUL": (400, lambda: Client().get(f"{FOLLOW}?about=%00")),
    "nothing there": (404, lambda: Client().get("/en/nothing%0a2026-01-01 ERROR made up/")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_one_line_that_names_no_reader(log_of, case):
    status, ask = REFUSED[case]
    answers = []
    lines = log_of(lambda: answers.append(ask().status_code))
    assert lines.count("\n") == 1 and lines.endswith("\n")
    assert "127.0.0.1" not in lines and "@" not in lines
    assert answers in ([status], [413])


def test_asking_for_the_head_of_a_page_writes_no_line():
    assert not logging.getLogger("gunicorn.http.wsgi").isEnabledFor(logging.WARNING)


def test_an_error_of_ours_has_its_trace_but_no_address(log_of):
    def fail():
        try:
            raise ValueError("Key (email)=(una.sample@example.org) already exists.")
        except ValueError:
            logging.getLogger("django.request").exception("Made\nup", extra={"status_code": 500})

    lines = log_of(fail)
    assert "Traceback" in lines and "Made\\nup" in lines and "(email)=(…) already exists" in lines
