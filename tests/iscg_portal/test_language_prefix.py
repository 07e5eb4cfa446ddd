"""The language of a page is the first part of its address."""

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, path, resolve, resolvers, reverse
from django.utils import translation

from iscg_portal.languages import HTML_LANG, language_of_path
from iscg_portal.web.language_prefix import known_language, language_patterns

PREFIXES = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-hans"}


def page(request):
    return HttpResponse(translation.get_language())


urlpatterns = language_patterns(path("page/", page, name="page"))


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_prefix_names_the_language_of_the_page(client, prefix, language):
    response = client.get(f"/{prefix}/page/")
    assert (response.content.decode(), response["Content-Language"]) == (language, HTML_LANG[language])


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("prefix", ["de", "zh-hans", "zh-cn", "EN", "en-gb", "xx"])
def test_any_other_language_is_not_found(client, prefix):
    assert client.get(f"/{prefix}/page/").status_code == 404


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_address_is_written_in_the_active_language(prefix, language):
    with translation.override(language):
        assert reverse("page") == f"/{prefix}/page/"
        assert resolve(f"/{prefix}/page/").url_name == "page"


@pytest.mark.urls(__name__)
def test_neither_cookie_nor_header_changes_the_language_of_an_address(client):
    client.cookies["django_language"] = "fr"
    response = client.get("/es/page/", headers={"accept-language": "ru"})
    assert response.content == b"es"
    # It is no public page, so it looks at the session: that may vary by the cookie.
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("", "/en/"),
        ("de, ja;q=0.9", "/en/"),
        ("fr-CH, en;q=0.5", "/fr/"),
        ("en;q=0.3, ru;q=0.8", "/ru/"),
        ("zh-TW", "/zh/"),
        ("zh-Hans-CN", "/zh/"),
        ("*", "/en/"),
        ("!!;;,,", "/en/"),
    ],
)
def test_root_leads_to_the_home_page_in_the_language_asked_for(client, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize(("path_", "language"), [("/zh/x/", "zh-hans"), ("/admin/", "en"), ("/", "en"), ("//", "en")])
def test_language_of_a_path(path_, language):
    assert language_of_path(path_) == language


def test_unknown_language_of_an_account_is_english():
    assert known_language("tlh") == "en"


def test_admin_follows_the_language_of_the_account(client, admin_user):
    admin_user.language = "fr"
    admin_user.save()
    client.force_login(admin_user)
    assert client.get("/admin/password_change/")["Content-Language"] == "fr"


def test_another_language_takes_apart_what_begins_with_it_alone():
    addresses = URLResolver(resolvers.RegexPattern("^/made-up-here/"), list(urlpatterns))
    taken = []
    for language in ("en", "fr"):
        with translation.override(language):
            assert addresses.reverse_dict.getlist("page")
        taken.append(resolvers.normalize.cache_info())
    assert taken[1].misses - taken[0].misses <= 1 and taken[1].hits > taken[0].hits
