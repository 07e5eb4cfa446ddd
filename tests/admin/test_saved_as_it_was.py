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
