"""No page may read a column that its query left out: the guard of all tests is itself tested."""

import pytest
from django.http import HttpResponse

from iscg_portal.web.public_page import public_page
from members.models import Person


def test_a_page_that_reads_a_column_left_out_fails(world, rf):
    persons = Person.objects.only("slug")
    page = public_page(lambda request: HttpResponse("".join(person.source for person in persons)))
    with pytest.raises(AssertionError, match=r"Person\.source was left unread"):
        page(rf.get("/en/made-up/"))
