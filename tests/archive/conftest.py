"""A portal with something in every table, and a picture of all its rows and files."""

import datetime
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from iscg_portal.archive.backup import backup
from iscg_portal.archive.contents import every_model, fields_of, kept_models, kind_of, rows_of
from iscg_portal.models import StoredFile
from tests.workspace.roles import standing_roles
from workspace.models import Follow

WILD = '\'; -- "%s" {} \t\n 漢字 العربية \u2028 é'
A_MOMENT = datetime.datetime(2025, 3, 30, 1, 30, 0, 123456, tzinfo=datetime.UTC)  # the clock jumps in Geneva
VALUES = {
    "text": WILD,
    "integer": 1,
    "number": 0.1,
    "boolean": True,
    "date": datetime.date(2024, 2, 29),
    "moment": A_MOMENT,
    "time": datetime.time(9, 30),
    "uuid": uuid.UUID(int=1),
    "address": "192.0.2.1",
    "bytes": b"\x00\xff\n",
    "json": {"b": [1, 0.1, None, True, WILD], "a": {}},
}


def pytest_ignore_collect(collection_path, config):
    """What takes a minute is for `make walk`."""
    return True if collection_path.name == "test_rehearsal.py" and not config.getoption("--walk") else None


def filled_portal():
    """The portal of the roles, with a row in each table that has none, and wild texts."""
    roles = standing_roles()
    for _round in range(2):  # a row may point to one of a table that comes later
        for model in kept_models():
            if not model._base_manager.exists():
                put_a_row_into(model)
    Follow.objects.create(email="reader@example.org", confirmed_at=A_MOMENT, told_until=VALUES["date"])
    roles.lea.history.update(history_change_reason=WILD)
    return roles


@pytest.fixture(scope="session")
def kept_filled(kept):
    return kept(filled_portal)


@pytest.fixture
def filled(transactional_db, kept_filled):
    """`filled_portal`, and its files."""
    return kept_filled.put_back()


def put_a_row_into(model):
    """With a value of its kind in each column, or in each that needs one where a rule of the table wants it so."""
    fields = [field for field in fields_of(model) if not isinstance(field, models.AutoField)]
    needed = [field for field in fields if not field.null]
    for some in (fields, needed):
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.bulk_create([model(**{field.attname: value_for(field) for field in some})])
            return


def value_for(field):
    if field.remote_field:
        return field.related_model._base_manager.values_list("pk", flat=True).order_by("-pk").first()
    if field.choices:
        return field.choices[0][0]
    value = VALUES[kind_of(field)]
    return value[: field.max_length] if field.max_length and isinstance(value, str) else value


def rows():
    """{table: its rows in order} of all that an archive holds."""
    return {model._meta.db_table: list(rows_of(model, "default")) for model in kept_models()}


def files():
    """{SHA-256: content} of the stored files on disk."""
    found = Path(settings.MEDIA_ROOT).joinpath("sha256").glob("*/*")
    return {path.name: path.read_bytes() for path in found}


def spoil():
    """Another record in the place of the one that is there, and none of its files."""
    from tests.kept_rows import empty

    with transaction.atomic():
        empty([model for model in every_model() if model._meta.label != "iscg_portal.RecordVersion"])
        StoredFile.objects.create(sha256="0" * 64, size=1, kind="pdf", stored_at=timezone.now())
    for sha256 in files():
        (Path(settings.MEDIA_ROOT) / "sha256" / sha256[:2] / sha256).unlink()


@pytest.fixture
def archive(filled, tmp_path):
    """The archive of the filled portal."""
    backup(tmp_path / "portal.archive")
    return tmp_path / "portal.archive"
