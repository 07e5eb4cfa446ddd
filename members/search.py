"""What the search finds of the members: persons, by name, office, State and region."""

from django.db.models import Prefetch

from iscg_portal.languages import in_brackets, with_commas, with_semicolons
from iscg_portal.search.sources import Content, Source, end_of, in_each_language, years_of
from iscg_portal.tenure.dates import today
from members.models import Country, Person
from members.models.people import kinds_of_office

# What somebody asks who looks for the holder of an office, in the six languages.
ASKED_AS = {
    "representative": "represents representative représente représentant representa representante представляет "
    "представитель يمثل ممثل 代表",
    "chairterm": "chairs chair chairman chairperson préside président preside presidente возглавляет председатель "
    "يرأس رئيس 主席",
    "coordinator": "coordinates coordinator coordonne coordonnateur coordinateur coordina coordinador координирует "
    "координатор ينسق منسق 协调 协调人 协调员",
    "focalpoint": "focal point contact point référent coordonnateur punto de contacto координатор جهة الاتصال 联系人",
}


def person_source():
    """Persons of whom the public knows an office; asked once all apps are there, whose offices a person may hold."""
    kinds = kinds_of_office()
    subjects = [kind._meta.get_field("subject").related_model for kind in kinds if hasattr(kind, "subject")]
    owners = {kind: lambda office: [office.person_id] for kind in kinds}
    owners |= dict.fromkeys([Country, *subjects], lambda _row: [])
    return Source("person", 1, Person, _rows, _content, owners, takes_day=True)


def _rows(keys):
    persons = Person.objects.public()
    persons = persons if keys is None else persons.filter(pk__in=keys)
    return persons.prefetch_related(*(_offices(kind) for kind in kinds_of_office()))


def _offices(kind):
    offices = kind.objects.public().with_public_name().join_public("country")
    offices = offices.join_public("subject") if hasattr(kind, "subject") else offices
    accessor = kind._meta.get_field("person").remote_field.get_accessor_name()
    return Prefetch(accessor, offices.order_by("-starts_on", "pk"), to_attr=f"public_{kind._meta.model_name}")


def _content(person):
    offices = [office for kind in kinds_of_office() for office in getattr(person, f"public_{kind._meta.model_name}")]
    offices.sort(key=lambda office: (bool(office.ends_on), -office.starts_on.toordinal()))
    subjects = {office.subject for office in offices if hasattr(office, "subject_id")}
    return Content(
        address=f"people/{person.slug}/",
        titles={"": str(person)},
        lines=in_each_language(lambda: with_semicolons(dict.fromkeys(map(_office_in_words, offices)))),
        exact=[person.name, person.name_in_own_script, person.sort_key],
        keywords=[ASKED_AS.get(office._meta.model_name, "") for office in offices],
        subjects=[subject.code for subject in subjects],
        made_of=[*offices, *subjects, *(office.country for office in offices if office.country_id)],
        day=max((office.starts_on for office in offices), default=None),
        ended_on=end_of(offices),
    )


def _office_in_words(office):
    """“Representative of RAG, Cameroon (D: Africa), 2025–, last confirmed 3 March 2026”."""
    region = office.country.get_council_region_display() if office.country_id else ""
    where = f"{office.country_name}{in_brackets(region)}" if region else office.sits_for
    return with_commas((office.office_in_full, where, years_of(office), evidence_in_words(office)))


def evidence_in_words(office):
    """What the evidence is of an office that goes on: an entry is read for years, so also where it is not old yet."""
    if office.ends_on and office.ends_on <= today():
        return ""
    dated = office.last_confirmed_on or office.source_dated_on
    return office.print_evidence() if dated else office.old_evidence(today())
