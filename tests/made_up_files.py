"""Made-up files for the tests: Office archives part by part, and what is wrong with the odd ones."""

import io
import zipfile

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def content_types(main="/word/document.xml", content_type=DOCX):
    """The list of types of an archive."""
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="{main}" ContentType="{content_type}"/></Types>'
    )


def packed(parts):
    """An open ZIP of {name: content}."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.seek(0)
    return file


def docx(body="", *, types=None, **parts):
    """An open DOCX whose body is this XML; further parts by name, with `__` for `/`: `word__header1`."""
    given = {
        "[Content_Types].xml": types or content_types(),
        "word/document.xml": f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>',
    }
    return packed(given | {name.replace("__", "/") + ".xml": content for name, content in parts.items()})


RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relationship(kind, target, external=True):
    """The list of relationships of a part, with this one."""
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONSHIPS}">{one}</Relationships>'


def docx_with(name, content, body=""):
    """An open DOCX with one part more, whatever its name."""
    given = {"[Content_Types].xml": content_types(), name: content}
    given["word/document.xml"] = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return packed(given)


def header_part(body):
    """The XML of a page header of Word."""
    return f"<w:hdr {W}>{body}</w:hdr>"


def paragraph(*runs):
    """A paragraph of Word; a run is a text, or XML."""
    made = (run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{''.join(made)}</w:p>"


def table(*rows):
    """A table of Word: rows of cells; a cell is a text, or XML of paragraphs."""
    cells = ((cell if cell.startswith("<") else paragraph(cell) for cell in row) for row in rows)
    made = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in cells)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def dictionary(values):
    """A dictionary of a PDF."""
    return DictionaryObject({NameObject(name): value for name, value in values.items()})


def pdf(text="", **options):
    """An open PDF with one page and this text. `password`, `script`, `link` and `edit(writer, page)` make it odd."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = dictionary(
        {"/Type": NameObject("/Font"), "/Subtype": NameObject("/Type1"), "/BaseFont": NameObject("/Helvetica")}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = dictionary({"/Font": dictionary({"/F1": writer._add_object(font)})})
    if options.get("link"):
        action = {"/S": NameObject("/URI"), "/URI": TextStringObject(options["link"])}
        note = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/A": dictionary(action)}
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(dictionary(note))])
    if options.get("script"):
        writer._root_object[NameObject("/OpenAction")] = script(options["script"])
    if options.get("edit"):
        options["edit"](writer, page)
    if options.get("password"):
        writer.encrypt(options["password"])
    file = io.BytesIO()
    writer.write(file)
    file.seek(0)
    return file


def script(text="app.alert(1)"):
    """An action of a PDF that runs a script."""
    return dictionary({"/S": NameObject("/JavaScript"), "/JS": TextStringObject(text)})


def bomb():
    """A DOCX of some kilobytes that unpacks to hundreds of megabytes."""
    return docx("0" * 50_000_000)


def locked():
    """A DOCX whose parts are marked as encrypted."""
    content = bytearray(docx("x").getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(mark, start + 4)
    return io.BytesIO(bytes(content))


def cut_short(file, share=0.7):
    """The first part of a file."""
    content = file.getvalue()
    return io.BytesIO(content[: int(len(content) * share)])
