"""A file that would run or fetch something when it is opened is refused, whatever its parts call it."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf.generic import ArrayObject, IndirectObject, NameObject, TextStringObject

from iscg_portal.files.checks import kind_of
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.sheet import FileRefused
from meetings.models import DocumentFile
from tests import made_up_files as made
from tests.doors.test_files_at_the_limit import desk, pages  # noqa: F401
from tests.importing.test_reading_xlsx import book, repacked

SCRIPT, PROGRAM, ATTACHED = "has a script in it", "starts a program", "has a program attached"


def action(kind, **more):
    return made.dictionary({"/S": NameObject(kind)} | {f"/{name}": value for name, value in more.items()})


def on(place, value):
    """An edit that puts a value into the catalogue (`root`) or the page."""

    def edit(writer, page):
        holder = page if place.startswith("page") else writer._root_object
        holder[NameObject(place.removeprefix("page"))] = value

    return edit


def note(**more):
    given = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Widget")}
    return ArrayObject([made.dictionary(given | {f"/{name}": value for name, value in more.items()})])


def going(kind="/GoTo", **more):
    return action(kind, D=TextStringObject("x"), **more)


def attached(name, content):
    def edit(writer, _page):
        writer.add_attachment(name, content)

    return edit


def in_a_page_of_names(writer, _page):
    leaf = made.dictionary({"/Names": ArrayObject([TextStringObject("a"), made.script()])})
    tree = made.dictionary({"/Kids": ArrayObject([writer._add_object(leaf)])})
    writer._root_object[NameObject("/Names")] = made.dictionary({"/JavaScript": writer._add_object(tree)})


def bookmark(writer, _page):
    first = writer._add_object(made.dictionary({"/Title": TextStringObject("x"), "/A": made.script()}))
    writer._root_object[NameObject("/Outlines")] = made.dictionary({"/First": first})


def form(**more):
    return made.dictionary({f"/{name}": value for name, value in more.items()})


LINK = TextStringObject("https://example.org/")
PDFS = {
    "opening": (on("/OpenAction", made.script()), SCRIPT),
    "after opening": (on("/OpenAction", going(Next=ArrayObject([going(), made.script()]))), SCRIPT),
    "closing": (on("/AA", made.dictionary({"/WC": made.script()})), SCRIPT),
    "a page": (on("page/AA", made.dictionary({"/O": going(Next=going(Next=made.script()))})), SCRIPT),
    "a note": (on("page/Annots", note(A=made.script())), SCRIPT),
    "a note that is left": (on("page/Annots", note(AA=made.dictionary({"/X": made.script()}))), SCRIPT),
    "a field": (on("/AcroForm", form(Fields=note(AA=made.dictionary({"/K": made.script()})))), SCRIPT),
    "a field of a field": (on("/AcroForm", form(Fields=note(Kids=note(A=made.script())))), SCRIPT),
    "a form with scripts": (on("/AcroForm", form(XFA=TextStringObject("x"))), SCRIPT),
    "names": (in_a_page_of_names, SCRIPT),
    "a bookmark": (bookmark, SCRIPT),
    "a film": (on("page/Annots", note(A=action("/Rendition", JS=TextStringObject("x")))), SCRIPT),
    "a program": (on("page/Annots", note(A=action("/Launch", F=TextStringObject("calc.exe")))), PROGRAM),
    "going away": (on("/OpenAction", going(Next=action("/URI", URI=LINK))), "goes to another place by itself"),
    "going into a file": (on("page/AA", made.dictionary({"/O": going("/GoToE")})), "goes to another place by itself"),
    "a film with scripts": (on("page/Annots", note(Subtype=NameObject("/RichMedia"))), SCRIPT),
    "a program by its name": (attached("invoice.pdf.exe ", b"x"), ATTACHED),
    "a program of another kind": (attached("a.iso", b"x"), ATTACHED),
    "a program by its content": (attached("picture.png", b"MZ\x90"), ATTACHED),
    "macros": (attached("table.xlsm", b"x"), ATTACHED),
    "a PDF with a script": (attached("a.pdf", made.pdf("x", script="x").getvalue()), SCRIPT),
    "packed": (attached("a.docx", made.packed({"a/run.js": "x"}).getvalue()), "macros or a program"),
}
NOT_PACKED = r"\(%s\): Only PDF, DOCX, XLSX, PPTX, CSV, text and pictures may be packed"
NOT_TO_BE_PACKED = {
    **{f"a.{ending}": b"x" for ending in ("html", "svg", "gz", "7z", "rar", "cab", "zip", "doc")},
    "a": b"x",
    "packed.txt": b"\x1f\x8b\x08\0",
    "disk.png": bytes(40_000),
    "old.csv": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


@pytest.mark.parametrize("case", PDFS)
def test_a_pdf_that_acts_is_refused(case):
    edit, sentence = PDFS[case]
    with pytest.raises(ValidationError, match=sentence):
        kind_of(made.pdf("x", edit=edit))


def test_what_is_packed_is_a_document_a_text_or_a_picture():
    for name, content in NOT_TO_BE_PACKED.items():
        with pytest.raises(ValidationError, match=NOT_PACKED % re.escape(name)):
            kind_of.__wrapped__(made.pdf("x", edit=attached(name, content)))


def by_reference(edit):
    """The edit, and then every value in catalogue and page is a reference to it, but for what makes them a page."""

    def refer(writer, value):
        if isinstance(value, IndirectObject):
            refer_all(writer, value.get_object())
            return value
        refer_all(writer, value)
        return writer._add_object(value)

    def refer_all(writer, holder, but=()):
        if isinstance(holder, dict):
            for name in holder.keys() - set(but):
                holder[name] = refer(writer, holder.raw_get(name))
        elif isinstance(holder, list):
            holder[:] = [refer(writer, one) for one in holder]

    def edit_and_refer(writer, page):
        edit(writer, page)
        refer_all(writer, page, ("/Type", "/Parent", "/Resources", "/MediaBox", "/Contents"))
        refer_all(writer, writer._root_object, ("/Type", "/Pages"))

    return edit_and_refer


@pytest.mark.parametrize("case", PDFS)
def test_so_is_one_that_says_all_by_reference(case):
    edit, sentence = PDFS[case]
    with pytest.raises(ValidationError, match=sentence):
        kind_of(made.pdf("x", edit=by_reference(edit)))


QUIET = {
    "a link to click": on("page/Annots", note(A=action("/URI", URI=LINK))),
    "a page to begin with": lambda writer, page: on("/OpenAction", ArrayObject([page.indirect_reference]))(
        writer, page
    ),
    "a table attached": attached("table.csv", b"a,b"),
    "a table of an older program attached": attached("Table.CSV", "é;ж".encode("utf-16")),
    "a picture attached": attached("a.png", b"\x89PNG\r\n\x1a\n\0"),
    "a paper attached": attached("paper.pdf", made.pdf("x").getvalue()),
    "an unknown action": on("page/AA", made.dictionary({"/O": action("/Javascripx", JS=TextStringObject("x"))})),
}


@pytest.mark.parametrize("case", QUIET)
def test_a_quiet_pdf_is_taken(case):
    assert kind_of(made.pdf("x", edit=QUIET[case])).code == "pdf"


@pytest.mark.parametrize("lead", [b"\r\n", b"\xef\xbb\xbf", b"%!PS-Adobe-3.0\n", b" " * 1019])
def test_the_mark_of_a_pdf_may_stand_behind_a_few_bytes(lead):
    assert kind_of(io.BytesIO(lead + made.pdf("x").getvalue()), "paper.pdf").code == "pdf"


@pytest.mark.parametrize("lead", [b"MZ", b"\x7fELF", b"#!/bin/sh\n", b" " * 1020])
def test_what_begins_as_something_else_is_no_pdf(lead):
    with pytest.raises(ValidationError, match="none of PDF, DOCX, XLSX and PPTX"):
        kind_of(io.BytesIO(lead + made.pdf("x").getvalue()))


RELS, SETTINGS = "word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"
WEB = "https://example.org/x"
OTHER = "object of another program"
FETCHES = "fetches something from elsewhere"


def instruction(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>'


def field(kind, target):
    return instruction(f'{kind} "', target, '" \\d')


SHOWS = '<w:fldChar w:fldCharType="separate"/>'
OFFICE = {
    "a template": ((SETTINGS, made.relationship("attachedTemplate", WEB)), "fetches its template"),
    "a template of a share": ((SETTINGS, made.relationship("attachedTemplate", r"\\host\a.dotm")), "carries macros"),
    "a share": ((SETTINGS, made.relationship("attachedTemplate", "file://host/a.dotx")), "fetches its template"),
    "a share in slashes": ((SETTINGS, made.relationship("attachedTemplate", "file:////host/a")), "fetches its templ"),
    "a picture": ((RELS, made.relationship("image", WEB)), FETCHES),
    "a frame": (("word/_rels/webSettings.xml.rels", made.relationship("frame", "//example.org/x")), FETCHES),
    "a part of the text": ((RELS, made.relationship("subDocument", WEB)), FETCHES),
    "in a note": (("word/_rels/footnotes.xml.rels", made.relationship("image", WEB)), FETCHES),
    "a linked object": ((RELS, made.relationship("oleObject", WEB)), OTHER),
    "an object": ((RELS, made.relationship("oleObject", "embeddings/oleObject1.bin", external=False)), OTHER),
    "a control": ((RELS, made.relationship("control", "x.xml", external=False)), OTHER),
    "another text": ((RELS, made.relationship("aFChunk", "a.html", external=False)), "takes up another file"),
    "macros": ((RELS, made.relationship("vbaProject", "m.bin", external=False)), "macros or a program"),
    "a button": (("word/b.xml", '<a action="ppaction://program"/>'), "macros or a program"),
    "a link to a disk": ((RELS, made.relationship("hyperlink", "file:///C:/x/disk.vhd")), "macros or a program"),
    "a link to a program": ((RELS, made.relationship("hyperlink", "file:///C:/x/calc.exe")), "macros or a program"),
    "a field": (("word/header1.xml", made.header_part(instruction("DDEAUTO cmd"))), r"another program \(DDE\)"),
    "a field in pieces": (("word/f.xml", made.header_part(instruction(" D", "DE ", "x"))), r"another program \(DDE\)"),
    "a field in another encoding": (("word/f.xml", instruction("DDE x").encode("utf-16")), r"another program \(DDE\)"),
    "a button in another encoding": (("word/b.xml", '<a action="PPACTION://Macro"/>'.encode("utf-16")), "macros or a"),
    "a button in signs": (("word/b.xml", '<a action="ppaction:&#47;/program"/>'), "macros or a program"),
    "a picture of a field": (("word/f.xml", field("INCLUDEPICTURE", WEB)), FETCHES),
    "a text of a field": (("word/f.xml", field("includetext", r"\\\\host\\a.docx")), FETCHES),
    "a field in a field": (("word/f.xml", f"<f>{instruction('IMPORT ')}{field('QUOTE', WEB)}</f>"), FETCHES),
    "a field that is an attribute": (("word/f.xml", f'<f><fldSimple instr="INCLUDE {WEB}"/></f>'), FETCHES),
    "an encoding": (("word/f.xml", '<?xml version="1.0" encoding="utf-7"?><x/>'), "damaged"),
    "an encoding in another": (
        ("word/f.xml", '<?xml version="1.0" encoding="x"?><instrText/>'.encode("utf-16")),
        "damaged",
    ),
    "an encoding of a list": ((RELS, '<?xml version="1.0" encoding="x"?><x/>'), "damaged"),
    "a document type": ((RELS, "<!DOCTYPE x><x/>"), "damaged"),
}


@pytest.mark.parametrize("case", OFFICE)
def test_a_docx_that_acts_is_refused(case):
    part, sentence = OFFICE[case]
    with pytest.raises(ValidationError, match=sentence):
        kind_of(made.docx_with(*part))


@pytest.mark.parametrize(
    "part",
    [
        (RELS, made.relationship("hyperlink", WEB)),
        (RELS, made.relationship("hyperlink", "https://www.example.com")),
        (RELS, made.relationship("hyperlink", "mailto:ada@example.com")),
        (SETTINGS, made.relationship("attachedTemplate", "file:///C:\\Templates\\Made%20up.dotx")),
        (SETTINGS, made.relationship("attachedTemplate", "Normal.dotx")),
        (RELS, made.relationship("image", "file:///C:/Temp/picture.png")),
        (RELS, made.relationship("image", "cid:picture@mail")),
        (RELS, made.relationship("image", "media/picture.png", external=False)),
        ("word/header1.xml", made.header_part(instruction("PAGE ", "\\* ARABIC"))),
        ("word/f.xml", field("HYPERLINK", "https://example.org/link/include/")),
        ("word/f.xml", field("INCLUDEPICTURE", r"C:\\Temp\\picture.png")),
        ("word/f.xml", f"<f>{field('INCLUDETEXT', 'a.docx')}{SHOWS}{field('HYPERLINK', WEB)}</f>"),
    ],
)
def test_a_quiet_docx_is_taken(part):
    assert kind_of(made.docx_with(*part)).code == "docx"


def test_a_part_is_read_whatever_its_name():
    types = made.content_types().replace("</Types>", '<Default Extension="dat" ContentType="a/b+xml"/></Types>')
    parts = {"[Content_Types].xml": types, "word/document.xml": "<x/>", "word/f.dat": instruction("DDE x")}
    with pytest.raises(ValidationError, match=r"another program \(DDE\)"):
        kind_of(made.packed(parts))


def with_a_table(table):
    name = "word/embeddings/table.xlsx"
    parts = {RELS: made.relationship("package", "embeddings/table.xlsx", external=False), name: table}
    return made.packed({"[Content_Types].xml": made.content_types(), "word/document.xml": "<x/>"} | parts)


def test_the_table_of_a_chart_is_judged_as_if_it_came_alone():
    assert kind_of(with_a_table(book(["x", "Ada"]))).code == "docx"
    linked = repacked(book(["x", "Ada"]), {"xl/_rels/workbook.xml.rels": made.relationship("image", WEB)})
    with pytest.raises(ValidationError, match=r"A file inside this one cannot be kept \(table.xlsx\): .* fetches"):
        kind_of(with_a_table(linked))
    with pytest.raises(ValidationError, match="macros or a program"):
        kind_of(with_a_table(b"MZ\x90"))


def test_a_type_for_all_parts_of_an_ending_is_one():
    types = made.content_types().replace('Override PartName="/word/document.xml"', 'Default Extension="xml"')
    root = made.relationship("officeDocument", "word/document.xml", external=False)
    parts = {"[Content_Types].xml": types, "_rels/.rels": root, "word/document.xml": "<x/>"}
    assert kind_of(made.packed(parts)).code == "docx"


LINKED = {"xl/externalLinks/_rels/externalLink1.xml.rels": made.relationship("externalLinkPath", WEB)}


def test_so_is_a_table_to_import():
    with pytest.raises(FileRefused, match=FETCHES):
        read_file(repacked(book(["x", "Ada"]), LINKED))


def test_so_is_a_table_that_asks_a_program_for_a_cell():
    with pytest.raises(FileRefused, match="macros or a program"):
        read_file(repacked(book(["x"]), {"xl/externalLinks/a.xml": "<a><ddeLink/></a>".encode("utf-16")}))


@pytest.mark.django_db
def test_every_page_that_takes_a_file_says_so(desk):  # noqa: F811
    for address, fields in pages().items():
        of_a_table = "import" in address
        content = repacked(book(["x", "Ada"]), LINKED) if of_a_table else made.pdf("x", script="x").getvalue()
        answer = desk.post(address, {**fields, "file": SimpleUploadedFile("a.pdf", content)})
        assert (FETCHES if of_a_table else SCRIPT) in answer.content.decode(), address
    assert not DocumentFile.objects.exists()
