"""What stands beside the data: the README of the ZIP, the licence, and whom to thank."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from front.data_files import DATA_FILES
from iscg_portal.tenure.dates import print_date

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
