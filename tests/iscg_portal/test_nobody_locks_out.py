"""Limits of signing in: nobody guesses, and nobody locks somebody else out."""

import re
import time

import pytest
from allauth.account import app_settings
from allauth.core.internal.cryptokit import generate_user_code
from allauth.core.internal.ratelimit import parse_rates
from django.core.cache import cache
from django.core.signing import dumps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iscg_portal.mail.models import Mail
from iscg_portal.signing_in.known_browsers import LINK_SALT, SALT, link_for, number_of
from iscg_portal.signing_in.limits import attempt, is_asked_often, network_of, one_spelling
from members.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
OWNER, STRANGER = "198.51.100.7", "203.0.113.9"
LOGIN, ASK = "/en/accounts/login/", "/en/accounts/login/code/"
CONFIRM = "/en/accounts/login/code/confirm/"
DAY = 86_400


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    cache.clear()
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


@pytest.fixture
def owner():
    return Account.objects.create_user("owner@example.org", PASSWORD)


def at(address):
    """A browser that was never here, at a network address."""
    return Client(REMOTE_ADDR=address)


def tries_password(browser, password="a guess that is wrong", email="owner@example.org"):
    return browser.post(LOGIN, {"login": email, "password": password})


def asks_for_code(browser, email="owner@example.org"):
    return browser.post(ASK, {"email": email})


def is_refused(answer):
    return "Too many attempts" in answer.content.decode()


def newest_mail():
    """The text of the newest mail in the outbox."""
    return Mail.objects.order_by("pk").last().text


def code_in_mail():
    return re.search(r"^[A-Z0-9-]{6,}$", newest_mail(), re.MULTILINE)[0]


def all_networks(act):
    """Strangers everywhere do the same, until the address has had enough of it."""
    for n in range(1, 20):
        browser = at(f"192.0.{n}.1")
        if all(is_refused(act(browser)) for _ in range(2)):
            return
    raise AssertionError("Strangers of all networks were never stopped.")


@pytest.fixture
def few_anywhere(settings):
    """Smaller figures, so that the test need not be the whole world."""
    few = {"password_anywhere": "6/d/key", "code_anywhere": "4/h/key"}
    few |= {"follow_anywhere": "4/h/key", "join_anywhere": "4/h/key"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | few


def most_a_day(limit):
    """How often a day the limit lets something be tried."""
    return min(rate.amount * max(1, DAY / rate.duration) for rate in parse_rates(app_settings.RATE_LIMITS[limit]))


def test_a_stranger_stops_nobody_in_another_network(owner):
    guesses = [tries_password(at(STRANGER)) for _ in range(7)]
    assert [is_refused(guess) for guess in guesses] == [False] * 5 + [True] * 2
    assert tries_password(at(OWNER), PASSWORD).status_code == 302


def test_codes_asked_for_by_a_stranger_stop_nobody_in_another_network(owner):
    assert [is_refused(asks_for_code(at(STRANGER))) for _ in range(7)] == [False] * 5 + [True] * 2
    browser = at(OWNER)
    asks_for_code(browser)
    assert browser.post(CONFIRM, {"code": code_in_mail()}).status_code == 302


UNA = {"name": "Una", "capacity": "Sector Member", "affiliation": "Made up", "email": "owner@example.org"}
ASKED = [("/en/follow/", {"about": "", "email": "owner@example.org"}), ("/en/join/", UNA)]


@pytest.mark.parametrize(("path", "form"), ASKED)
def test_what_a_stranger_asks_for_an_address_stops_nobody_elsewhere(path, form):
    assert [at(STRANGER).post(path, form).status_code for _ in range(6)] == [302] * 5 + [429]
    assert at(OWNER).post(path, form).status_code == 302


@pytest.mark.parametrize(("path", "form"), ASKED)
def test_who_has_no_account_has_a_way_when_all_the_world_asks_for_mails_to_the_address(few_anywhere, path, form):
    all_networks(lambda browser: browser.post(path, form))
    browser = at(OWNER)
    refused = browser.post(path, form)
    said = refused.content.decode()
    assert refused.status_code == 429 and 'value="owner@example.org"' in said
    assert said.count("Too many attempts with this address") == 1
    link = re.search(r"http\S+(/en/confirm/browser/\S+/)", newest_mail())[1]
    assert "sign in" not in browser.get(link).content.decode().partition("<h1")[2].partition("</main>")[0]
    assert browser.post(link)["Location"] == path
    assert browser.post(path, form).status_code == 302
    assert at(OWNER).post(path, form).status_code == 429


def test_suggestions_without_an_address_stop_only_their_own_network_and_a_room_has_many(settings):
    few = {"correction": "1/h/key", "correction_network": "3/h/key"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | few
    form = {"about": "/en/", "fact": "What the page says", "source": "ISCG/25-1/03"}

    def suggests(browser, number):
        return browser.post("/en/corrections/new/", form | {"text": f"Wrong {number}"}).status_code

    for stranger in (STRANGER, "192.0.2.1"):
        assert [suggests(at(stranger), n) for n in range(4)] == [302] * 3 + [429]
    assert suggests(at(OWNER), 8) == 302


def test_guesses_at_links_stop_nobody_who_has_one(owner):
    guesses = [at(STRANGER).post(f"/en/confirm/browser/{n}/").status_code for n in range(21)]
    assert guesses == [404] * 20 + [429]
    assert at(STRANGER).post(link_for(owner.email)).status_code == 302


def test_the_addresses_of_one_network_count_as_one(owner):
    guesses = [tries_password(at(f"203.0.113.{n}")) for n in range(6)]
    assert is_refused(guesses[-1])
    assert not is_refused(tries_password(at("203.0.114.1")))


def test_a_browser_that_signed_in_before_is_welcome_beside_a_guesser_in_its_own_network(owner, few_anywhere):
    browser = at(OWNER)
    tries_password(browser, PASSWORD)
    browser.post("/en/accounts/logout/")
    all_networks(tries_password)
    assert all(is_refused(tries_password(at(OWNER))) for _ in range(6))
    assert tries_password(browser, PASSWORD).status_code == 302


def test_a_browser_that_signed_in_before_has_a_limit_of_its_own(owner):
    browser = at(OWNER)
    tries_password(browser, PASSWORD)
    browser.post("/en/accounts/logout/")
    assert [is_refused(tries_password(browser)) for _ in range(11)] == [False] * 10 + [True]


def test_it_is_known_for_the_account_that_signed_in_and_for_no_other(owner):
    other = Account.objects.create_user("other@example.org", PASSWORD)
    browser = at(OWNER)
    tries_password(browser, PASSWORD)
    browser.post("/en/accounts/logout/")
    guesses = [tries_password(browser, email=other.email) for _ in range(6)]
    assert is_refused(guesses[-1])


@pytest.mark.parametrize("cookie", ["", "nonsense", "W1sxLCJ4Il1d:1abc:signature"])
def test_a_forged_cookie_makes_no_browser_known(owner, cookie, settings):
    browser = at(STRANGER)
    browser.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = cookie
    assert is_refused([tries_password(browser) for _ in range(6)][-1])


def test_the_cookie_lasts_and_no_script_reads_it(owner, settings):
    cookie = tries_password(at(OWNER), PASSWORD).cookies[settings.KNOWN_BROWSER_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] > 365 * DAY
    assert "owner" not in cookie.value


def test_who_has_only_codes_has_a_way_when_all_the_world_asks_for_them(few_anywhere):
    Account.objects.create_user("codes@example.org")
    all_networks(lambda browser: asks_for_code(browser, "codes@example.org"))
    browser = at(OWNER)
    assert is_refused(asks_for_code(browser, "codes@example.org"))
    link = re.search(r"http\S+(/en/confirm/browser/\S+/)", newest_mail())[1]
    assert browser.get(link).status_code == 200
    assert is_refused(asks_for_code(browser, "codes@example.org"))
    assert browser.post(link)["Location"] == LOGIN
    asks_for_code(browser, "codes@example.org")
    assert browser.post(CONFIRM, {"code": code_in_mail()})["Location"] == "/en/workspace/"


@pytest.mark.parametrize("minutes", [0, 13, 15, 61])
@pytest.mark.parametrize("networks", [1, 12])
def test_whoever_stops_codes_made_a_mail_that_lets_the_owner_in(rf, monkeypatch, minutes, networks):
    """However slowly, for two days, and in the owner's own network: the newest mail holds the link by then."""
    now, has_link = time.time(), False
    monkeypatch.setattr(time, "time", lambda: now)
    for n in range(200):
        request = rf.post(ASK, REMOTE_ADDR=f"198.51.{100 + n % networks}.9")
        if not attempt(request, "code", "codes@example.org"):
            assert has_link
            break
        has_link = is_asked_often(request, "codes@example.org")
        now += minutes * 60


def test_a_mail_of_an_ordinary_day_has_no_such_link(owner):
    asks_for_code(at(OWNER))
    assert "/confirm/browser/" not in newest_mail()


@pytest.mark.parametrize("token", ["nonsense", "Im93bmVyQGV4YW1wbGUub3JnIg:1abc:signature"])
def test_a_link_that_the_portal_did_not_write_lets_nobody_in(owner, token, settings):
    answer = at(STRANGER).post(f"/en/confirm/browser/{token}/")
    assert answer.status_code == 404
    assert settings.KNOWN_BROWSER_COOKIE_NAME not in answer.cookies


def test_the_page_of_another_site_that_presses_the_button_changes_no_browser(settings):
    """It comes without the cookie, which it would write anew with the stranger's address alone."""
    link = link_for("stranger@example.org", "workspace:follow")
    for site in ("cross-site", "same-site"):
        answer = at(OWNER).post(link, headers={"sec-fetch-site": site})
        assert answer.status_code == 200 and "<button" in answer.text
        assert settings.KNOWN_BROWSER_COOKIE_NAME not in answer.cookies
    assert at(OWNER).post(link, headers={"sec-fetch-site": "same-origin"}).cookies[settings.KNOWN_BROWSER_COOKIE_NAME]


def test_a_link_of_the_version_before_leads_to_signing_in(owner):
    link = f"/en/confirm/browser/{dumps(owner.email, salt=LINK_SALT)}/"
    assert at(OWNER).get(link).status_code == 200
    assert at(OWNER).post(link)["Location"] == LOGIN


@pytest.mark.parametrize(
    ("link", "status"),
    [
        (link_for('"a b"@example.org', "workspace:join"), 302),
        (link_for("ada@example.org", "workspace:gone"), 404),
        (link_for("nobody@example.org"), 404),
    ],
)
def test_a_link_takes_every_address_and_leads_to_a_page_that_there_is(link, status):
    assert at(OWNER).post(link).status_code == status


def test_nobody_learns_from_the_limits_whether_there_is_an_account(owner):
    def seen(act, email):
        answers = []
        for _ in range(7):
            with CaptureQueriesContext(connection) as queries:
                answer = act(at(STRANGER), email=email)
            page = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode()).replace(email, "")
            answers.append((answer.status_code, answer.headers.get("Location"), len(queries), page))
        return answers

    for act in (tries_password, asks_for_code):
        assert seen(act, "owner@example.org") == seen(act, "nobody@example.org")


def test_a_known_browser_does_not_tell_which_other_accounts_there_are(owner):
    Account.objects.create_user("other@example.org", PASSWORD)
    browser, counted = at(OWNER), []
    tries_password(browser, PASSWORD)
    browser.post("/en/accounts/logout/")
    for email in ("other@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            tries_password(browser, email=email)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_guessing_is_hopeless():
    """What a day of guessing finds, by strangers everywhere and ten stolen browsers together."""
    tries = {kind: most_a_day(f"{kind}_anywhere") + 10 * most_a_day(f"{kind}_known") for kind in ("password", "factor")}
    codes = (most_a_day("code_anywhere") + 10 * most_a_day("code_known")) * app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS
    letters = len(set("".join(generate_user_code(length=200) for _ in range(20)).replace("-", "")))
    assert tries == {"password": 800, "factor": 700}
    assert codes == 1500
    assert codes / letters**8 < 1e-7  # a mailed code: 8 letters of 20
    assert tries["factor"] / 10**6 < 1e-3  # six digits, and only by who has the first factor
    assert tries["password"] / 10**6 < 1e-3  # even if it were one of a million; it has 12 characters


@pytest.mark.parametrize(
    "spelling", ["OWNER@example.org", "owner@EXAMPLE.org", " owner@example.org", "ſome@example.org"]
)
def test_an_address_is_counted_in_one_spelling(spelling):
    assert one_spelling(spelling) in ("owner@example.org", "some@example.org")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
    ],
)
def test_a_network_is_what_a_room_has(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


def test_a_known_browser_of_an_account_survives_a_new_address(rf, settings):
    """The cookie names the account by its number: staff may change the address."""
    account = Account.objects.create_user("old@example.org")
    request = rf.get("/")
    request.COOKIES[settings.KNOWN_BROWSER_COOKIE_NAME] = dumps([(account.pk, "number")], salt=SALT)
    Account.objects.filter(pk=account.pk).update(email="new@example.org")
    assert (number_of(request, "new@example.org"), number_of(request, "old@example.org")) == ("number", "")
