"""Files as staff send them, and what the portal makes of them."""

import pytest
import tablib

from bench.rows import judge_rows
from iscg_portal.importing.formats import FORMATS
from iscg_portal.importing.registry import resource_for
from tests import world


@pytest.fixture(autouse=True)
def second_factor_is_elsewhere(settings):
    """That staff need a second factor is tested where it is asked for."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def chief(db):
    """A staff account with every right."""
    return world.staff_account("chief@example.org")


@pytest.fixture
def lea(db):
    """Lea, who holds no office, and an empty seat for her."""
    world.seat("TDAG2")
    return world.person("Lea Nobody")


@pytest.fixture
def desk(client, chief):
    """The chief's browser."""
    client.force_login(chief)
    return client


def exported(model):
    """The rows of an export, as dictionaries."""
    headers, *rows = resource_for(model)().export_rows()
    return [dict(zip(headers, row, strict=True)) for row in rows]


def as_file(rows, format="xlsx"):
    """Dictionaries as the bytes of a file, guarded as an export is."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name, "") for name in headers] for row in rows]
    return FORMATS[format].export_data(tablib.Dataset(*cells, headers=headers), title="Test")


def csv_of(*lines):
    """Lines of text as the bytes of a CSV file."""
    return "\r\n".join(lines).encode()


def verdicts(preview):
    """The verdict of each row, in the order of the file."""
    return [row.verdict for row in preview.rows]


def problems(model, rows):
    """(cell, sentence) of everything that is refused."""
    return [(problem.cell, problem.sentence) for row in judge_rows(model, rows).rows for problem in row.problems]


def term(seat="TDAG2", person="lea-nobody", starts_on="2026-05-01", **cells):
    """A representative's term as a row of a file; Lea, of the standing ISCG, holds no office."""
    return {"seat": seat, "person": person, "starts_on": starts_on, "starts_precision": "", **cells}


__all__ = ["as_file", "csv_of", "exported", "problems", "term", "verdicts"]
