"""What was changed last, by whom and why, over all tracked models."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from simple_history.models import registered_models

from iscg_portal import record_version
from iscg_portal.adminkit.admin_rights import right
from iscg_portal.adminkit.site import admin_address
from iscg_portal.shipped import REASON
from secretariat.log.names import as_text, in_words, name_in
from subjects.models import EditionRow

ONE_GO = datetime.timedelta(seconds=30)  # between one row and the next
ACTS = {"+": _("added"), "~": _("changed"), "-": _("removed")}


@dataclass(frozen=True, slots=True)
class LastChange:
    """One act on one record; `who` is empty where it came by a command or a one-time link."""

    model: type
    pk: str
    name: str
    at: datetime.datetime
    act: str
    who: str
    reason: str

    @property
    def called(self):
        """Its name as it is read."""
        return in_words(self.model, self.name)

    @property
    def kind(self):
        """What sort of record it is, in the words of the admin."""
        return self.model._meta.verbose_name

    @property
    def url(self):
        """The record, if it is still there and has a page."""
        return "" if self.act == "-" else admin_address(self.model, self.pk)

    def goes_with(self, newer):
        """Whether both were made in one go, as the rows of an imported file are."""
        same = (self.model, self.act, self.who, self.reason) == (newer.model, newer.act, newer.who, newer.reason)
        return same and newer.at - self.at < ONE_GO

    @property
    def did(self):
        """“added”, “changed” or “removed”."""
        return ACTS[self.act]


def logged_models(user):
    """{label: model} of the tracked records that the account may see."""
    models = (model for model in registered_models.values() if user.has_perm(right("view", model)))
    return {model._meta.label_lower: model for model in models}


def last_changes(user, most=60, token=""):
    """The newest acts on records that the account may see; one query where the record has changed.

    The shipped data is left out, and rows that come with their edition.
    """
    models = tuple(model for model in logged_models(user).values() if model is not EditionRow)
    return _in_the_state(token or record_version.current(), models, most) if models else []


@lru_cache(maxsize=8)
def _in_the_state(_token, models, most):
    """Those of the record in the state that the token stands for, which each worker keeps."""
    first, *others = (_newest(model, most) for model in models)
    rows = sorted(first.union(*others, all=True), key=lambda row: row[3], reverse=True)[:most]
    by_label = {model._meta.label_lower: model for model in models}
    return [LastChange(by_label[label], *rest) for label, *rest in rows]


forget = _in_the_state.cache_clear


def _newest(model, most):
    history = model.history.model._base_manager
    # The newest are found by their number, so that only these are looked at however long the history is.
    newest = history.exclude(history_change_reason=REASON).order_by("-history_id").values("history_id")[:most]
    return (
        history.filter(history_id__in=newest)
        .order_by()
        .values_list(
            Value(model._meta.label_lower, output_field=CharField()),
            Cast(model._meta.pk.name, CharField()),
            name_in(model),
            "history_date",
            "history_type",
            Coalesce(NullIf("history_user__name", Value("")), "history_user__email", output_field=CharField()),
            as_text("history_change_reason"),
        )
    )
