"""What the address of a list may ask for: nobody guesses, letter by letter, what no page shows."""

import pytest

from iscg_portal.mail.models import Mail
from tests import world as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings):
    """The browser of a staff account with every right."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(build.staff_account())
    return client


@pytest.mark.parametrize(
    "lookup",
    [
        "members/account/?password__startswith=p",
        "members/account/?user_permissions__codename=view_person",
        "iscg_portal/mail/?text__contains=ABC",
        "iscg_portal/mail/?html__regex=A",
        "iscg_portal/mail/?unsubscribe_url__contains=1",
        "workspace/invitation/?digest__startswith=a",
        "workspace/entrylink/?digest__startswith=a",
    ],
)
def test_a_list_is_not_narrowed_down_by_what_no_page_shows(desk, lookup):
    Mail.objects.create(to="reader@example.org", subject="A code", text="ABC-DEF")
    answer = desk.get(f"/admin/{lookup}")
    assert answer.status_code == 400
    assert "reader@example.org" not in answer.content.decode()


@pytest.mark.parametrize(
    "lookup",
    [
        "members/account/?is_staff__exact=1",
        "members/account/?email__startswith=staff",
        "members/person/?grade__exact=inferred",
        "members/representative/?person__id__exact=1",
        "iscg_portal/mail/?state__exact=sent",
        "workspace/entrylink/?answered=open",
        "workspace/participant/?capacity__exact=Sector%20Member",
    ],
)
def test_a_list_is_narrowed_down_by_what_is_seen(desk, lookup):
    assert desk.get(f"/admin/{lookup}").status_code == 200
