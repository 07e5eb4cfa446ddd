"""What is made ready before readers ask: a worker, and the pages that nginx keeps.

A new worker answers nobody before it is warm: a first request would wait seconds for what later ones find ready. It
asks itself for one page of each kind, and for the home page in each language: that imports every module, reads the
templates and the words of the six languages, opens the database and fills the caches of dates and of sorting.

For nginx each page of the sitemap is asked for as readers do, so that it has all of them should the portal go down. It
keeps a page in three forms, one for each way of packing it, and the address “/” for each language.
"""

import logging
import re
import ssl
import time
from collections.abc import Iterator
from http.client import HTTPException
from io import BytesIO
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

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


IN_THE_SITEMAP = re.compile(r"<loc>([^<]+)</loc>")
ENCODINGS = ("br", "gzip", "identity")
PATIENCE = 30  # seconds for an answer


class StayThere(HTTPRedirectHandler):
    """Where an address leads is asked for by itself."""

    def redirect_request(self, *args):
        return None


class WarmedUp(NamedTuple):
    """How many answers there were, and what was wrong with which address."""

    answers: int
    wrong: list[str]


def warm_up(rate) -> WarmedUp:
    """Ask at most `rate` times a second. Errors: OSError or HTTPException if the sitemap cannot be had."""
    trusted = ssl.create_default_context()  # else each request reads all certificates anew, for tens of milliseconds
    opener = build_opener(StayThere, HTTPSHandler(context=trusted))
    with opener.open(f"{settings.SITE_URL}/sitemap.xml", timeout=PATIENCE) as answer:
        sitemap = answer.read().decode()
    answers, wrong = 0, []
    for request in requests_for(IN_THE_SITEMAP.findall(sitemap)):
        began = time.monotonic()
        fault = _fault(opener, request)
        answers += 1
        wrong += [f"{request.full_url}: {fault}"] if fault else []
        time.sleep(max(0, began + 1 / rate - time.monotonic()))
    return WarmedUp(answers, wrong)


def requests_for(addresses) -> Iterator[Request]:
    """Each page in each form; none outside the portal."""
    ours = [address for address in addresses if address.startswith(f"{settings.SITE_URL}/")]
    for encoding in ENCODINGS:
        packed = {"Accept-Encoding": encoding}
        for prefix in PREFIX_OF_LANGUAGE.values():
            yield Request(f"{settings.SITE_URL}/", headers=packed | {"Accept-Language": prefix})
        yield from (Request(address, headers=packed) for address in ours)


def _fault(opener, request) -> str:
    """What was wrong with the answer; an empty text for nothing. Only “/” may lead elsewhere."""
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            answer.read()
    except HTTPError as answer:
        answer.close()
        return "" if answer.code in (302, 301) and request.selector == "/" else f"answered {answer.code}"
    except (OSError, HTTPException) as error:
        return str(getattr(error, "reason", error)) or type(error).__name__
    return ""
