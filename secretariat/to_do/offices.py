"""The offices that begin and end within six months, each end with who comes after."""

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from members.models import ChairTerm, Representative
from secretariat.checks.office_care import SIX_MONTHS
from secretariat.to_do.rows import first_few, person
from subjects.models import Coordinator, FocalPoint

ENDS, BEGINS = "ends", "begins"
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


def ends(user, on, most):
    """Texts: person, place, the precision of the end, the successor."""
    for model, (same, place) in PLACES.items():
        after = model.objects.filter(**_same(same), starts_on__gte=OuterRef("ends_on")).order_by("starts_on")
        successor = Coalesce(Subquery(after.values_list(person("person__"))[:1]), Value(""), output_field=CharField())
        ending = model.objects.in_office(on).filter(ends_on__lte=on + SIX_MONTHS)
        texts = (person("person__"), place, F("ends_precision"), successor)
        yield first_few(ENDS, ending, F("ends_on"), *texts, most=most)


def begins(user, on, most):
    """Where nobody is in office before, since an end says who comes after. Texts: person, place, precision."""
    for model, (same, place) in PLACES.items():
        held = model.objects.filter(**_same(same), starts_on__lte=on)
        held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        coming = model.objects.filter(~Exists(held), starts_on__gt=on, starts_on__lte=on + SIX_MONTHS)
        yield first_few(BEGINS, coming, F("starts_on"), person("person__"), place, F("starts_precision"), most=most)


def _same(columns):
    return {column: OuterRef(column) for column in columns}
