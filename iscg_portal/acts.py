"""What is done with one press of a button, or by one command, is one act: what the history gets of it bears its mark.

So that what was done in one act can be undone in one act (rule 18, `iscg_portal.undoing`). An act that publishes,
withdraws or sends, or that writes what no history keeps, bears no mark: it cannot be undone. A model says `is_out` of a
row that is published, `undone_within_a_day` of what is withdrawn later, `is_given_for_good` of a row that stays when
the act that made it is undone, and `put_back_by_others` names columns of a model without a history that a row of
another one puts back (`before_undone`).
"""

import uuid
from contextlib import contextmanager
from types import SimpleNamespace

from django.db.models.signals import post_delete, post_save
from simple_history.models import HistoricalRecords

from iscg_portal import record_version

# Written beside an act, and left as it is when the act is undone.
STAYS = {"iscg_portal.StoredFile", "iscg_portal.ShippedRow"}


class ActUnderWay:
    """An act while it is done: its mark, and the histories that it has written to."""

    def __init__(self):
        self.mark, self.histories = uuid.uuid4(), set()
        self.is_final = False  # it cannot be undone
        self.takes_back = False  # it undoes an act within a day, so that the public is told neither


def current():
    """The act of the request that is answered now, or of `one_act`; None outside of both."""
    request = getattr(HistoricalRecords.context, "request", None)
    if request is not None and not hasattr(request, "record_act"):
        request.record_act = ActUnderWay()
    return request.record_act if request is not None else None


@contextmanager
def one_act():
    """Make what is written inside one act, as a command does; inside a request it is the request's."""
    act = current()
    if act is not None:
        yield act
        return
    HistoricalRecords.context.request = SimpleNamespace(record_act=ActUnderWay())
    try:
        yield current()
    finally:
        del HistoricalRecords.context.request


def cannot_be_undone():
    """Say that the present act publishes, withdraws or sends: take its mark off again."""
    act = current()
    if act is not None and not act.is_final:
        act.is_final = True
        for history in act.histories:
            history.objects.filter(history_act=act.mark).update(history_act=None)


def mark(sender, instance, history_instance, **kwargs):
    """Write the mark into a row of a history; simple_history asks before it saves the row."""
    act = current()
    if act is None:
        return
    history_instance.history_taken_back = act.takes_back
    if getattr(instance, "is_out", False):
        cannot_be_undone()
    stays = history_instance.history_type == "+" and getattr(instance, "is_given_for_good", False)
    if not (act.is_final or stays):
        history_instance.history_act = act.mark
        act.histories.add(sender)


def connect():
    """Listen to the models of the record of which no history keeps what was before."""
    for model in record_version.recorded_models():
        if not hasattr(model, "history") and model._meta.label not in STAYS:
            for signal in (post_save, post_delete):
                signal.connect(_no_history, sender=model, dispatch_uid="act")


def _no_history(sender, update_fields=None, **kwargs):
    is_put_back = update_fields and set(update_fields) <= getattr(sender, "put_back_by_others", frozenset())
    if not (is_put_back or record_version.is_unseen(update_fields)):
        cannot_be_undone()
