"""What was changed last, by whom and why, over all tracked models."""

import datetime
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.translation import gettext_lazy as _
from simple_history.models import registered_models

from iscg_portal.adminkit.site import admin_address
from iscg_portal.shipped import REASON
from subjects.models import EditionRow

ONE_GO = datetime.timedelta(seconds=30)  # between one row and the next
ACTS = {"+": _("added"), "~": _("changed"), "-": _("removed")}

# What tells one record from another of its kind: the first of these whose columns the history has. What is not
# the name of a column stands between two of them.
NAMED_BY = (
    ("person__name", ", ", "seat_id"),
    ("person__name", ", ", "subject__code", ", ", "body"),
    ("person__name", ", ", "subject__code"),
    ("person__name", ", ", "conference__code"),
    ("coordinator__person__name", ", ", "group"),
    ("resolution__body", " ", "resolution__number", ", ", "place", " ", "year"),
    ("subject__code", ": ", "resolution__body", " ", "resolution__number"),
    ("subject__code", ": ", "partner__abbreviation"),
    ("edition__adopted_on", ", ", "code"),
    ("subject__code",),
    ("person__name",),
    ("body", " ", "number"),
    ("abbreviation",),
    ("adopted_on",),
    ("effective_on",),
    ("code",),
    ("name",),
)

# Models whose columns would be taken for those of another kind.
NAMED_APART = {
    "meetings.addressee": ("liaison__document__number", ": ", "body"),
    "meetings.agendaitem": ("meeting__code", ", ", "number"),
    "meetings.agendasubject": ("item__meeting__code", ", ", "item__number", ": ", "subject__code"),
    "meetings.attendance": ("meeting__code", ", ", "capacity"),
    "meetings.deadline": ("meeting__code", ", ", "kind"),
    "meetings.decision": ("meeting__code", ", ", "number"),
    "meetings.document": ("number",),
    "meetings.documentfile": ("name",),
    "meetings.documentsubject": ("document__number", ": ", "subject__code"),
    "meetings.liaisonstatement": ("document__number",),
    "meetings.meeting": ("code",),
    "meetings.presence": ("meeting__code", ", ", "seat_id"),
    "meetings.registernumber": ("meeting__code", "/", "serial"),
    "members.regionalmembership": ("country_id", ": ", "organization"),
    "reports.keyissue": ("addressee", ", ", "raised_on"),
    "reports.transmission": ("report__code", ", ", "group_id"),
    "workspace.proposal": ("person__name",),
    "workspace.groupfile": ("transmission__report__code", ", ", "language"),
    "workspace.groupsecretariat": ("group_id", ", ", "account__email"),
    "workspace.participant": ("capacity", " ", "id"),  # the history keeps no name
}


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


def last_changes(user, most=60):
    """The newest acts on records that the account may see; one query.

    The shipped data is left out, and rows that come with their edition.
    """
    models = {
        model._meta.label_lower: model
        for model in registered_models.values()
        if model is not EditionRow and user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    }
    if not models:
        return []
    first, *others = (_newest(model, most) for model in models.values())
    rows = sorted(first.union(*others, all=True), key=lambda row: row[3], reverse=True)[:most]
    return [LastChange(models[label], *rest) for label, *rest in rows]


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
            _name(model),
            "history_date",
            "history_type",
            Coalesce(NullIf("history_user__name", Value("")), "history_user__email", output_field=CharField()),
            _text("history_change_reason"),
        )
    )


def _name(model):
    known = (parts for parts in NAMED_BY if all(_has(model, part) for part in parts))
    parts = NAMED_APART.get(model._meta.label_lower) or next(known, (model._meta.pk.name,))
    texts = [_text(part) if part.isidentifier() else Value(part) for part in parts]
    return Concat(*texts, output_field=CharField()) if len(texts) > 1 else texts[0]


def _has(model, part):
    names = {name for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return part.split("__")[0] in names or not part.isidentifier()


def _text(column):
    return Cast(F(column), CharField())
