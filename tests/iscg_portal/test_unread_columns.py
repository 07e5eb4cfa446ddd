"""No public page may read a column that its query left out: the guard of all tests is itself tested."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from iscg_portal.web.public_page import public_file, public_page
from members.models import Person


def sources():
    """The sources of all persons, from a query that left them out."""
    return (person.source for person in Person.objects.only("slug"))


def test_a_public_page_that_reads_a_column_left_out_fails(world, rf):
    page = public_page(lambda request: HttpResponse("".join(sources())))
    with pytest.raises(AssertionError, match=r"members\.Person\.source"):
        page(rf.get("/en/made-up/"))


def test_a_file_that_reads_one_while_it_is_sent_fails(world, rf):
    file = public_file(lambda request: StreamingHttpResponse(sources(), headers={"ETag": '"made-up"'}))
    with pytest.raises(AssertionError, match=r"members\.Person\.source"):
        list(file(rf.get("/en/made-up.txt")))


def test_pages_of_those_signed_in_may(world):
    assert "".join(sources()) == ""
