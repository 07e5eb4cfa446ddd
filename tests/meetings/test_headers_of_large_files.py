"""Reading the header of a DOCX of ten megabytes takes under two seconds and little memory."""

import random
import time
import tracemalloc

import pytest

from iscg_portal.personal_addresses import found_in
from meetings.docx_headers import read_header
from tests.made_up_files import docx, paragraph, table


@pytest.fixture(scope="module")
def ten_megabytes():
    """A DOCX with a header and words that cannot be packed well."""
    letters = bytes(ord("a") + number % 26 for number in range(256))
    text = random.Random(1).randbytes(18_000_000).translate(letters).decode()
    words = (paragraph(text[start : start + 2_000]) for start in range(0, len(text), 2_000))
    file = docx(table(["Title:", "Large, made up"]) + "".join(words))
    assert len(file.getvalue()) > 10_000_000
    return file


def test_it_is_read_in_two_seconds(ten_megabytes):
    started = time.process_time()
    header = read_header.__wrapped__(ten_megabytes)  # here, and not apart, where nobody measures
    assert time.process_time() - started < 2
    assert header.title == "Large, made up"


def test_it_is_read_and_searched_in_little_memory(ten_megabytes):
    tracemalloc.start()
    read_header.__wrapped__(ten_megabytes)
    found_in.__wrapped__(ten_megabytes, "docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
