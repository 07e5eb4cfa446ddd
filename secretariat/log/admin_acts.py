"""What staff did in the admin to records of models without a history, such as accounts and groups of rights.

Django's log of the admin keeps who, when, which fields and the reason; it is read as rows of a history are.
"""

from types import SimpleNamespace

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, UUIDField, Value

from iscg_portal.adminkit.admin_rights import right

TYPES = {1: "+", 2: "~", 3: "-"}


def models_without_history(user):
    """{label: model} of those of which the log of the admin has anything that the account may see. One query."""
    kinds = ContentType.objects.filter(pk__in=LogEntry.objects.order_by().values("content_type"))
    models = (kind.model_class() for kind in kinds)
    return {
        model._meta.label_lower: model
        for model in models
        if model in admin.site._registry and not hasattr(model, "history") and user.has_perm(right("view", model))
    }


def acts_on(model):
    """The acts on records of a model, by the names that a history has; `record_key` is the key, as text."""
    kind = ContentType.objects.get_for_model(model)
    named = {"history_id": F("id"), "history_date": F("action_time"), "history_user": F("user")}
    words = {"history_change_reason": F("change_message"), "record_key": F("object_id")}
    acts = LogEntry.objects.filter(content_type=kind).order_by()
    return acts.annotate(**named, **words, history_act=Value(None, output_field=UUIDField()))


def read_acts(model, numbers):
    """{number: (the act with what a row of a history has, None)}. One query."""
    rows = LogEntry.objects.filter(pk__in=numbers).select_related("user")
    return {row.pk: (_as_version(model, row), None) for row in rows}


def _as_version(model, row):
    said = {"history_date": row.action_time, "history_user": row.user, "history_type": TYPES[row.action_flag]}
    why = {"history_change_reason": row.get_change_message(), "history_public_reason": "", "history_act": None}
    key = {model._meta.pk.attname: row.object_id}
    return SimpleNamespace(**said, **why, **key, instance_type=model, called=row.object_repr)
