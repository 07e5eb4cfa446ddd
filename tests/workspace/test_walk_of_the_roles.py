"""Every page of the workspace, of the accounts and of the admin, asked for as every role: the table of rights holds.

A role without a builder, a page of the workspace without an act and a page of the admin without a row fail here.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve, reverse

from iscg_portal.adminkit.admin_rights import ACT_PAGES, ACTIONS, PAGES_OF_A_KIND, page_at, right
from reports.admin.steps import STEPS
from tests.walks import cases, part_of
from tests.workspace.rights_table import GROUP_OF, rights_of
from tests.workspace.roles import ALL, ANSWERS, ARGUMENTS, BUILDERS, OF_ADMIN, OF_WORKSPACE, asked
from workspace.access.rights import MAY, Act, Role, roles_of

# The pages of allauth that nobody needs an account for; all others ask to sign in.
FOR_EVERYONE = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
}
OF_ALLAUTH = ("account_", "mfa_", "usersessions_", "openid_")
SAMPLE = {"key": "none", "pk": 1, "provider_id": "institution"}
# Pages of the admin's site itself, which are for all who may open it.
OF_THE_SITE = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"}
OF_THE_SITE |= {"view_on_site", "app_list"}
# Every account of staff may open them; they show and take over or undo what the account may change.
OF_THE_SITE |= {"shipped-corrections", "undo"}
OF_THE_SITE |= {"to-do", "not-in-order", "find", "change-log", "change-log-file"}  # show what the account may see
OF_THE_SITE |= {"texts", "texts-list", "texts-file", "texts-import", "texts-preview"}  # and change what it may change


def test_every_role_has_a_builder():
    assert set(BUILDERS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_the_builder_makes_an_account_of_the_role_and_of_no_other(roles, role):
    account = roles.roles[role]
    assert roles_of(account or AnonymousUser()) == {role}
    assert not (account and account.is_staff) or account.get_all_permissions() == rights_of(role)


def test_every_page_of_the_workspace_says_for_which_act_it_is():
    assert [name for name in OF_WORKSPACE if not isinstance(getattr(ALL[name].view, "act", None), Act)] == []


@pytest.mark.walk
@pytest.mark.parametrize("role", cases(Role))
def test_pages_of_the_workspace_open_to_whom_the_table_says(roles, client, role):
    """In `make test` one page in three, another role the next."""
    account = roles.roles[role]
    if account:
        client.force_login(account)
    arguments, answers, expected = ARGUMENTS | roles.arguments, {}, {}
    for name in part_of(OF_WORKSPACE, 3, list(Role).index(role)):
        opened, refused = ANSWERS.get(name, (200, 403))
        expected[name] = opened if role in MAY[ALL[name].view.act] else refused if account else 302
        answers[name] = client.get(reverse(name, kwargs=arguments.get(name))).status_code
    assert answers == expected


@pytest.mark.walk
@pytest.mark.parametrize("role", cases(Role))
def test_pages_of_an_account_open_to_whoever_has_one(roles, client, role):
    """In `make test` nobody is asked for every one, each account for one in four, another account for the next."""
    account = roles.roles[role]
    if account:
        client.force_login(account)
    wrong, names = {}, [name for name in ALL if name.startswith(OF_ALLAUTH)]
    for name in part_of(names, 4, list(Role).index(role)) if account else names:
        answer = client.get(reverse(name, kwargs={word: SAMPLE[word] for word in ALL[name].arguments}))
        sent_to_sign_in = answer.status_code == 302 and "/accounts/login/?" in answer.url
        wants_sign_in = account is None and name not in FOR_EVERYONE
        if sent_to_sign_in != wants_sign_in or answer.status_code not in (200, 302, 401, 404, 405):
            wrong[name] = answer.status_code
    assert wrong == {}


def test_every_page_of_the_admin_has_its_row():
    kinds = tuple(f"_{kind}" for kind in PAGES_OF_A_KIND)
    own = {name for name in OF_ADMIN if name and name not in OF_THE_SITE and not name.endswith(kinds)}
    rows = {name.partition("/")[0] for name in ACT_PAGES}
    assert own - rows == set(), "register them in the AppConfig of their app"
    assert rows - set(OF_ADMIN) == set()


def test_every_step_of_a_report_and_every_action_of_a_list_has_its_row():
    steps = {f"reports_annualreport_step/{step}" for step in STEPS}
    actions = {f"{name_of(model)}_changelist/{action}" for model, found in actions_of() for action in found}
    assert {name for name in ACT_PAGES if "/" in name} == steps
    assert set(ACTIONS) == actions


def name_of(model):
    return f"{model._meta.app_label}_{model._meta.model_name}"


def actions_of():
    """(model, {name: function}) for each list of the admin with actions."""
    for model, model_admin in admin.site._registry.items():
        found = {name: function for function, name, _words in model_admin._get_base_actions()}
        if found:
            yield model, found


def chief_request(chief):
    request = RequestFactory().get("/admin/")
    request.user = chief
    return request


def pages_of_kinds(chief):
    """(path, method, rights, whether anybody may at all) of the pages that every kind of record has."""
    request = chief_request(chief)
    for model, model_admin in admin.site._registry.items():
        record = model_admin.get_queryset(request).first()
        possible = {
            "add": model_admin.has_add_permission(request),
            "delete": record and model_admin.has_delete_permission(request, record),
        }
        for kind, (_act, word) in PAGES_OF_A_KIND.items():
            path = path_of(f"{name_of(model)}_{kind}", record)
            if path:
                yield path, "get", {right(word, model)}, possible.get(kind, True)
        if record:
            path, anybody = (
                path_of(f"{name_of(model)}_change", record),
                model_admin.has_change_permission(request, record),
            )
            yield path, "post", {right("change", model)}, anybody


def path_of(name, record):
    """The address of a page on this record; None where there is no such page, or no record for it."""
    if name not in OF_ADMIN:
        return None
    given = {"object_id": record and quote(record.pk), "format": "csv", "token": "none"}
    if "version" in OF_ADMIN[name].arguments:
        versions = getattr(record, "history", None)
        given["version"] = versions and versions.values_list("history_id", flat=True).first()
    named = {word: given[word] for word in OF_ADMIN[name].arguments}
    return None if None in named.values() else reverse(f"admin:{name}", kwargs=named)


def act_pages(chief):
    """(path, rights) of the pages that carry out an act of their own."""
    models = {name_of(model): model_admin for model, model_admin in admin.site._registry.items()}
    for name, page in ACT_PAGES.items():
        address, _slash, step = name.partition("/")
        of = models.get("_".join(address.split("_")[:2]))  # None: a page of the site itself
        record = of and of.get_queryset(chief_request(chief)).first()
        named = {
            "object_id": record and quote(record.pk),
            "step": step,
            "token": "none",
            "key": "summary",
            "act": "end",
        }
        path = reverse(f"admin:{address}", kwargs={word: named[word] for word in OF_ADMIN[address].arguments})
        assert page_at(resolve(path)) == page
        yield path, page.rights


def says(role, rights):
    """Whether the table gives a role of staff these rights; whoever may change something may see it."""
    held = rights_of(role)
    return all(one in held or one.replace(".view_", ".change_") in held for one in rights)


@pytest.fixture
def no_second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


def dealt_out(pages, among, one_in):
    """(role, page) of every page for each role; in `make test` one page in so many, another role the next."""
    found = list(pages)
    return [(role, page) for turn, role in enumerate(cases(among)) for page in part_of(found, one_in, turn)]


@pytest.mark.walk
def test_who_is_not_staff_is_sent_to_sign_in_by_every_page_of_the_admin(roles):
    others = [role for role in Role if role not in GROUP_OF]
    paths = {path for found in (pages_of_kinds, act_pages) for path, *_rest in found(roles.staff)}
    paths |= {reverse("admin:index"), reverse("admin:shipped-corrections")}
    some = dealt_out(sorted(paths), others, len(others))
    assert {(role, path): asked(roles.roles[role], path) for role, path in some} == dict.fromkeys(some, 302)


@pytest.mark.walk
def test_pages_of_each_kind_of_record_open_to_whom_the_table_says(roles):
    wrong = {}
    for role, (path, method, rights, anybody) in dealt_out(pages_of_kinds(roles.staff), GROUP_OF, 9):
        allowed = anybody and says(role, rights)
        if allowed and method == "post":
            continue  # it would be saved
        status = asked(roles.roles[role], path, method)
        if (status == 403) is allowed:
            wrong[role, method, path] = status
    assert wrong == {}


@pytest.mark.walk
def test_pages_of_acts_open_to_whom_the_table_says(roles):
    wrong = {}
    for role, (path, rights) in dealt_out(act_pages(roles.staff), GROUP_OF, 3):
        allowed = says(role, rights)
        for method in ("get",) if allowed else ("get", "post"):
            status = asked(roles.roles[role], path, method)
            if (status == 403) is allowed:
                wrong[role, method, path] = status
    assert wrong == {}


@pytest.mark.parametrize("role", GROUP_OF)
def test_actions_are_offered_to_whom_the_table_says(roles, role):
    request = chief_request(roles.roles[role])
    for model, found in actions_of():
        offered = set(admin.site._registry[model].get_actions(request))
        rows = {name: ACTIONS[f"{name_of(model)}_changelist/{name}"].rights for name in found}
        assert offered == {name for name, rights in rows.items() if says(role, rights)}
        for name, rights in rows.items():
            assert set(rights) == {right(word, model) for word in found[name].allowed_permissions}


@pytest.mark.parametrize("role", GROUP_OF)
def test_the_whole_stack_answers_as_the_pages_do(roles, client, no_second_factor, role):
    client.force_login(roles.roles[role])
    merge = path_of("members_person_merge", roles.ada)
    assert client.get(reverse("admin:index")).status_code == 200
    assert (client.get(merge).status_code == 200) is says(role, ACT_PAGES["members_person_merge"].rights)
