"""`X-Forwarded-For`: as many entries from its end are believed as there are proxies of ours, and none before them."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
MOST = 20
# Where a limit counts by network: the path, and what is sent.
LIMITED = {
    "code": ("/en/accounts/login/code/", {"email": "{n}@example.org"}),
    "follow": ("/en/follow/", {"about": "", "email": "{n}@example.org"}),
    "link": ("/en/confirm/guess/", {}),
    "join": (
        "/en/join/",
        {"name": "Una", "capacity": "Sector Member", "affiliation": "Made up", "email": "{n}@example.org"},
    ),
}


@pytest.fixture(autouse=True)
def few_of_a_network(settings):
    few = {f"{place}_network": f"{MOST}/h/key" for place in LIMITED} | {"one_time_link": f"{MOST}/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | few


def is_stopped(place, header):
    """Whether the one request too many is refused, when the n-th of them brings this header."""
    path, form = LIMITED[place]
    for n in range(MOST + 1):
        sent = {name: value.format(n=n) for name, value in form.items()}
        answer = Client().post(path, sent, headers={"x-forwarded-for": header.format(n=n)})
    return answer.status_code == 429 or "Too many" in answer.content.decode()


@pytest.mark.parametrize("place", LIMITED)
@pytest.mark.parametrize(
    ("proxies", "header"),
    [
        (0, "203.0.113.{n}"),
        (1, "203.0.113.{n}, 198.51.100.7"),
        (2, "203.0.113.{n}, 198.51.100.7, 198.51.100.8"),
        (2, "203.0.113.{n}"),  # past a proxy: counted by who sent it
        (1, "198.51.100.9, 2001:db8::{n}"),  # one network of a reader
    ],
)
def test_a_forged_header_gives_no_more_attempts(settings, place, proxies, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert is_stopped(place, header)


@pytest.mark.parametrize("place", LIMITED)
@pytest.mark.parametrize(
    ("proxies", "header"), [(1, "198.51.100.7, 203.0.{n}.113"), (2, "198.51.100.7, 203.0.{n}.113, 198.51.100.8")]
)
def test_behind_proxies_readers_are_told_apart(settings, place, proxies, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert not is_stopped(place, header)
