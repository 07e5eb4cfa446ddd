"""`/<lang>/data.zip`: every public table as CSV and JSON, for a day, with schemas, licence and a README.

Made once for each state of the record, kept on disk for all workers, and streamed from there. What it holds are the
very answers of the addresses of the files, so it can say nothing else than they do. How it is limited is in
docs/decisions/0042-data-for-others.md.
"""

import copy
import fcntl
import hashlib
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.http import FileResponse, HttpResponseNotModified, QueryDict
from django.urls import resolve
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from front.data_files import DATA_FILES
from front.schemas import all_schemas
from iscg_portal.tables.files import as_json, name_of_file
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import print_date
from iscg_portal.web.errors import too_many_requests
from iscg_portal.web.page_tag import page_tag, state_now
from iscg_portal.web.public_page import public_file, takes

CREDITS = [
    gettext_lazy(
        "The record is kept by the secretariat of the ISCG from documents of ITU. Each row names its own source, and"
        " the grade of its evidence."
    ),
    gettext_lazy(
        "Names of States in six languages: the United Nations, until the secretariat has entered the Union’s own."
    ),
    gettext_lazy("Codes of States: ISO 3166-1."),
    gettext_lazy("The order of words: the Common Locale Data Repository (CLDR) of Unicode."),
]


def licence():
    """The name of the licence and the address of its text; “not stated” while none is set."""
    return settings.DATA_LICENCE or _("not stated"), settings.DATA_LICENCE_URL


def licence_text() -> str:
    """The licence as a text of its own."""
    name, url = licence()
    lines = [_("Licence of the data: %(licence)s") % {"licence": name}, *filter(None, [url])]
    if not settings.DATA_LICENCE:
        lines.append(
            _("Ask the secretariat before you publish the data again: %(address)s") % {"address": "iscg@itu.int"}
        )
    return "\n".join(lines) + "\n"


def readme(on) -> str:
    """The README in the active language, as Markdown: what is here, how to read it, licence and credits."""
    parts = [
        "# " + _("Data of the ISCG, as on %(day)s") % {"day": print_date(on)},
        _("The Inter-Sector Coordination Group (ISCG) of ITU: who represents whom, who coordinates which subject."),
        f"<{settings.SITE_URL}>",
        "## " + _("How to read it"),
        "\n".join(f"- {line}" for line in _how_to_read()),
        "## " + _("The files"),
        "\n".join(f"- `{file.empty_table().name}`: {file.title}; {file.about}" for file in DATA_FILES),
        *(_fields(file) for file in DATA_FILES),
        "## " + _("Licence"),
        licence_text().strip(),
        "## " + _("Sources"),
        "\n".join(f"- {credit}" for credit in CREDITS),
    ]
    return "\n\n".join(parts) + "\n"


def _how_to_read():
    return [
        _("Every table is here twice: in `csv/` as lines, in `json/` with objects. `schemas/` describes the JSON."),
        _("Names of fields are the same in every language; titles and names of States are in that of this file."),
        _("CSV is in UTF-8. Days are as in 2025-02-12, with how exactly each is known beside them."),
        _("An office is held from its first day up to the day before `ends_on`."),
        _("A seat is held, vacant or not recorded. Not recorded means that the record does not know."),
    ]


def _fields(file):
    lines = [f"- `{key}`: {meaning}" for key, meaning in file.fields]
    return "\n".join([f"### {file.title}", "", *lines])


FOLDER = "data-files"  # beside the stored files, where every worker may write
FORMATS = ("csv", "json")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # equal files give equal bytes: a ZIP that is made again has the same tag
MOST_BYTES = 200_000_000  # of all that are kept, one for each day and language that is asked for
TRIES = 3
PATIENCE = 5  # seconds for one that somebody else has made


class BeingMade(Exception):
    """Another request makes such a file, and this one has waited long enough."""


@public_file
@takes("on")
def data_zip(request):
    """The ZIP; 304 for who has it, and “wait a minute” while others are being made."""
    day, tag = read_day(request), page_tag(request)
    own = f'"{tag}-zip"'  # not that of a page, which a worker would keep in its memory
    if own in {known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))}:
        response = HttpResponseNotModified()
        response["ETag"] = own
        return response
    try:
        file = made(request, day.on, tag).open("rb")
    except BeingMade:
        return too_many_requests(request)
    name = name_of_file(request, "data", day.on, "zip")
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["ETag"] = own
    if "on" in request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def made(request, on, tag) -> Path:
    """Where the ZIP of this tag is; made now, if it was not. Errors: BeingMade, OSError of a full disk."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    final = folder / hashlib.sha256(repr(state_now()).encode()).hexdigest()[:16] / f"{tag}.zip"
    if final.exists():
        return final
    folder.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder / ".lock"):
        if not final.exists():
            _forget(folder, final.parent)
            final.parent.mkdir(exist_ok=True)
            with TemporaryDirectory(dir=folder, prefix=".making-") as draft:
                (_write_of_one_state(request, on, Path(draft) / "data.zip")).replace(final)
    return final


@contextmanager
def _one_at_a_time(lock):
    """Over all workers: whoever asks for many days keeps one of them busy, and no other."""
    with lock.open("w") as handle:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise BeingMade from None
                time.sleep(0.05)
        yield


def _forget(folder, kept):
    """Remove what belongs to another state of the record, and the oldest where there is too much."""
    files = sorted(folder.glob("*/*.zip"), key=lambda file: file.stat().st_mtime, reverse=True)
    room = MOST_BYTES
    for file in files:
        room -= file.stat().st_size
        if file.parent != kept or room < 0:
            file.unlink(missing_ok=True)
    for other in folder.glob("*/"):
        if other != kept and not any(other.iterdir()):
            other.rmdir()


def _write_of_one_state(request, on, draft):
    """Written anew where the record changed meanwhile; after some tries each table is of one state, if not all."""
    for _attempt in range(TRIES):
        before = state_now()
        with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            for name, content in contents(request, on):
                entry = ZipInfo(name, EARLIEST)
                entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, content)
        if state_now() == before:
            break
    return draft


def contents(request, on):
    """(name, content) of each file in the ZIP, one after the other."""
    yield "README.md", readme(on)
    yield "LICENCE.txt", licence_text()
    for file in DATA_FILES:
        name = file.empty_table().name
        for format, address in file.addresses:
            if format in FORMATS:
                yield f"{format}/{name}.{format}", _answer_of(request, address)
    for name, schema in all_schemas().items():
        yield f"schemas/{name}.json", as_json(schema)


def _answer_of(request, address):
    """What anyone is told at the address, for the same day."""
    asked = copy.copy(request)
    query = request.META.get("QUERY_STRING", "")
    asked.path = asked.path_info = address
    asked.method, asked.GET = "GET", QueryDict(query)
    asked.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_")}
    asked.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query}
    asked.__dict__.pop("headers", None)
    match = resolve(address)
    response = match.func(asked, *match.args, **match.kwargs)
    if response.status_code != 200:
        raise ValueError(f"{address} was answered {response.status_code}; every table of DATA_FILES takes “on”")
    return response.content
