"""Setting a long made-up report as PDF: `python -m bench.renditions` prints pages, seconds and peak memory as JSON."""

import io
import json
import resource
import time

ROWS = 34  # of each table: about one page
SECTIONS = 52


def content():
    """A frozen content of 52 sections, each with words and a table: 60 pages or a little more."""
    return {
        "schema": 1,
        "code": "1999",
        "number": "ISCG/99-2/07",
        "kind": "annual",
        "period": {"from": "1998-12-31", "to": "1999-12-31"},
        "original_language": "en",
        "languages": {"en": {"title": "A long made-up report", "sections": [_section(n) for n in range(SECTIONS)]}},
    }


def _section(n):
    text = f"<p>{'What the made-up group did in this year. ' * 8}</p>"
    rows = [[f"MADE-UP-{n}-{row}", f"Testperson {row}", "12 February 1999"] for row in range(ROWS)]
    table = {"key": "t", "kind": "table", "caption": "Terms", "columns": ["Seat", "Name", "Since"], "rows": rows}
    blocks = [{"key": "w", "kind": "text", "html": text}, table]
    return {"key": f"s{n}", "number": str(n + 1), "title": f"Part {n + 1}", "annex": False, "blocks": blocks}


def main():
    from pypdf import PdfReader

    from reports.renditions.pdf import pdf

    started = time.perf_counter()
    made = pdf(content(), "en")
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    pages = len(PdfReader(io.BytesIO(made)).pages)
    print(json.dumps({"pages": pages, "seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    import django

    django.setup()
    main()
