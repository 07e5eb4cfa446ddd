"""A page that is sent as it was says that nothing was changed (rule 20)."""

import pytest
from django.contrib.messages import get_messages

from tests import world
from tests.admin.conftest import as_sent, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "said"), [({}, "Nothing was changed."), ({"honorific": "Dr"}, "changed successfully")]
)
def test_saving_says_whether_anything_was_changed(desk, typed, said):
    page = page_of(world.person("Ada Testperson"))
    answer = desk.post(page, as_sent(desk.get(page)) | typed)
    [message, *_others] = [str(one) for one in get_messages(answer.wsgi_request)]
    assert said in message


def test_an_old_version_that_is_brought_back_as_it_was_shown_has_changed_something(desk):
    ada = world.person("Ada Testperson")
    first = ada.history.get().pk
    ada.name = "Ada Renamed"
    ada.save()
    page = f"{page_of(ada)}?version={first}"
    answer = desk.post(page, as_sent(desk.get(page)))
    ada.refresh_from_db()
    assert ada.name == "Ada Testperson"
    assert "changed successfully" in str([*get_messages(answer.wsgi_request)][0])
