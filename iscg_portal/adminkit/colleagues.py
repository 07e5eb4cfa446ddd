"""A page that a colleague overtook is shown again: with what was typed, and with theirs where nothing was typed.

So two editors of one record, as of two of its languages, both keep what they wrote.
"""

from django import forms

from iscg_portal.adminkit import history


def opened_row(source, opened):
    """The record as it stood when the page was opened, of its own history; None where that is not known."""
    row = source.filter(history_id=history.number_at_opening(source, opened)).first()
    return row and row.instance


def with_newer_values(form_class, before, now, posted):
    """The posted data, with the value of the record `now` in each field that only a colleague changed since `before`.

    It is for the page that is shown again; nothing is saved of it.
    """
    data = posted.copy()
    then, today = form_class(instance=before), form_class(instance=now)
    for name, field in then.fields.items():
        old, new = then.get_initial_for_field(field, name), today.get_initial_for_field(field, name)
        typed = field.widget.value_from_datadict(posted, {}, name)
        if old != new and not field.disabled and not field.has_changed(old, typed):
            _put(data, name, field, new)
    return data


def _put(data, name, field, value):
    if isinstance(field.widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        data.setlist(name, [str(one) for one in field.prepare_value(value) or ()])
    else:
        shown = field.prepare_value(value)
        data[name] = "" if shown is None else str(shown)
