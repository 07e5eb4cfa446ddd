"""Tables 1, 2 and 3 in their own form: the units of one Sector in the lines, those of another in the columns.

The first cell names both study periods, as in “d-2022-2025 × r-2023-2027”. Where two units are linked, their cell has
the topics, each on a line of its own, or a mark where a topic is not recorded. Such a sheet is written and read: each
topic is a link. A link that the sheet does not have stays, since an import removes nothing.
"""

import re

from django.utils.translation import gettext as _

from iscg_portal.importing.sheet import CROSS, FileRefused, Sheet, SheetRow, address, letter
from iscg_portal.plain_text import cleaned
from studies.models import MappingLink, StudyPeriod, StudyUnit

MARK = "●"
MARKS = frozenset({MARK, "○", "✕", "✓", "x", "X", "+", "1"})
CODES = re.compile(r"\s{0,9}([drtDRT]-[0-9]{4}-[0-9]{4})\s{0,9}×\s{0,9}([drtDRT]-[0-9]{4}-[0-9]{4})\s{0,9}")
HEADERS = ["id", "first", "second", "subject", "topic_en"]


def lines_of(rows, columns, links, periods):
    """The lines of the sheet: units of the rows with their titles, under the numbers of those of the columns.

    A cell is None where two units are not linked, as most are not.
    `links` are (first, second, topic), either way round; a period is None where none is recorded.
    """
    found = {}
    for first, second, topic in links:
        for pair in ((first, second), (second, first)):
            found.setdefault(pair, []).append(topic or MARK)
    codes = (period.code if period else _("not recorded") for period in periods)
    yield [f" {CROSS} ".join(codes), _("Title"), *(unit.number for unit in columns)]
    found = {pair: "\n".join(topics) for pair, topics in found.items()}
    across = [unit.pk for unit in columns]
    for unit in rows:
        key = unit.pk
        yield [unit.number, str(unit.title_shown), *(found.get((key, other)) for other in across)]


def unfolded(sheet, key_cells) -> Sheet:
    """The sheet with a row for each link. `key_cells` gives the cells of HEADERS of a link on record.

    Errors: FileRefused with a sentence for whatever names no unit of its period.
    """
    lines, columns = _periods_of(sheet.headers[0])
    heads, problems = _heads(sheet, columns)
    units, more = _units_of_lines(sheet, lines)
    problems += more
    if problems:
        raise FileRefused(problems[:50])
    known = _links_of(lines, columns)
    rows, met = [], set()
    for row in sheet.rows:
        for index, head in heads.items():
            for topic in _topics(row.cells[index], index, row.number):
                pair = frozenset((units[row.number].pk, head.pk))
                link = known.get((pair, topic.casefold())) or (None if topic else known.get(pair))
                met.add(link and link.pk)
                new = ("", units[row.number].slug, head.slug, "", topic)
                rows.append(SheetRow(row.number, tuple(key_cells(link)) if link else new))
    if not rows:
        raise FileRefused(_("No cell of the table has a link."))
    every = {link.pk for link in known.values()}
    return Sheet(list(HEADERS), rows, [*sheet.remarks, *_left_out(len(every - met))], is_unfolded=True)


def _left_out(number):
    if number:
        message = _("%(count)d links between these periods are not in the sheet; they stay as they are.")
        yield message % {"count": number}


def _periods_of(first):
    codes = CODES.fullmatch(first)
    if not codes:
        message = _("Cell A1 names the study periods of lines and columns, as in “d-2022-2025 × r-2023-2027”.")
        raise FileRefused(message)
    periods = []
    for code in codes.groups():
        sector, _dash, name = code.partition("-")
        period = StudyPeriod.objects.filter(sector=sector.upper(), name=name).first()
        if period is None:
            raise FileRefused(_("The study period %(code)s in cell A1 is not on record.") % {"code": code})
        periods.append(period)
    if periods[0].sector == periods[1].sector:
        raise FileRefused(_("Cell A1 names two study periods of one Sector; a link joins units of different Sectors."))
    return periods


def _heads(sheet, period):
    """{index: unit} of the columns, and what is wrong with them."""
    known, heads, problems = _by_number(period), {}, []
    for index, header in enumerate(sheet.headers[2:], start=2):
        if CODES.fullmatch(header):
            problems.append(
                _("Cell %(cell)s begins a second table. Put each in its own file.") % {"cell": letter(index)}
            )
        elif header and (unit := known.get(_key(header))) is None:
            problems.append(_no_unit(address(index, 1), header, period))
        elif header and unit in heads.values():
            problems.append(
                _("Cell %(cell)s names %(unit)s a second time.") % {"cell": address(index, 1), "unit": header}
            )
        elif header:
            heads[index] = unit
    return heads, problems


def _units_of_lines(sheet, period):
    """{number of the row: unit} of the lines, and what is wrong with them."""
    known, units, problems = _by_number(period), {}, []
    for row in sheet.rows:
        name, cell = str(row.cells[0]), address(0, row.number)
        if CODES.fullmatch(name):
            problems.append(_("Cell %(cell)s begins a second table. Put each in its own file.") % {"cell": cell})
        elif (unit := known.get(_key(name))) is None:
            problems.append(_no_unit(cell, name, period))
        elif unit in units.values():
            problems.append(_("Cell %(cell)s names %(unit)s a second time.") % {"cell": cell, "unit": name})
        else:
            units[row.number] = unit
    return units, problems


def _no_unit(cell, name, period):
    names = {"cell": cell, "unit": name[:40], "period": period}
    return _("Cell %(cell)s: “%(unit)s” is no unit of %(period)s.") % names


def _by_number(period):
    return {_key(unit.number): unit for unit in StudyUnit.objects.filter(period=period)}


def _key(number):
    return "".join(cleaned(number).casefold().split())


def _links_of(lines, columns):
    """{(both units, topic): link} between the periods, and {both units: link} for a mark without a topic."""
    ends = {"first__period__in": (lines, columns), "second__period__in": (lines, columns)}
    known = {}
    for link in MappingLink.objects.filter(**ends).select_related("first__period", "second__period", "subject"):
        pair = frozenset((link.first_id, link.second_id))
        known[pair, link.topic_key] = link
        known.setdefault(pair, link)
    return known


def _topics(cell, index, number):
    """The topics in a cell, blank for a mark. Errors: FileRefused."""
    if not isinstance(cell, str):
        reason = getattr(cell, "reason", "") or _("A topic is a text.")
        raise FileRefused(_("Cell %(cell)s: %(reason)s") % {"cell": address(index, number), "reason": reason})
    found = (cleaned(line) for line in cell.splitlines())
    return ["" if line in MARKS else line for line in found if line]
