"""What the server gets from the portal: status, headers and content as WSGI says them."""

from contextlib import contextmanager
from unittest.mock import patch

from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

from iscg_portal.web import page_cache
from iscg_portal.wsgi import application


@contextmanager
def connection_left_open():
    """Inside it no request ends the transaction of a test; Django's own test client does the same."""
    request_started.disconnect(close_old_connections)
    try:
        with patch.object(page_cache, "close_old_connections"):
            yield
    finally:
        request_started.connect(close_old_connections)


def environ_of(address, method="GET", headers=None, **environ):
    """What a server says of a request."""
    return RequestFactory(headers=headers).generic(method, address).environ | environ


def served(*asked, **also_asked):
    """(status, headers sorted by their names, content) of one answer."""
    said = []
    with connection_left_open():
        answer = application(environ_of(*asked, **also_asked), lambda status, named: said.extend((status, named)))
    return int(said[0][:3]), sorted(said[1]), b"".join(answer)


def kept(*asked, **also_asked):
    """What is answered before Django makes a request; None where it has to."""
    with connection_left_open():
        return page_cache.kept_answer(environ_of(*asked, **also_asked))
