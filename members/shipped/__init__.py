"""The shipped facts about who: countries, groups, seats, conferences, persons and their offices.

Our own selection of public facts, each with its source. `python manage.py load_iscg` loads them.
"""

from pathlib import Path

from iscg_portal.shipped import ShippedFile, same_by
from iscg_portal.tenure.constraints import overlap_q
from iscg_portal.translated import columns_of
from members.models import (
    AdvisoryGroup,
    ChairTerm,
    Conference,
    Country,
    FormerName,
    Person,
    RegionalMembership,
    Representative,
    Seat,
)
from members.models.countries import SHORT_NAMES

HERE = Path(__file__).parent


def same_person(instance, row):
    """The person at this address, now or before a merge; else of this name, unless known for another country."""
    at_address = Person.objects.filter(slug=row["slug"]) | Person.objects.filter(former_addresses__slug=row["slug"])
    if at_address.exists():
        return at_address
    pks = []
    for person in Person.objects.filter(name__iexact=" ".join(instance.name.split())):
        offices = (person.representative_set, person.chairterm_set)
        countries = {code for rows in offices for code in rows.values_list("country", flat=True) if code}
        if not countries or not row["country"] or row["country"] in countries:
            pks.append(person.pk)
    return Person.objects.filter(pk__in=pks)


def same_office(instance, row):
    """An office of the same person in the same seat that shares a day with this one."""
    rows = type(instance).objects.filter(overlap_q(instance.starts_on, instance.ends_on))
    return rows.filter(person=instance.person, seat=instance.seat_id)


FILES = (
    ShippedFile(HERE / "countries.csv", Country, same_by("code"), later=("standing", *SHORT_NAMES, "names_source")),
    ShippedFile(HERE / "former_names.csv", FormerName, same_by("country", "ends_on")),
    ShippedFile(HERE / "memberships.csv", RegionalMembership, same_by("country", "organization")),
    ShippedFile(HERE / "advisory_groups.csv", AdvisoryGroup, same_by("code"), later=columns_of("name")),
    ShippedFile(HERE / "seats.csv", Seat, same_by("code")),
    ShippedFile(HERE / "conferences.csv", Conference, same_by("code"), later=columns_of("name")),
    ShippedFile(HERE / "persons.csv", Person, same_person, to_match=("country",)),
    ShippedFile(HERE / "chair_terms.csv", ChairTerm, same_office),
    ShippedFile(HERE / "representatives.csv", Representative, same_office),
)
