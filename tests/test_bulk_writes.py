"""A write that sends no signals gives the record a new token itself, or touches nothing that a public page shows."""

import ast
from importlib import import_module
from pathlib import Path

from django.db import models

from iscg_portal.apps import our_apps
from iscg_portal.record_version import current, recorded_models
from members.models import Country

BULK = {"bulk_create", "bulk_update", "_raw_delete", "update"}
# Models of the record that no public page or file reads, as tests/test_query_counts.py sees.
NOT_SHOWN = {"EntryLink", "Invitation", "JoinRequest", "ReportDraft", "ShippedRow"}
# Bulk writes and raw SQL that need no token of their own, with the reason.
ALLOWED = {
    "front.search.misses._count": "words looked for in vain, which no page shows",
    "iscg_portal.acts.cannot_be_undone": "marks of the history, which no page shows",
    "iscg_portal.apps.refuse_days_outside": "reads",
    "iscg_portal.archive.backup._add_last_numbers": "reads",
    "iscg_portal.archive.database.down_to_the_disk": "has SQLite write down what was committed",
    "iscg_portal.archive.database.snapshot": "opens a transaction that only reads",
    "iscg_portal.importing.queue._judge": "an upload that waits, no part of the record",
    "iscg_portal.importing.queue._write": "an upload that waits, no part of the record",
    "iscg_portal.integrity.verifying.database": "reads",
    "iscg_portal.patient_sqlite3.base.DatabaseWrapper.create_cursor": "opens a cursor for what others write",
    "iscg_portal.search.full_text.make_structures": "makes the index, writes no row",
    "iscg_portal.search.in_lists.make_function": "makes a function, writes no row",
    "iscg_portal.tenure.day_field.make_day_checks": "makes checks, writes no row",
    "iscg_portal.history.keep_numbers_of_removed_rows": "SQLite's own count, no row of ours",
    "iscg_portal.undoing._models_of": "reads",
    "members.staff_groups._remember": "shipped rows, which are not shown",
    "iscg_portal.adminkit.history.call_in_log": "the log of Django's admin is no model of ours",
    "iscg_portal.record_version.bump": "is the token",
    "iscg_portal.record_version._token": "reads",
    "iscg_portal.across_tables.make_triggers": "makes triggers, writes no row",
    "iscg_portal.across_tables.drop_triggers": "drops triggers, writes no row",
    "iscg_portal.tenure.joint_validation._take_away": "within save_together, which gives the token first",
    "iscg_portal.tenure.joint_validation._write": "within save_together, which gives the token first",
    "studies.rules.Never.asked_of": "reads",
    "reports.models.report_files.RenditionQuerySet.claim": "who makes the file, which no public page shows",
    "reports.rendering._keep": "within nothing_half_stored, which gives the token first",
    "reports.rendering._tell": "how far a file is, which no public page shows",
}


def modules():
    """(dotted name, tree) of each module of ours that is no migration."""
    for app in our_apps():
        for path in sorted(Path(app.path).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(Path(app.path).parent).with_suffix("").parts)
                yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def writes_in(node, within=()):
    """(functions and classes around it, call) of each bulk write or raw SQL."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and is_bulk(child):
            yield within, child
        yield from writes_in(child, (*within, child) if isinstance(child, ast.FunctionDef | ast.ClassDef) else within)


def is_bulk(call):
    """`update` of a dictionary or digest takes what it adds by position."""
    if call.func.attr in ("cursor", "raw"):
        return True
    return call.func.attr in BULK and not (call.func.attr == "update" and call.args)


def gives_token(function):
    return any(isinstance(node, ast.Call) and ast.unparse(node.func).endswith("bump") for node in ast.walk(function))


def models_of(expression, module, tree, within):
    """The names of the models whose rows the expression stands for; empty where that cannot be read off the code."""
    while isinstance(expression, ast.Call | ast.Attribute):
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    if not isinstance(expression, ast.Name):
        return set()
    named = getattr(import_module(module), expression.id, None)
    if isinstance(named, type) and issubclass(named, models.Model):
        return {named.__name__}
    if expression.id == "self":
        return models_with_queryset(within[-2].name)
    for node in ast.walk(tree if callable(named) else within[-1]):
        if isinstance(node, ast.FunctionDef) and node.name == expression.id:
            return models_of(node.body[-1].value, module, tree, (node,))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == expression.id:
            return models_of(node.value, module, tree, within)
    return set()


def models_with_queryset(name):
    """The names of our models whose manager gives querysets of this class, or of one built on it."""
    ours = (model for app in our_apps() for model in app.get_models())
    return {
        model.__name__
        for model in ours
        if name in {made.__name__ for made in type(model._default_manager.get_queryset()).__mro__}
    }


def test_every_bulk_write_gives_a_new_token_or_touches_nothing_shown():
    shown = {model.__name__ for model in recorded_models()} - NOT_SHOWN
    found, silent = set(), {}
    for module, tree in modules():
        for within, call in writes_in(tree):
            place = ".".join([module, *(node.name for node in within)])
            found.add(place)
            written = models_of(call.func.value, module, tree, within) if within else set()
            if place not in ALLOWED and not (written and not written & shown) and not gives_token(within[-1]):
                silent[place] = ast.unparse(call)[:100]
    assert silent == {}, "Save the rows one by one, give a token in the function, or put it in ALLOWED with why."
    assert set(ALLOWED) <= found


def test_removing_many_rows_gives_a_new_token(db):
    Country.objects.create(code="CH")
    before = current()
    Country.objects.all().delete()
    assert current() != before
