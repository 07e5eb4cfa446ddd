"""Keeps `RecordVersion` true: each change of a model of ours gives the record a new token.

Inside a transaction the token is written before the data. Its row is then the first lock of every writer:
writers go one after the other, cannot deadlock over it, and token and data become visible together. Outside a
transaction the token follows the data, so that no reader can meet the new token with the old data.
An act that locks rows or writes in bulk calls `bump` first itself.
"""

import datetime
import secrets
import time

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from iscg_portal.apps import our_apps
from iscg_portal.models import RecordVersion

UNSEEN_FIELDS = {"last_login"}
# Asked before every page; as a queryset it would cost ten times as much. The table has one row: a constraint says so,
# and to look for its key would cost PostgreSQL as much again.
TOKEN = f"SELECT token FROM {RecordVersion._meta.db_table}"
NEW_TOKEN = f"UPDATE {RecordVersion._meta.db_table} SET token = %s WHERE id = 1"  # with each row that is saved


def current() -> str:
    """The token now; an empty text before the first change.

    One query, which also tells whether a connection kept from an earlier request still lives: Django's own check
    would make it two for every page.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block or connection.connection is None or connection.health_check_done:
        return _token()
    connection.health_check_done = True
    try:
        return _token()
    except (InterfaceError, OperationalError):
        connection.close()
        return _token()


def _token():
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(TOKEN)
        return (cursor.fetchone() or ("",))[0]


def new_token() -> str:
    """The moment in milliseconds since 1970, and enough at random that no other state has the same."""
    milliseconds = int(time.time() * 1000)
    return f"{milliseconds:012x}-{secrets.token_hex(9)}"


def moment_of(token: str) -> datetime.datetime | None:
    """When the record last changed, to the second; None for a token without a moment, such as before any change."""
    milliseconds, dash, _random = token.partition("-")
    return datetime.datetime.fromtimestamp(int(milliseconds, 16) // 1000, datetime.UTC) if dash else None


def bump(using: str = "default") -> None:
    """Give the record a new token."""
    token = new_token()
    with connections[using].cursor() as cursor:
        cursor.execute(NEW_TOKEN, [token])
        is_there = cursor.rowcount
    if not is_there:
        RecordVersion.objects.using(using).update_or_create(pk=1, defaults={"token": token})


def connect() -> None:
    """Listen to the models of our apps that are part of the record."""
    for model in recorded_models():
        for signal in (pre_save, pre_delete):
            signal.connect(_before, sender=model, dispatch_uid="record version")
        for signal in (post_save, post_delete):
            signal.connect(_after, sender=model, dispatch_uid="record version")
        if model._meta.auto_created:
            m2m_changed.connect(_links, sender=model, dispatch_uid="record version")


def recorded_models():
    """The models of our apps, but for those that say `no_record`, and for histories, whose rows come with a change."""
    for app in our_apps():
        for model in app.get_models(include_auto_created=True):
            if not getattr(model, "no_record", False) and not hasattr(model, "history_type"):
                yield model


def _before(sender, using, update_fields=None, **kwargs):
    if connections[using].in_atomic_block and not is_unseen(update_fields):
        bump(using)


def _after(sender, using, update_fields=None, **kwargs):
    if not connections[using].in_atomic_block and not is_unseen(update_fields):
        bump(using)


def _links(sender, action, using, **kwargs):
    if action.startswith("pre_"):  # always inside a transaction
        bump(using)


def is_unseen(update_fields) -> bool:
    """Whether only fields that nobody sees were saved, such as the time of the last signing in."""
    return bool(update_fields) and set(update_fields) <= UNSEEN_FIELDS
