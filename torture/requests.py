"""The hostile requests, as bytes: each generator spoils one thing, and now and then two."""

import gzip
import json
import string
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote


class Target(NamedTuple):
    """What is asked: addresses, and cookies of whoever asks, an empty one among them."""

    addresses: list[str]
    cookies: list[str]


LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
WORDS = (
    "on from to page q sector state coordinator sort when type year region country subject format next login email code"
    " o p all e _popup _to_field _changelist_filters _facets is_active__exact id__in pk__gte name__regex slug__iregex"
    " history_date__gte starts_on__year person__account__password__startswith field_name app_label model_name term"
    " action select_across index _selected_action object_id opened_version csrfmiddlewaretoken"
).split()
TEXTS = (
    "", "0", "-1", "1", "9" * 30, "9" * 400, "1e400", "NaN", "inf", "1/0", "true", "null", "yesterday", "2025-02-31",
    "0000-00-00", "9999-12-31", "2025-02-12T25:61:61", "٢٠٢٥-٠٢-١٢", "２０２５", "²", "½", "\0", "a\0b", "\x01\x1b[2J",
    "\r\nX-A: b", "\u202e\u2066", "\ufeff", "\ud7ff\ue000\uffff", "😀" * 50, "é" * 2000, "e\u0301" * 500, "ﷺ" * 300,
    "İ", "ß", "'", "' OR 1=1 --", "\"; DROP TABLE members_person; --", "%", "%s%n", "{0.__class__}", "${jndi:ldap://x}",
    "{{7*7}}", "<script>alert(1)</script>", "../../etc/passwd", "..\\..\\x", "file:///etc/passwd",
    "//elsewhere.example/",
    "javascript:alert(1)", "=cmd|' /C calc'!A0", "(" * 500, "[" * 500, "a" * 4000, "*" * 100, "\\" * 99,
    "__all__", "id",
    "(a+)+$", ".*" * 200, "1,2,3,x", "emf", "RAG1", "25-7", "2024", "ada-testperson",
)  # fmt: skip
RAW = (b"%", b"%%%", b"%zz", b"%00", b"%ff%fe", b"%c0%af", b"%ed%a0%80", b"\xff\xfe", b"\xc3", b"%u0041", b"%2e%2e/",
       b"..;/", b"//", b"/./", b"/../../", b"%5c", b"%0d%0aSet-Cookie:a=b", b";jsessionid=1", b"%3f", b"%23",
       b"+", b"~",
       b"\\", b"|", b"^", b"`", b"{}", b"<>", b"\"", b"%e2%80%ae")  # fmt: skip
METHODS = (b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT", b"PROPFIND", b"get", b"G",
           b"X" * 20, b"A-B", b"MKCOL", b"PURGE", b"LOCK", b"QUERY")  # fmt: skip
HEADERS = (
    "Accept Accept-Encoding Accept-Language Accept-Charset Authorization Cache-Control Content-Type Content-Language"
    " Content-MD5 Cookie Date Expect Forwarded From If-Match If-Modified-Since If-None-Match If-Range"
    " If-Unmodified-Since Max-Forwards Origin Pragma Priority Proxy Range Referer Sec-Fetch-Site TE Upgrade"
    " User-Agent Via Warning X-CSRFToken X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-HTTP-Method-Override"
    " X-Original-URL X-Real-IP X-Requested-With X-Rewrite-URL Host Script-Name"
).split()
VALUES = (
    b"", b" ", b"*", b"*/*;q=x", b"text/html;q=1e999", b"application/json", b"br;q=, gzip;;", b"gzip;q=" + b"9" * 99,
    b"zh-Hant-" + b"x" * 200, b"en;q=-1,*;q=0," * 50, b"bytes=0-", b"bytes=-0", b"bytes=5-1", b"bytes=" + b"0-1," * 300,
    b"bytes=99999999999999999999-", b"items=0-5", b"W/\"", b"\"a\", W/\"b\", *", b"*" * 2000, b"\"" * 500,
    b"Thu, 99 Foo 20255 25:61:61 GMT", b"Thu, 01 Jan 0001 00:00:00 GMT", b"127.0.0.1", b"::1, 999.999.1.1", b"[::1",
    b"x" * 4000, b"elsewhere.example", b"127.0.0.1:99999", b"a@b", b"null", b"http://[", b"https://elsewhere.example",
    b"Basic !!!", b"Bearer " + b"=" * 100, b"100-continue", b"websocket", b"multipart/form-data",
    b"text/html; charset=",
    b"text/html; charset=bogus", b"application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfe\xfd", b"\xc3\x28",
    b"sessionid=" + b"a" * 32, b"csrftoken=\xff; sessionid=\"", b"a=b;" * 400, b"=;=;;,",
    b"sessionid=..%2f; messages=x",
    b"messages=W1siX19qc29uX21lc3NhZ2UiLDAsMjUsIngiXV0:x", b"knownbrowser=e30:1x:y", b"on", b"0", b"-1", b"same-origin",
)  # fmt: skip
TYPES = (
    b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=b", b"multipart/form-data",
    b"application/json",
    b"application/x-www-form-urlencoded; charset=utf-7", b"application/x-www-form-urlencoded; charset=utf-16",
    b"multipart/form-data; boundary=" + b"b" * 300, b"multipart/mixed; boundary=b", b"text/xml", b"", b";;;",
    b"application/x-www-form-urlencoded; charset=bogus", b"multipart/form-data; boundary=\xff",
    b"application/dns-message",
)  # fmt: skip
FIELDS = (
    "email name login password code next subject about website answer seen remark token number title reason file"
    " import_file format resource period on person starts_on ends_on how_ended public_reason _act _save _continue"
    " _selected_action post confirm delete country capacity affiliation statement results seat text_en mode shown"
    " opened_version form-TOTAL_FORMS form-INITIAL_FORMS form-0-id representative_set-TOTAL_FORMS"
    " representative_set-INITIAL_FORMS representative_set-0-id representative_set-0-person"
).split()
TOKEN = "a" * 32  # the same in cookie and form is what a browser would send


def request(address, chance, target, *, method=b"GET", headers=(), body=b"", cookie=None):
    """The bytes of one request."""
    cookie = chance.choice(target.cookies) if cookie is None else cookie
    given = [b"Host: 127.0.0.1", b"Connection: close"]
    kept = "; ".join(filter(None, [cookie, f"csrftoken={TOKEN}"]))
    given.append(b"Cookie: " + kept.encode())
    if body or method in (b"POST", b"PUT", b"PATCH"):
        given.append(b"Content-Length: %d" % len(body))
    named = {header.partition(b":")[0].strip().lower() for header in headers}
    given = [line for line in given if line.partition(b":")[0].lower() not in named]
    return b"%s %s HTTP/1.1\r\n%s\r\n\r\n%s" % (method, address[:8000], b"\r\n".join([*given, *headers]), body)


def some_address(target, chance):
    """One of the portal's, in one of its languages."""
    address = chance.choice(target.addresses)
    if address[:4] in ("/en/", "/fr/"):
        address = f"/{chance.choice(LANGUAGES)}/{address[4:]}"
    return address.encode("utf-8", "surrogatepass")


def some_text(chance):
    """A hostile text, or letters of any script."""
    if chance.random() < 0.8:
        return chance.choice(TEXTS)
    return "".join(chr(chance.choice((chance.randrange(1, 300), chance.randrange(0x600, 0xD7FF)))) for _ in range(12))


def written(chance, pairs):
    """Fields as an address or a form has them."""
    return b"&".join(_quoted(name) + b"=" + _spoilt(chance, _quoted(value)) for name, value in pairs)


@lru_cache(maxsize=1000)
def _quoted(text):
    return quote(text).encode()


def _spoilt(chance, value):
    return value if chance.random() < 0.9 else value + chance.choice(RAW)


def path(target, chance):
    """An address with something foreign in it."""
    address = some_address(target, chance)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(1, len(address) + 1)
        piece = chance.choice(RAW) if chance.random() < 0.6 else quote(some_text(chance)[:300]).encode()
        address = address[:at] + piece + address[chance.choice((at, at, len(address))) :]
    return request(address.replace(b" ", b"%20"), chance, target)


def record(target, chance):
    """An address of a record that there is not."""
    parts = some_address(target, chance).split(b"/")
    at = chance.randrange(1, len(parts))
    parts[at] = quote(some_text(chance)[:400], safe="").encode()
    return request(b"/".join(parts), chance, target)


def query(target, chance):
    """Parameters that the page knows or does not know, with nonsense in them."""
    pairs = [(chance.choice(WORDS), some_text(chance)) for _ in range(chance.choice((1, 1, 2, 3, 60)))]
    return request(some_address(target, chance) + b"?" + written(chance, pairs), chance, target)


def header(target, chance):
    """Headers with nonsense in them, many of them, or one twice."""
    many = chance.choice((1, 1, 2, 5, 90))
    lines = [chance.choice(HEADERS).encode() + b": " + chance.choice(VALUES) for _ in range(many)]
    return request(some_address(target, chance), chance, target, headers=lines)


def method(target, chance):
    """Methods that a page does not have."""
    return request(some_address(target, chance), chance, target, method=chance.choice(METHODS))


def form(target, chance):
    """A form as a browser would send it, with nonsense in its fields."""
    pairs = [(chance.choice(FIELDS), some_text(chance)) for _ in range(chance.choice((2, 5, 12, 12, 60)))]
    pairs *= 100 if len(pairs) == 60 else 1  # more fields than are read
    body = written(chance, [("csrfmiddlewaretoken", TOKEN), *pairs])[:400_000]
    lines = [b"Content-Type: application/x-www-form-urlencoded"]
    return request(some_address(target, chance), chance, target, method=b"POST", headers=lines, body=body)


def upload(target, chance):
    """A form with files that are none, and parts that do not fit."""
    parts = [_part(b'name="csrfmiddlewaretoken"', TOKEN.encode())]
    for _ in range(chance.choice((1, 2, 9))):
        name = chance.choice(FIELDS).encode()
        file = b'; filename="%s"' % quote(some_text(chance)[:200]).encode() + chance.choice(
            (b".docx", b".pdf", b".xlsx")
        )
        content = chance.choice((b"PK\x03\x04", b"%PDF-1.7\n", b"a,b\r\n1,2", b"<svg/>", b"\0")) + chance.randbytes(200)
        parts.append(_part(b'name="%s"' % name + chance.choice((file, b"", b"; filename*=bogus''x")), content))
    body = b"".join(parts) + chance.choice((b"--b--\r\n", b"", b"--b", b"--b--" * 50))
    lines = [b"Content-Type: multipart/form-data; boundary=b"]
    return request(some_address(target, chance), chance, target, method=b"POST", headers=lines, body=body)


def _part(named, content):
    return b"--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (named, content)


def body(target, chance):
    """A body that is not what its type says, or is packed as nobody asked."""
    bodies = (
        b"", b"\0" * 500, b"\xff\xfe" + "a=b".encode("utf-16"), b"{" * 5000, json.dumps({"email": "\ud800"}).encode(),
        gzip.compress(b"email=a@b.c"), b"a=b&" * 3000, b"&=&=" * 500, b"%" * 999, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
        string.printable.encode() * 20, chance.randbytes(3000),
    )  # fmt: skip
    lines = [b"Content-Type: " + chance.choice(TYPES)]
    if chance.random() < 0.3:
        lines.append(b"Content-Encoding: " + chance.choice((b"gzip", b"br", b"deflate", b"identity", b"x")))
    asked = {"method": chance.choice((b"POST", b"PUT", b"GET", b"DELETE")), "headers": lines}
    return request(some_address(target, chance), chance, target, body=chance.choice(bodies), **asked)


def line(target, chance):
    """A first line or a header that HTTP does not have."""
    asked = request(some_address(target, chance), chance, target)
    spoilt = (
        (b"HTTP/1.1", chance.choice((b"HTTP/9.9", b"HTTP/1.0", b"HTTP/0.9", b"HTTP/1.1 x", b"XTTP/1.1", b""))),
        (b"GET ", chance.choice((b"GET  ", b"GET\t", b"GET http://elsewhere.example", b" GET ", b"GE\0T "))),
        (b"Host: 127.0.0.1", chance.choice((b"Host : 127.0.0.1", b"Host: a\r\nHost: b", b"Host:", b"X: y",
        b"Host: \xff"))),
        (b"Connection: close", chance.choice((b"Connection: close\r\n folded", b"Content-Length: x", b": x",
                                              b"Content-Length: -1", b"Transfer-Encoding: bogus", b"A" * 9000))),
    )  # fmt: skip
    return asked.replace(*chance.choice(spoilt), 1)


GENERATORS = {made.__name__: made for made in (path, record, query, header, method, form, upload, body, line)}
