"""Document numbers: read, printed and put in order."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.numbers import address_of, file_name_of, meeting_and_serial, print_number, read_number, sort_key

READ = {
    "ISCG/25-1/03-E": ("ISCG/25-1/03", "E", ()),
    "ISCG/25-1/3": ("ISCG/25-1/03", "", ()),
    "ISCG/25-01/003-F": ("ISCG/25-1/03", "F", ()),
    "iscg/25-1/03-e": ("ISCG/25-1/03", "E", ()),
    "ISCG/25-1/03(Rev.1)-E": ("ISCG/25-1/03", "E", (("Rev", 1),)),
    "ISCG/25-1/03-E (Rev.1)": ("ISCG/25-1/03", "E", (("Rev", 1),)),
    "ISCG/25-1/03 (Add.2)(Rev.1)-S": ("ISCG/25-1/03", "S", (("Add", 2), ("Rev", 1))),
    "ISCG/25-1/03 (REV 2)": ("ISCG/25-1/03", "", (("Rev", 2),)),
    "ISCG/25\u20111/03\u2011C": ("ISCG/25-1/03", "C", ()),
    "ISCT-18/12-E": ("ISCT-18/12", "E", ()),
    "ISCT-18/05": ("ISCT-18/5", "", ()),
    "IST-15/3-R": ("IST-15/3", "R", ()),
    "TDAG/ISCT/5-E": ("TDAG/ISCT/5", "E", ()),
    "ISCT/7 (Corr.1)": ("ISCT/7", "", (("Corr", 1),)),
}


@pytest.mark.parametrize("text", READ)
def test_a_printed_number_is_read(text):
    assert tuple(read_number(text)) == READ[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03",
        "ISCG/25-1",
        "ISCG/25-1/0",
        "ISCG/25-0/1",
        "ISCG/2025-1/03",
        "SG5-TD12",
        "ISCG/25-1/03 (Rev.0)",
        "x" * 9999,
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValidationError, match="as in ISCG/25-1/03, ISCT-18/12 or TDAG/ISCT/5"):
        read_number(text)


def test_a_number_leads_to_its_meeting_and_serial():
    assert meeting_and_serial("ISCG/25-1/03") == ("25-1", 3)
    assert meeting_and_serial("ISCT-18/12") is None


def test_addresses_and_file_names_are_made_of_the_number():
    assert address_of("ISCG/25-1/03 (Rev.1)") == "iscg-25-1-03-rev1"
    assert address_of("TDAG/ISCT/5") == "tdag-isct-5"
    assert file_name_of("ISCG/25-1/03 (Rev.1)", "zh-hans", "docx") == "ISCG-25-1-03-Rev1-C.docx"


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
serials = st.integers(1, 9999)
years = st.integers(14, 99)
VARIANTS = [(), (("Corr", 1),), (("Add", 1),), (("Add", 1), ("Rev", 1)), (("Rev", 1),), (("Rev", 2),), (("Rev", 12),)]
present = st.tuples(years, st.integers(1, 99), serials).map(
    lambda parts: ((parts[0], parts[1], 0, parts[2]), f"ISCG/{parts[0]}-{parts[1]}/{parts[2]:02d}")
)
FAMILIES_OF_A_YEAR = ["IST", "ISCT", "ISCG"]
earlier = st.tuples(years, st.integers(0, 2), serials).map(
    lambda parts: ((parts[0], 0, parts[1] + 1, parts[2]), f"{FAMILIES_OF_A_YEAR[parts[1]]}-{parts[0]}/{parts[2]}")
)
numbers = st.tuples(st.one_of(present, earlier), st.integers(0, len(VARIANTS) - 1))


@unhurried
@given(st.lists(numbers, min_size=2, max_size=30, unique=True))
def test_numbers_sort_by_year_meeting_serial_and_variant(drawn):
    by_oracle = sorted(drawn, key=lambda one: (one[0][0], one[1]))
    by_key = sorted(drawn, key=lambda one: sort_key(one[0][1], variants=VARIANTS[one[1]]))
    assert by_key == by_oracle


@unhurried
@given(numbers, st.sampled_from(["", "-E", "-A"]))
def test_what_is_printed_is_read_back(drawn, letter):
    (_place, bare), variant = drawn
    printed = print_number(bare, VARIANTS[variant])
    assert str(read_number(printed + letter)) == printed


@unhurried
@given(st.one_of(numbers, numbers))
def test_the_order_is_made_of_digits_and_dots_alone(drawn):
    assert set(sort_key(drawn[0][1], variants=VARIANTS[drawn[1]])) <= set("0123456789.")
