"""All files of a long made-up report: `python -m bench.renditions` prints pages, seconds and peak memory as JSON.

PDF and DOCX in the six languages, and the JSON, one after the other, each in a child process, as the sender makes them.
The seconds are those of the clock, and of the processor; the memory is that of the largest child, with all that it
shares with the sender.
"""

import io
import json
import os
import resource
import time
from functools import partial

ROWS = 26  # of each table: with the words above it about one page
SECTIONS = 64
SENTENCES = {
    "en": "What the made-up group did in this year was to count its invented lighthouses.",
    "fr": "Ce que le groupe fictif a fait cette année, c’est compter ses phares inventés.",
    "es": "Lo que hizo este año el grupo ficticio fue contar sus faros inventados.",
    "ru": "В этом году вымышленная группа пересчитала свои придуманные маяки.",
    "ar": "قام الفريق الوهمي في هذا العام بعدّ مناراته المخترعة.",
    "zh": "这一年，虚构小组清点了它虚构的灯塔。",
}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="80" viewBox="0 0 600 80">'
    '<rect x="150" y="20" width="300" height="30" fill="#00629b"/><text x="0" y="40">{}</text></svg>'
)


def content():
    """A frozen content of 64 sections, each with words, a list and a table, one with a picture: 60 pages or more."""
    return {
        "schema": 1,
        "code": "1999",
        "number": "ISCG/99-2/07",
        "kind": "annual",
        "period": {"from": "1998-12-31", "to": "1999-12-31"},
        "original_language": "en",
        "languages": {
            lang: {"title": said, "sections": [_section(n, said) for n in range(SECTIONS)]}
            for lang, said in SENTENCES.items()
        },
    }


def _section(n, said):
    link = f'<a href="http://localhost/en/documents/iscg-99-2-{n}/">ISCG/99-2/{n}</a>'
    text = f"<p>{f'{said} ' * 4}{link}</p><ul><li>{said}</li><li>{said}</li></ul>"
    rows = [[f"MADE-UP-{n}-{row}", f"Testperson {row}", said[:30]] for row in range(ROWS)]
    table = {"key": "t", "kind": "table", "caption": said, "columns": ["A", "B", "C"], "rows": rows}
    blocks = [{"key": "w", "kind": "text", "html": text}, table]
    if n == 0:
        svg = PICTURE.format(said[:20])
        blocks.append({"key": "p", "kind": "picture", "caption": said, "description": said, "svg": svg})
    return {"key": f"s{n}", "number": str(n + 1), "title": f"{said[:20]} {n + 1}", "annex": False, "blocks": blocks}


def _pages(made, _tell):
    from pypdf import PdfReader  # in a child: the sender has no reader of PDF in its memory

    return len(PdfReader(io.BytesIO(made)).pages)


def main():
    from iscg_portal.files.apart import in_child
    from reports.rendering import LIMITS, MAKERS

    frozen, seconds, pages, told = content(), [], [], []
    for lang in SENTENCES:
        for kind, make in MAKERS.items():
            if kind == "json" and lang != frozen["original_language"]:
                continue
            started = time.perf_counter()
            made = in_child(partial(make, frozen, lang), LIMITS, told.append)
            seconds.append(time.perf_counter() - started)
            if kind == "pdf":
                pages.append(in_child(partial(_pages, made), LIMITS))
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    megabytes = max(resource.getrusage(who).ru_maxrss for who in whose) * 1024 / 1_000_000
    processor = sum(os.times()[:4])
    figures = {"pages": min(pages), "files": len(seconds), "longest": max(seconds), "seconds": sum(seconds)}
    print(json.dumps(figures | {"megabytes": megabytes, "processor": processor}))


if __name__ == "__main__":
    import django

    django.setup()
    main()
