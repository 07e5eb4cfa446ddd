"""What was done to records of models without a history, such as accounts, groups of rights, drafts and invitations.

Django's log of the admin keeps who, when, which fields and the reason; it is read as rows of a history are. What was
done outside the admin has the values too (`iscg_portal.act_log`).
"""

from types import SimpleNamespace

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, UUIDField, Value

from iscg_portal.act_log import read_act
from iscg_portal.adminkit.admin_rights import right

TYPES = {1: "+", 2: "~", 3: "-"}


def models_without_history(user):
    """{label: model} of those of which the log of the admin has anything that the account may see. One query."""
    kinds = ContentType.objects.filter(pk__in=LogEntry.objects.order_by().values("content_type"))
    models = (kind.model_class() for kind in kinds)
    return {
        model._meta.label_lower: model
        for model in models
        if model and not hasattr(model, "history") and user.has_perm(right("view", model))
    }


def acts_on(model):
    """The acts on records of a model, by the names that a history has; `record_key` is the key, as text."""
    kind = ContentType.objects.get_for_model(model)
    named = {"history_id": F("id"), "history_date": F("action_time"), "history_user": F("user")}
    words = {"history_change_reason": F("change_message"), "record_key": F("object_id")}
    acts = LogEntry.objects.filter(content_type=kind).order_by()
    return acts.annotate(**named, **words, history_act=Value(None, output_field=UUIDField()))


def read_acts(model, numbers):
    """{number: (the act with what a row of a history has, what was before or None)}. One query."""
    rows = LogEntry.objects.filter(pk__in=numbers).select_related("user")
    return {row.pk: _as_versions(model, row) for row in rows}


def _as_versions(model, row):
    before, now, reason = read_act(row, model) or ({}, {}, row.get_change_message())
    said = {"history_date": row.action_time, "history_user": row.user, "history_type": TYPES[row.action_flag]}
    why = {"history_change_reason": reason, "history_public_reason": "", "history_act": None}
    key = {model._meta.pk.attname: row.object_id}
    version = SimpleNamespace(**said, **why, **key, instance_type=model, called=row.object_repr, **_stored(model, now))
    version.told = [model._meta.get_field(name) for name in now]
    return version, SimpleNamespace(**_stored(model, before)) if before else None


def _stored(model, values):
    return {model._meta.get_field(name).attname: value for name, value in values.items()}
