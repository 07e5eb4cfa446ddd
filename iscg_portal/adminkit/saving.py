"""A page of the admin is saved as one act: its own row and the rows on it, all or nothing (rules 2, 9)."""

from django.core.exceptions import ValidationError
from django.db import connections, transaction

from iscg_portal.history import parts_of, remove_with_reason, save_with_reason
from iscg_portal.models import RecordVersion
from iscg_portal.tenure.completeness import RecordKeeper, asks_of_old_version, key_of
from iscg_portal.tenure.joint_validation import RefusedTogether, save_together
from iscg_portal.tenure.models import Period


class PageRefused(Exception):
    """Nothing was saved. `refusals` is {prefix of the form: ValidationError}; None is the page's own form."""

    def __init__(self, refusals):
        self.refusals = refusals
        super().__init__(refusals)


def wait_for_turn():
    """Take the lock that every writer takes first, so that what is read now still holds when it is written.

    Only inside a transaction. SQLite gives it with the transaction itself.
    """
    list(RecordVersion.objects.select_for_update().filter(pk=1))


def says_something_new(row):
    """Whether the row differs from what is stored, so that no history is written for nothing."""
    if row._state.adding or row.pk is None:
        return True
    fields = [field.attname for field in row._meta.concrete_fields if not field.generated]
    stored = type(row)._base_manager.filter(pk=row.pk).values(*fields).first()
    return stored is None or any(differs(stored[name], getattr(row, name)) for name in fields)


def differs(one, other):
    """Whether two values say something different; a form sends "" for a translation that is not there."""
    return one != other and (one, other) not in ((None, ""), ("", None))


@transaction.atomic
def save_page(form, formsets, *, reason="", by=None, answers=None):
    """Save the page's own row, then all rows on it together, and judge it as it then stands.

    `answers` says from when records are complete now (`tenure.completeness`). The formsets keep the
    lists (`new_objects` and so on) from which the admin writes its log.
    Errors: PageRefused, IntegrityError (a race that no lock of ours could see).
    """
    page = form.instance
    form.save_before(reason=reason, by=by)
    _refusing(None, _answer_of_old_version, form, answers or {})
    if isinstance(page, Period):
        _save_rows({None: page}, [], reason, by, answers)
    elif says_something_new(page):
        _refusing(None, page.clean_fields)
        save_with_reason(page, reason, by)
    changed = [row_form for formset in formsets for row_form in _changed_forms(formset)]
    removed = [row for formset in formsets for row in formset.deleted_objects]
    _save_rows({row_form.prefix: row_form.instance for row_form in changed}, removed, reason, by, answers)
    as_it_stands = type(page)._base_manager.get(pk=page.pk)  # read anew: what was loaded with the page is old
    _refusing(None, as_it_stands.clean)
    for row_form in [form, *changed]:
        _refusing(row_form.prefix, row_form.save_parts, reason=reason, by=by)
    _ask_the_database_now(page)


def _answer_of_old_version(form, answers):
    """What an old version says of “record complete from” was said of other rows: brought back, it is asked anew.

    Whoever types another day than that version has, has answered.
    """
    page, old = form.instance, form.restored and form.restored.instance
    if not old or not isinstance(page, RecordKeeper):
        return
    stored, asked = type(page)._base_manager.filter(pk=page.pk).first(), []
    for field, record in page.records().items():
        day = getattr(page, field)
        if day == getattr(old, field) and day != getattr(stored, field, None):
            if key_of(record) in answers:
                setattr(page, field, answers[key_of(record)])
            else:
                asked.append(asks_of_old_version(record))
    if asked:
        raise ValidationError(asked)


def _changed_forms(formset):
    """The forms whose rows are new or changed; makes the formset's lists, and ties new rows to the page's row."""
    saved = {id(row) for row in formset.save(commit=False)}
    return [row_form for row_form in formset.forms if id(row_form.instance) in saved]


def _save_rows(rows, removed, reason, by, answers):
    periods = {prefix: row for prefix, row in rows.items() if isinstance(row, Period) and says_something_new(row)}
    gone = [row for row in removed if isinstance(row, Period)]
    for row in removed:
        _refusing(None, _remove_parts, row, reason, by)
    try:
        answers = {**_said_on_the_page(rows.values(), removed), **(answers or {})}
        save_together(list(periods.values()), gone, reason=reason, by=by, answers=answers)
    except RefusedTogether as error:
        prefixes = dict(enumerate(periods))  # a removed row has none
        raise PageRefused({prefixes.get(index): problem for index, problem in error.problems.items()}) from error
    for row in removed:
        if row not in gone:
            remove_with_reason(row, reason, by)
    for prefix, row in rows.items():
        if not isinstance(row, Period) and says_something_new(row):
            _refusing(prefix, row.full_clean)
            save_with_reason(row, reason, by)


def _said_on_the_page(rows, removed):
    """From when the records are complete of which a row on the page says so anew; None of one that goes."""
    known = [row for row in rows if isinstance(row, RecordKeeper) and row.pk and says_something_new(row)]
    gone = {key_of(row): None for row in removed if isinstance(row, RecordKeeper)}
    return gone | {key_of(row): row.recorded_from for row in known}


def _remove_parts(row, reason, by):
    for part in parts_of(row, by=by):
        remove_with_reason(part, reason, by)


def _refusing(prefix, act, *given, **options):
    try:
        act(*given, **options)
    except ValidationError as error:
        raise PageRefused({prefix: error}) from error


def _ask_the_database_now(page):
    """PostgreSQL would speak of a missing row only at the end of the transaction, too late for a sentence."""
    connection = connections[page._state.db]
    if connection.vendor == "postgresql":
        connection.check_constraints()
