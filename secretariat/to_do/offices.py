"""The offices that begin and end within six months, each end with who comes after."""

from django.contrib.auth import get_permission_codename
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from members.models import ChairTerm, Representative
from secretariat.checks.office_care import SIX_MONTHS
from secretariat.to_do.rows import first_few, person
from subjects.models import Coordinator, FocalPoint

ENDS, BEGINS, REPLACES = "ends", "begins", "replaces"
# Of each kind of office what a successor has in common with the holder, and how the place is printed.
PLACES = {
    ChairTerm: (("seat",), F("seat_id")),
    Representative: (("seat",), F("seat_id")),
    Coordinator: (("subject",), F("subject__code")),
    FocalPoint: (
        ("subject", "body"),
        Concat("subject__code", Value(" ("), "body", Value(")"), output_field=CharField()),
    ),
}


def right(act, model):
    """The name of the right: “members.change_chairterm”."""
    return f"{model._meta.app_label}.{get_permission_codename(act, model._meta)}"


def _changed_by(user):
    """What `PLACES` says of the offices that the account may change."""
    return [(model, *PLACES[model]) for model in PLACES if user.has_perm(right("change", model))]


def ends(user, on, most):
    """Texts: person, place, the precision of the end, the successor, and REPLACES where the account may name one."""
    for model, same, place in _changed_by(user):
        after = model.objects.filter(**_same(same), starts_on__gte=OuterRef("ends_on")).order_by("starts_on")
        successor = Coalesce(Subquery(after.values_list(person("person__"))[:1]), Value(""), output_field=CharField())
        ending = model.objects.in_office(on).filter(ends_on__lte=on + SIX_MONTHS)
        may_replace = Value(REPLACES if user.has_perm(right("add", model)) else "", output_field=CharField())
        texts = (person("person__"), place, F("ends_precision"), successor, may_replace)
        yield first_few(ENDS, ending, F("ends_on"), *texts, most=most)


def begins(user, on, most):
    """Where nobody is in office before, since an end says who comes after. Texts: person, place, precision."""
    for model, same, place in _changed_by(user):
        held = model.objects.filter(**_same(same), starts_on__lte=on)
        held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        coming = model.objects.filter(~Exists(held), starts_on__gt=on, starts_on__lte=on + SIX_MONTHS)
        yield first_few(BEGINS, coming, F("starts_on"), person("person__"), place, F("starts_precision"), most=most)


def _same(columns):
    return {column: OuterRef(column) for column in columns}
