"""What a reader's browser loads: a first visit with everything the page needs, and the next page."""

import re

from bench.servers import BROWSER, fetch

LOADS = re.compile(
    rb"""<link\b[^>]*\brel="(?:stylesheet|icon|preload)"[^>]*>|<(?:script|img|source)\b[^>]*\bsrc="[^"]+"[^>]*>"""
)
ADDRESS = re.compile(rb"""\b(?:href|src)="([^"]+)\"""")
INSIDE_CSS = re.compile(rb"""(?:url\(|@import )["']?([^"')]+)""")


def load(port, path):
    """(bytes over the wire without the status line, unpacked body) of one address."""
    _headers, plain = fetch(port, path)
    headers, body = fetch(port, path, BROWSER)
    return len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items()), plain


def parts_of(body):
    """The addresses of style sheets, scripts, icons and pictures that a page loads."""
    return {ADDRESS.search(tag)[1].decode() for tag in LOADS.findall(body) if ADDRESS.search(tag)}


def weigh(port, paths):
    """{name: (bytes of a first visit, bytes of the page when its parts are known)}, with headers.

    A sheet (PDF), a card (PNG), a feed or a calendar is no page, and is left out.
    """
    weights, known = {}, {}

    def weight_of(address):
        if address not in known:
            known[address], content = load(port, address)
            if address.endswith(".css"):
                folder = address.rpartition("/")[0]
                inner = {found.decode() for found in INSIDE_CSS.findall(content) if not found.startswith(b"data:")}
                known[address] += sum(weight_of(one if one[0] == "/" else f"{folder}/{one}") for one in inner)
        return known[address]

    for name, path in paths.items():
        if not fetch(port, path)[0]["content-type"].startswith("text/html"):
            continue
        own, body = load(port, path)
        weights[name] = (own + sum(weight_of(part) for part in parts_of(body)), own)
    return weights
