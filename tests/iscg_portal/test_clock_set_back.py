"""A day on which the clock is set back stops nobody."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.signing import dumps
from django.db import DatabaseError, connection
from django.utils import timezone

from iscg_portal.mail.models import Mail
from iscg_portal.signing_in import counts
from iscg_portal.signing_in.known_browsers import accounts_known
from iscg_portal.signing_in.limits import attempt
from iscg_portal.tenure.dates import today
from iscg_portal.web.page_cache import KeptPage, KeptPages
from reports.models import Rendition
from workspace.following.acts import mail_followers
from workspace.models import Follow, JoinRequest

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture
def clock(monkeypatch):
    """`clock(seconds)`: it is so much later than now."""
    cache.clear()
    now = time.time()
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: now + seconds)


def tries(rf, most=7):
    request = rf.post("/en/accounts/login/")
    return [bool(attempt(request, "password", "owner@example.org")) for _ in range(most)]


def test_what_was_counted_tomorrow_counts_nothing_today(rf, clock):
    clock(DAY)
    assert tries(rf) == [True] * 5 + [False] * 2
    clock(0)
    assert tries(rf) == [True] * 5 + [False] * 2


def test_a_lock_that_a_dead_process_left_tomorrow_is_no_lock_today(rf, clock):
    clock(DAY)
    cache.add("allauth:rl:made-up:lock", True, timeout=10)
    assert not cache.add("allauth:rl:made-up:lock", True, timeout=10)
    clock(0)
    assert cache.add("allauth:rl:made-up:lock", True, timeout=10)


def test_clocks_of_two_machines_may_differ_by_little(rf, clock):
    clock(counts.AHEAD - 1)
    tries(rf)
    clock(0)
    assert tries(rf, 1) == [False]


def test_a_browser_known_since_tomorrow_is_known(rf, clock, settings):
    clock(DAY)
    cookie = dumps([(7, "number")], salt="iscg.known-browser")
    clock(0)
    request = rf.get("/")
    request.COOKIES[settings.KNOWN_BROWSER_COOKIE_NAME] = cookie
    assert accounts_known(request) == {7: "number"}


def test_a_one_time_link_of_tomorrow_is_open(db):
    until = timezone.now() + timedelta(days=3)
    link = JoinRequest(good_until=until)
    assert link.is_open


@pytest.mark.parametrize("ahead", [timedelta(minutes=30), timedelta(days=1)])
def test_a_mail_written_before_goes_now(ahead):
    mail = Mail.objects.create(to="reader@example.org", subject="", text="", not_before=timezone.now() + ahead)
    assert Mail.objects.ready().get() == mail


def test_a_mail_put_off_before_waits_no_day():
    later = timezone.now() + timedelta(days=1)
    Mail.objects.create(to="reader@example.org", subject="", text="", not_before=later, attempts=1)
    assert Mail.objects.ready().exists()
    Mail.objects.update(not_before=timezone.now() + timedelta(minutes=5))
    assert not Mail.objects.ready().exists()


def test_a_claim_of_a_process_that_died_before_ends_now(world):
    tomorrow = timezone.now() + timedelta(days=1)
    Mail.objects.create(to="reader@example.org", subject="", text="", state="sending", claimed_at=tomorrow)
    assert Mail.objects.call_unknown() == 1
    rendition = Rendition(state="being made", claimed_at=tomorrow)
    assert rendition.is_stopped(timezone.now())
    assert not rendition.is_stopped(tomorrow)


def test_followers_are_mailed_what_changes_on_days_that_a_clock_told_too_early():
    def follow(about, told_until):
        given = {"language": "en", "asked_at": timezone.now(), "confirmed_at": timezone.now()}
        return Follow.objects.create(email="reader@example.org", about=about, told_until=told_until, **given)

    ahead, right = follow("", today() + timedelta(days=30)), follow("calendar", today() - timedelta(days=1))
    mail_followers()
    told = Follow.objects.values_list("pk", "told_until")
    assert dict(told) == dict.fromkeys([ahead.pk, right.pk], today() - timedelta(days=1))


def test_a_page_of_tomorrow_is_not_shown_today():
    pages = KeptPages()
    pages.keep(("token", "tomorrow"), ("/en/", ""), KeptPage(b"", {}, "", 1))
    assert pages.find(("token", "today"), ("/en/", "")) is None
    pages.keep(("token", "today"), ("/en/", ""), KeptPage(b"of today", {}, "", 1))
    assert pages.find(("token", "today"), ("/en/", "")).content == b"of today"


def test_a_count_that_the_database_does_not_keep_is_an_error(rf, clock):
    """Not “too many attempts”, and no guess that nobody counts."""

    def read_only(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            raise DatabaseError("read-only")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(read_only), pytest.raises(counts.CannotCount):
        tries(rf, 1)
    assert tries(rf, 1) == [True]
