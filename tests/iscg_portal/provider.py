"""A small OpenID Connect provider on the loopback, as strict as a real one; `tells` and `fails` bend its answers."""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt

CLIENT, SECRET, KEY = "portal", "made-up secret", "made-up key of the provider, long enough for HS256"
DISCOVERY = "/.well-known/openid-configuration"


class Provider(ThreadingHTTPServer):
    """Its `person` is who sits before the browser; every code is good once, for one redirect_uri and one verifier."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.person = {"sub": "1", "email": "reader@example.org", "email_verified": True}
        self.tells = {}  # path: a body said instead of the honest one
        self.fails = {}  # path: a status answered instead of the honest one
        self.signs = {}  # what the id_token says otherwise
        self.goes_on = None  # an event before which nothing is answered
        self.redirect_uris = set()
        self.codes, self.tokens, self.asked = {}, {}, []

    def configuration(self):
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        places = {name: f"{self.url}/{path}" for name, path in (paths | {"jwks_uri": "jwks"}).items()}
        return {"issuer": self.url, "token_endpoint_auth_methods_supported": ["client_secret_post"], **places}

    def handle_error(self, request, client_address):
        """Silent: a portal that waits no longer hangs up."""

    def code_for(self, query):
        """The address that the browser goes back to, once the person has agreed."""
        asked = dict(parse_qsl(query))
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        assert asked["redirect_uri"] in self.redirect_uris, asked["redirect_uri"]
        code = secrets.token_urlsafe()
        self.codes[code] = asked | {"person": self.person}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token_for(self, form):
        """(status, answer) to the portal, which shows the code, its secret, and what only it can know."""
        grant = self.codes.pop(form.get("code"), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if (
            grant is None
            or grant["redirect_uri"] != form.get("redirect_uri")
            or grant["code_challenge"] != base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        ):
            return 400, {"error": "invalid_grant"}
        token = secrets.token_urlsafe()
        self.tokens[token] = grant["person"]
        told = {"iss": self.url, "aud": CLIENT, "sub": grant["person"].get("sub"), "exp": int(time.time()) + 60}
        signed = jwt.encode({**told, **self.signs}, KEY, algorithm="HS256", headers={"kid": "1"})
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class Answers(BaseHTTPRequestHandler):
    """What the provider says on each of its addresses."""

    def do_GET(self):
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if path == DISCOVERY:
            self.tell(path, 200, self.server.configuration())
        elif path == "/userinfo":
            person = self.server.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self.tell(path, 200 if person else 401, person or {"error": "invalid_token"})
        elif path == "/jwks":
            self.tell(path, 200, {"keys": []})
        elif path == "/authorize":
            self.ask(query)
        else:
            self.tell(path, 404, {})

    def do_POST(self):
        path = urlsplit(self.path).path
        form = {name: values[0] for name, values in parse_qs(self.body()).items()}
        if path == "/token":
            self.tell(path, *self.server.token_for(form))
        else:
            self.send_response(302)
            self.send_header("Location", self.server.code_for(form["query"]))
            self.end_headers()

    def ask(self, query):
        """The page on which a person presses that he or she agrees."""
        field = f'<input type="hidden" name="query" value="{html.escape(query)}">'
        head = '<title>Provider</title><link rel="icon" href="data:,">'
        page = f'{head}<form method="post">{field}<button>Let the portal know me</button></form>'
        self.send_body(200, page.encode(), "text/html")

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def tell(self, path, status, answer):
        self.server.asked.append(path)
        if self.server.goes_on:
            self.server.goes_on.wait(10)
        body = self.server.tells.get(path, json.dumps(answer))
        self.send_body(self.server.fails.get(path, status), body.encode(), "application/json")

    def send_body(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Says nothing."""


@contextmanager
def serving():
    """A provider that answers until the block ends."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()


def known_to_the_portal(provider, settings, site):
    """Name the provider in the settings of the portal at this address, and the portal's address at the provider."""
    app = {"provider_id": "institution", "name": "Institute of Examples", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": provider.url, "oauth_pkce_enabled": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    provider.redirect_uris.add(f"{site}/accounts/institution/callback/")
