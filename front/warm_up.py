"""Asks for each page of the sitemap as readers do, so that nginx has all of them should the portal go down.

nginx keeps a page in three forms, one for each way of packing it, and the address “/” for each language.
"""

import re
import ssl
import time
from collections.abc import Iterator
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from django.conf import settings

from iscg_portal.languages import PREFIX_OF_LANGUAGE

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
