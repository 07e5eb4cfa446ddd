"""A new worker answers nobody before it is warm: a first request would wait seconds for what later ones find ready.

It asks itself for one page of each kind, and for the home page in each language: that imports every module, reads the
templates and the words of the six languages, opens the database and fills the caches of dates and of sorting.
"""

import logging
import time
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error
from django.utils.translation import override

from front.sitemaps import paths_of_each_kind
from iscg_portal.languages import PREFIX_OF_LANGUAGE

OTHERS = ("/en/accounts/login/", "/sitemap.xml", "/robots.txt")
log = logging.getLogger(__name__)


def warm(application) -> list[int]:
    """Ask the WSGI application for what readers will ask; the statuses. While the database is away it stays cold."""
    began = time.monotonic()
    try:
        asked = list(dict.fromkeys(paths()))
    except Error as error:
        log.warning("The worker is not warm, since the database does not answer: %s", error)
        return []
    statuses = [_ask(application, path) for path in asked]
    bad = [path for path, status in zip(asked, statuses, strict=True) if status >= 400]
    if bad:
        log.warning("The worker is not warm: %s and %d more answered with an error", bad[0], len(bad) - 1)
    else:
        log.info("The worker is warm after %.1f seconds and %d pages", time.monotonic() - began, len(asked))
    return statuses


def paths():
    """What is asked for, one after the other."""
    yield from (f"/{prefix}/" for prefix in PREFIX_OF_LANGUAGE.values())
    with override("en"):
        kinds = list(paths_of_each_kind())
    yield from (f"/en/{path}" for path in kinds)
    yield from OTHERS


def _ask(application, path) -> int:
    """The status of the answer, which is read to its end."""
    site, begun = urlsplit(settings.SITE_URL), []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "HTTP_ACCEPT_ENCODING": "br, gzip",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    answer = application(environ, lambda status, *_headers: begun.append(status))
    try:
        for _part in answer:
            pass
    finally:
        getattr(answer, "close", lambda: None)()
    return int(begun[0].split()[0])
