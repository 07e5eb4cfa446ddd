"""What the tags of a PDF lack as WeasyPrint makes them: scopes of heads, languages of texts, words below pictures."""


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
