"""A made-up frozen content of a report, small or long, in English, Arabic and Chinese."""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60">'
    '<rect x="0" y="10" width="260" height="16" fill="#1a7365"/>'
    '<text x="6" y="23" fill="#ffffff" font-size="12">RAG</text>'
    '<rect x="0" y="34" width="180" height="16" fill="#7a4a86"/>'
    '<text x="6" y="47" fill="#ffffff" font-size="12">TSAG</text>'
    "</svg>"
)
WORDS = {
    "en": (
        "Made-up report for 2025",
        "Summary",
        "Composition",
        "Group",
        "Person",
        "Nothing changed.",
        "The group met.",
    ),
    "ar": (
        "تقرير تجريبي لعام 2025",
        "ملخص",
        "التكوين",
        "الفريق",
        "الشخص",
        "لم يتغير شيء.",
        "اجتمع الفريق مرتين في جنيف.",
    ),
    "zh": ("2025年示例报告", "摘要", "组成", "组", "人员", "没有变化。", "协调组在日内瓦举行了两次会议。"),
}


def made_up_content(rows=3):
    """The content, with tables of that many rows."""
    return {
        "schema": 1,
        "code": "2025",
        "number": "ISCG/99-2/07",
        "kind": "annual",
        "period": {"from": "2024-12-31", "to": "2025-12-31"},
        "original_language": "en",
        "dated_on": "2026-02-12",
        "place": "",
        "source": "Chair, ISCG",
        "contact": "iscg@example.org",
        "purpose": "Information",
        "address": "https://portal.example/en/reports/2025/",
        "notices": [],
        "languages": {lang: _tree(words, rows) for lang, words in WORDS.items()},
    }


def _tree(words, rows):
    title, summary, composition, group, person, empty, sentence = words
    text = f"<h3>{summary}</h3><p>{sentence} <strong>{summary}</strong> <a href='https://www.itu.int/'>ITU</a></p>"
    text += f"<ul><li>{sentence}</li><li>{group}</li></ul>"
    table = [["RAG", f"{person} {n}", "2025-02-12"] for n in range(rows)]
    first = [
        {"key": "text", "kind": "text", "html": text},
        {"key": "list", "kind": "list", "items": [sentence, empty], "empty": empty},
        {"key": "picture", "kind": "picture", "caption": composition, "description": sentence, "svg": SVG},
        {"key": "none", "kind": "table", "caption": group, "columns": [group], "rows": [], "empty": empty},
    ]
    second = [
        {
            "key": "table",
            "kind": "table",
            "caption": composition,
            "columns": [group, person, "2025"],
            "rows": table,
            "empty": empty,
        }
    ]
    return {
        "title": title,
        "sections": [
            {"key": "summary", "number": "1", "title": summary, "annex": False, "blocks": first},
            {"key": "composition", "number": "A", "title": composition, "annex": True, "blocks": second},
        ],
    }
