"""Every response bears the Content-Security-Policy of the settings, or the one that it asks for."""

import pytest
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from iscg_portal.web.security_headers import SteadyPolicyMiddleware

HEADER = "Content-Security-Policy"


def plain(request):
    return HttpResponse()


@csp_update({"img-src": ["data:"]})
def with_a_wish(request):
    return HttpResponse()


@pytest.mark.parametrize("view", [plain, with_a_wish])
def test_policy_is_what_the_library_would_write(view):
    ours, theirs = (kind(view)(RequestFactory().get("/")) for kind in (SteadyPolicyMiddleware, CSPMiddleware))
    assert ours[HEADER] == theirs[HEADER]
    assert "default-src 'none'" in ours[HEADER]


def test_wish_of_one_response_does_not_reach_the_next():
    assert "data:" in SteadyPolicyMiddleware(with_a_wish)(RequestFactory().get("/"))[HEADER]
    assert "data:" not in SteadyPolicyMiddleware(plain)(RequestFactory().get("/"))[HEADER]


@pytest.mark.parametrize(("address", "shown_elsewhere"), [("/en/privacy/", None), ("/en/join/", "same-origin")])
def test_browser_is_told_the_strictest_that_works(client, db, address, shown_elsewhere):
    answer = client.get(address)
    assert answer.headers.get("Cross-Origin-Resource-Policy") == shown_elsewhere
    assert "camera=(), " in answer["Permissions-Policy"]
    told = ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    assert [answer[name] for name in told] == ["DENY", "nosniff", "same-origin", "same-origin"]
