"""What the tags of a PDF lack as WeasyPrint makes them: scopes of heads, languages of texts, words below pictures.

And the tags of two PDFs that become one.
"""

import io


def say_languages():
    """From now on, for this process: what is marked with `lang` in the HTML has its language in the PDF too."""
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    if getattr(build, "says_languages", False):
        return

    def build_with_language(box, *rest):
        element = getattr(getattr(box, "_box", box), "element", None)
        lang = element is not None and element.get("lang")
        for made in build(box, *rest):
            if lang:
                made["Lang"] = pydyf.String(lang)
            yield made

    build_with_language.says_languages = True
    tags._build_box_tree = build_with_language


def correct_tags(_document, made):
    """Say of each head of a table whether it heads a column or a row: WeasyPrint links cells to heads alone.

    The words below a picture stand in no table, so they are a paragraph.
    """
    elements = {
        one.reference: one for one in made.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"
    }
    for one in elements.values():
        parent = elements.get(one["P"], {})
        if one["S"] == "/TH":
            one["A"]["Scope"] = "/Column" if elements[parent["P"]]["S"] == "/THead" else "/Row"
        elif one["S"] == "/Caption" and parent.get("S") != "/Table":
            one["S"] = "/P"


def before(first, last, title) -> bytes:
    """One PDF of two, with the tags of both where those of the last can take more; metadata and language are its own.

    The first has no links, which would want a place in the tags too. Errors: PyPdfError where the last is damaged.
    """
    from pypdf import PdfReader, PdfWriter

    sheet, writer = PdfReader(io.BytesIO(first)), PdfWriter(clone_from=io.BytesIO(last))
    pages = [writer.insert_page(page, place) for place, page in enumerate(sheet.pages)]
    if (root := _open_tags(writer)) is not None:
        _join_tags(writer, root, sheet.trailer["/Root"]["/StructTreeRoot"], pages)
    writer.add_metadata({"/Title": title})
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _open_tags(writer):
    """The root of the tags, if elements stand below it and its numbers are one flat list, not a tree; else None."""
    root = _resolved(writer.root_object, "/StructTreeRoot")
    numbers = _resolved(_resolved(root, "/ParentTree"), "/Nums")
    is_flat = isinstance(numbers, list) and all(isinstance(key, int) for key in numbers[::2])
    has_place = isinstance(_resolved(root, "/K"), (dict, list)) and root.indirect_reference is not None
    return root if is_flat and has_place else None


def _resolved(holder, key):
    """What the dictionary has there, whether itself or by a reference; None where it has nothing or is none."""
    return holder[key] if isinstance(holder, dict) and key in holder else None


def _join_tags(writer, root, of_sheet, pages):
    from pypdf.generic import NameObject, NumberObject

    tops = of_sheet["/K"].clone(writer, ignore_fields=["/P"])
    for top in tops:
        _put_below(top, root.indirect_reference)
    own = root["/K"] if isinstance(root["/K"], list) else [root.raw_get("/K")]
    root[NameObject("/K")] = type(tops)([*tops, *own])
    of_pages, numbers = of_sheet["/ParentTree"]["/Nums"], root["/ParentTree"]["/Nums"]
    for page, theirs in zip(pages, of_pages[1::2], strict=False):
        key = NumberObject(max(numbers[::2], default=-1) + 1)
        page[NameObject("/StructParents")] = key
        numbers.extend([key, theirs.get_object().clone(writer, ignore_fields=["/P"])])
        root[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)


def _listed(kids):
    """What stands below an element, which is a list or one alone."""
    return kids if isinstance(kids, list) else [kids]


def _put_below(element, parent):
    """The element, and what is below it, each knows what it stands below."""
    from pypdf.generic import NameObject

    element.get_object()[NameObject("/P")] = parent
    for kid in _listed(element.get_object().get("/K", [])):
        if isinstance(kid.get_object(), dict) and "/S" in kid.get_object():
            _put_below(kid, element)
