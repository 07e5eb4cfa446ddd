"""Personal e-mail addresses and phone numbers are found before a file is published; only counts are kept."""

import io

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.personal_addresses import counts_in_words, found_in, is_role_mailbox, no_personal_address, personal_in
from tests.made_up_files import content_types, cut_short, docx, packed, paragraph, pdf

ADDRESS = "ada.testperson@example.org"
PHONE = "+41 22 555 01 23"


@pytest.mark.parametrize(
    "text",
    [
        PHONE,
        "+41(0)22/555-0123",
        "Tel: 022 555 01 23",
        "Phone 555-0123",
        "тел. 8 (495) 555-01-23",
        "电话：010 5550 1234",
        "0041 22 555 01 23",
    ],
)
def test_a_phone_number_is_found(text):
    assert list(personal_in(f"Call {text}, please")) == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "mobile 2020-2030",
        "Document ISCG/25-1/03",
        "+5 MHz",
        "2 000 000 000 people",
        "Resolution 191",
        "470-862 MHz",
        "2025-02-12",
    ],
)
def test_other_digits_are_no_phone_number(text):
    assert personal_in(text) == {}


@pytest.mark.parametrize(
    "text", [ADDRESS, f"<{ADDRESS}>", "Ada_T+x@mail.example.org.", "имя@пример.рф", "ada＠example.org"]
)
def test_an_e_mail_address_is_found(text):
    assert list(personal_in(f"Write to {text}")) == ["e-mail"]


@pytest.mark.parametrize("text", ["@example", "ada@", "a @ b.org", "user@host"])
def test_other_signs_are_no_e_mail_address(text):
    assert personal_in(text) == {}


def test_a_role_mailbox_is_nobody_s():
    assert all(map(is_role_mailbox, ["iscg@itu.int", "int-sect-group@lists.itu.int", "TSBTSAG@itu.int"]))
    assert not any(map(is_role_mailbox, ["ada.testperson@itu.int", "iscg@example.org"]))


@pytest.mark.parametrize("text", ["", "Chair, ISCG", "ISCG secretariat, iscg@itu.int"])
def test_public_words_may_name_a_role(text):
    no_personal_address(text)


@pytest.mark.parametrize("text", [ADDRESS, PHONE])
def test_public_words_name_nobody_s_address(text):
    with pytest.raises(ValidationError, match="This is public"):
        no_personal_address(f"Chair, {text}")


def test_a_clean_file_has_nothing():
    assert found_in(docx(paragraph("Write to iscg@itu.int")), "docx") == {}
    assert found_in(pdf("Write to iscg@itu.int"), "pdf") == {}


def test_an_address_in_pieces_is_found_once_however_often_it_stands():
    pieces = paragraph("Write to ada.test", "person@exam", "ple.org") + paragraph(ADDRESS)
    assert found_in(docx(pieces), "docx") == {"e-mail": 1}


PLACES = {
    "a deleted text": docx(f"<w:p><w:del><w:r><w:delText>{ADDRESS}</w:delText></w:r></w:del></w:p>"),
    "a comment": docx(word__comments=paragraph(ADDRESS)),
    "the foot of the page": docx(word__footer1=paragraph(ADDRESS)),
    "the properties": docx(docProps__core=f"<cp><lastModifiedBy>{ADDRESS}</lastModifiedBy></cp>"),
    "a link": packed({"word/_rels/document.xml.rels": '<Relationship Target="mailto:ada.testperson%40example.org"/>'}),
    "entities": docx(paragraph("ada.testperson&#64;example.org")),
    "another encoding": packed({"word/document.xml": f"<p>{ADDRESS}</p>".encode("utf-16")}),
    "a part of another name": packed(
        {"[Content_Types].xml": content_types("/word/a.dat"), "word/a.dat": f"<p>{ADDRESS}</p>"}
    ),
    "a table of Excel": packed({"xl/sharedStrings.xml": f"<sst><si><t>{ADDRESS}</t></si></sst>"}),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_address_is_found_wherever_it_stands(place):
    assert found_in(PLACES[place], "docx") == {"e-mail": 1}


def test_neighbouring_cells_do_not_make_an_address():
    assert found_in(docx(paragraph("ada") + paragraph("@") + paragraph("example.org")), "docx") == {}


def test_text_and_links_of_a_pdf_are_searched():
    assert found_in(pdf(f"Write to {ADDRESS}"), "pdf") == {"e-mail": 1}
    assert found_in(pdf("x", link="mailto:ada.testperson@example.org"), "pdf") == {"e-mail": 1}
    assert found_in(pdf("x", link="tel:+41225550123"), "pdf") == {"phone": 1}


@pytest.mark.parametrize("part", ["embeddings/sheet.xlsx", "embeddings/o.bin", "unknown.dat"])
def test_what_cannot_be_searched_is_said(part):
    assert found_in(packed({f"word/{part}": "x", "word/media/a.png": "x"}), "docx") == {"not searched": 1}


def test_a_file_that_cannot_be_read_has_to_be_looked_at():
    assert found_in(io.BytesIO(b"%PDF-1.4 nothing"), "pdf") == {"not searched": 1}
    assert found_in(cut_short(docx("x" * 999)), "docx") == {"not searched": 1}


def test_an_address_across_two_blocks_is_found(monkeypatch):
    monkeypatch.setattr("iscg_portal.personal_addresses.BLOCK", 100)
    assert found_in(docx(paragraph("x" * 60) + paragraph(f"Write to {ADDRESS}")), "docx") == {"e-mail": 1}


def test_what_was_found_is_told_in_words():
    assert counts_in_words({"e-mail": 2, "phone": 1}) == "2 e-mail addresses, 1 phone number"
    assert counts_in_words({"not searched": 1}) == "1 part that could not be searched"
