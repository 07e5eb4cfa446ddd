"""What a file is, told by its content; what cannot be kept is refused with a sentence."""

import io

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.files import checks as file_checks
from iscg_portal.files.checks import check_name, kind_of
from tests import made_up_files as made

GOOD = {
    "docx": made.docx,
    "pdf": made.pdf,
    "xlsx": lambda: made.packed(
        {"[Content_Types].xml": made.content_types("/xl/workbook.xml", made.XLSX), "xl/workbook.xml": "<workbook/>"}
    ),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_told_by_its_content(kind):
    file = GOOD[kind]()
    assert kind_of(file, f"paper.{kind.upper()}").code == kind
    assert file.tell() == 0


def test_a_name_without_a_known_ending_says_nothing():
    assert kind_of(made.docx(), "Report v1.2").code == "docx"


def test_the_main_part_may_have_any_name():
    file = made.packed({"[Content_Types].xml": made.content_types("/word/document2.xml"), "word/document2.xml": "<x/>"})
    assert kind_of(file).code == "docx"


class _Large(io.BytesIO):
    """Says that it is larger than it is."""

    def tell(self):
        return file_checks.LARGEST_FILE + 1


def named_twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = made.docx()
        with __import__("zipfile").ZipFile(file, "a") as archive:
            archive.writestr("word/document.xml", "another")
    return file


REFUSED = {
    "empty": (io.BytesIO, "The file is empty."),
    "too large": (_Large, "The file is larger than 100 MB."),
    "text": (lambda: io.BytesIO(b"Dear colleague"), "none of PDF, DOCX, XLSX and PPTX"),
    "a program": (lambda: io.BytesIO(b"MZ\x90\x00" * 9), "none of PDF, DOCX, XLSX and PPTX"),
    "a ZIP of something else": (lambda: made.packed({"a.txt": "x"}), "none of PDF, DOCX, XLSX and PPTX"),
    "old Office": (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0" + b"0" * 99), "protected with a password, or in the format"),
    "macros": (lambda: made.docx(types=made.content_types(content_type=made.MACROS)), "macros or a program"),
    "a macro part": (lambda: made.packed({"word/vbaProject.bin": "x"}), "macros or a program"),
    "a program inside": (lambda: made.packed({"word/embeddings/setup.EXE": "x"}), "macros or a program"),
    "encrypted": (made.locked, "protected with a password"),
    "a ZIP bomb": (made.bomb, "unpacks to more than the portal accepts"),
    "cut short": (lambda: made.cut_short(made.docx("x" * 999)), "damaged or cut short"),
    "a part lost": (lambda: made.packed({"[Content_Types].xml": made.content_types()}), "damaged or cut short"),
    "two main parts": (named_twice, "damaged or cut short"),
    "a PDF cut short": (lambda: made.cut_short(made.pdf("x"), 0.5), "cut short"),
    "no PDF at all": (lambda: io.BytesIO(b"%PDF-1.7 nothing %%EOF"), "damaged or cut short"),
    "a PDF with a password": (lambda: made.pdf("x", password="made up"), "protected with a password"),
    "a PDF with a script": (lambda: made.pdf("x", script="app.alert(1)"), "has a script in it"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_kept_is_refused_with_a_sentence(case):
    make, sentence = REFUSED[case]
    with pytest.raises(ValidationError, match=sentence):
        kind_of(make())


@pytest.mark.parametrize(("name", "kind"), [("paper.pdf", "docx"), ("paper.docx", "pdf"), ("paper.exe", "docx")])
def test_a_name_that_says_something_else_is_refused(name, kind):
    with pytest.raises(
        ValidationError, match=f"The name ends in “.{name[-4:].strip('.')}”, but the file is a {kind.upper()}"
    ):
        kind_of(GOOD[kind](), name)


NAMES = {
    "../../etc/passwd": "a slash",
    "C:\\paper.docx": "a slash",
    "paper\u202exslx.docx": "invisible marks",
    "paper\u200b.docx": "invisible marks",
    "paper\n.docx": "invisible marks",
    "x" * 300 + ".docx": "longer than 200 characters",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_deceives_is_refused(name):
    with pytest.raises(ValidationError, match=NAMES[name]):
        check_name(name)


@pytest.mark.parametrize("name", ["paper.docx", "Отчёт.docx", "报告.docx", "تقرير.docx", "Proposal (Rev.1)-E.docx"])
def test_a_plain_name_in_any_script_is_taken(name):
    check_name(name)
