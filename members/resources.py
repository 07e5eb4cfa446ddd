"""Countries, persons and the offices of the management team as files."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.bodies import ConferenceBody, CouncilRegion, RegionalOrganization
from iscg_portal.importing.cells import Choice, Day, Reference, Text, YesNo
from iscg_portal.importing.columns import CellRefused, FileColumn, Links, columns_of
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import (
    PeriodResource,
    SourcedResource,
    TenureResource,
    TranslatedResource,
    in_six_languages,
)
from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.name_keys import name_key
from iscg_portal.tenure.dates import today
from members.fields import PERSON_FIELDS
from members.models import ChairTerm, Conference, Country, FormerAddress, Person, RegionalMembership, Representative
from members.models.countries import LISTED

_MARK = gettext_lazy("Yes or no; empty while no source is given.")
_COUNTRY = gettext_lazy("The ISO code of the country for which the person sits, or its whole name.")


def names_of_country(country):
    """Its names in the six languages, the English one first: it stands beside the code where one is suggested."""
    return list(dict.fromkeys(country.name_in(code) for code in ("en", *LANGUAGE_CODES)))


def names_of_person(person):
    """The name as printed, and the former web addresses that redirect to the person."""
    return [str(person), person.name, *(former.slug for former in person.former_addresses.all())]


def person_column():
    """The person of an office, by the last part of the web address."""
    cell = Reference("members.Person", "slug", names_of_person, related=("former_addresses",))
    explanation = gettext_lazy("The person's address (slug), as in the file of persons.")
    return FileColumn("person", cell, explanation, required=True, example="ada-testperson")


class CountryCell(Reference):
    """A State of the Union's list, by its ISO code or by its whole name in one of the six languages."""

    def __init__(self):
        super().__init__("members.Country", "code", names_of_country, where=LISTED)

    def prepare(self):
        super().prepare()
        for record in self.rows.values():
            self.folded |= {name.casefold(): record for name in names_of_country(record)}


def country_column():
    """The country of an office, by its ISO code."""
    cell = CountryCell()
    return FileColumn("country", cell, _COUNTRY, example="CH").at(1)


class MembershipsOfToday(Links):
    """The organizations to which a country belongs today; those of other days have a file of their own."""

    def rows_of(self, instance):
        return [row for row in super().rows_of(instance) if row.covers(today())]


@handles(Country, "code")
class CountryResource(SourcedResource):
    """Countries by ISO code."""

    companions = ("members.regionalmembership",)

    code = FileColumn("code", Text(), gettext_lazy("The ISO code."), required=True, example="CH")
    standing = FileColumn(
        "standing",
        Choice(Country.Standing),
        gettext_lazy("In which capacity it takes part. Empty: it is not in the list, and nobody can choose it."),
        example="Member State",
    )
    vars().update(in_six_languages("short_name", gettext_lazy("Its official short name in this language.")))
    names_source = FileColumn("names_source", Text(), gettext_lazy("Where the names stand."))
    council_region = FileColumn("council_region", Choice(CouncilRegion), gettext_lazy("The Council region."))
    regional_organizations = MembershipsOfToday(
        "regional_organizations",
        Choice(RegionalOrganization),
        "memberships",
        "organization",
        gettext_lazy("The regional organizations of today, with semicolons between them."),
        example="CEPT",
    )
    ldc = FileColumn("is_ldc", YesNo(), _MARK, name="ldc")
    sids = FileColumn("is_sids", YesNo(), _MARK, name="sids")
    lldc = FileColumn("is_lldc", YesNo(), _MARK, name="lldc")
    transition = FileColumn("is_transition", YesNo(), _MARK, name="transition")
    marks_source = FileColumn("marks_source", Text(), gettext_lazy("Where the four marks stand."))

    prefetch_related = ("memberships",)


@handles(RegionalMembership, "country", "organization", "starts_on")
class RegionalMembershipResource(PeriodResource):
    """Memberships of regional organizations; found by id, or by country, organization and first day."""

    country = FileColumn("country", CountryCell(), gettext_lazy("The country's ISO code."), required=True, example="CH")
    organization = FileColumn(
        "organization", Choice(RegionalOrganization), gettext_lazy("Its initials."), required=True, example="CEPT"
    )

    select_related = ("country",)


class AnotherPerson(FileColumn):
    """Whether a row says that its person is another one than somebody of the same name."""

    def says(self, row, text):
        """Never what stands already: an answer is about the name that the row gives."""
        return False

    def save(self, instance, row, is_m2m=False, **kwargs):
        said = self.value_in(row)
        if said is not None:
            instance.is_another = said
            instance.told_apart = instance.told_apart if said else ""


@handles(Person, "slug")
class PersonResource(SourcedResource):
    """Persons by their address."""

    vars().update(columns_of(PERSON_FIELDS))
    another_person = AnotherPerson(
        "is_told_apart",
        YesNo(),
        gettext_lazy("Yes where somebody of the name is on record, and this is another person."),
        name="another_person",
    ).at(8)

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.persons = Reference("members.Person", "slug", names_of_person, related=("former_addresses",))
        self.led_to = dict(FormerAddress.objects.values_list("slug", "person__slug"))

    def find(self, row, loader):
        slug = self.fields["slug"].key_in(row)
        if slug in self.led_to and (slug,) not in loader.keys:
            message = _("This address leads to “%(slug)s” since two records were merged; write that.")
            raise CellRefused("slug", message % {"slug": self.led_to[slug]})
        return super().find(row, loader) if slug else None

    def mark_of(self, state):
        """Two new persons of one name in a file need an address each."""
        return super().mark_of(state) if state.after.get("slug") else name_key(state.instance.name)

    def saved_at_once(self, states):
        """Those who have an address and a name that no other row has."""
        names = {id(state): _names_of(state.instance) for state in states}
        counts = Counter(name for written in names.values() for name in written)
        return [
            state for state in states if state.instance.slug and all(counts[name] == 1 for name in names[id(state)])
        ]

    def propose(self, state):
        near = self.persons.nearest_names().to(state.instance.name, likeness=0.85)
        if near:
            remark = _("The name is like that of %(persons)s; put that address in “slug” if it is the same person.")
            state.remarks.append(remark % {"persons": _(" or ").join(near)})


def _names_of(person):
    """What `of_the_name` goes by."""
    own = person.name_in_own_script
    return {name_key(person.name), own, name_key(own)} - {""}


@handles(Representative, "seat", "person", "starts_on")
class RepresentativeResource(TenureResource):
    """Terms in the seats of the advisory groups; found by id, or by seat, person and first day."""

    seat = FileColumn(
        "seat",
        Reference("members.Seat", "code", lambda seat: [], where={"group__isnull": False}, related=("group",)),
        gettext_lazy("The seat's code."),
        required=True,
        example="RAG1",
    )
    person = person_column()
    country = country_column()

    select_related = ("person", "country", "seat")


@handles(ChairTerm, "person", "starts_on")
class ChairTermResource(TenureResource):
    """Terms of the Chair; found by id, or by person and first day."""

    person = person_column()
    country = country_column()
    follows = FileColumn(
        "follows",
        Reference("members.Conference", "code", lambda each: [each.name_en or ""], where={"body": "PP"}),
        gettext_lazy("The Plenipotentiary Conference that the term follows."),
        example="PP-22",
    )
    kind = FileColumn("kind", Choice(ChairTerm.Kind), gettext_lazy("How the term came about."), example="appointed")

    select_related = ("person", "country", "follows")


@handles(Conference, "code")
class ConferenceResource(TranslatedResource):
    """Assemblies and conferences by their code."""

    code = FileColumn("code", Text(), pgettext_lazy("code", "As in PP-22 or WTSA-24."), required=True, example="PP-22")
    body = FileColumn("body", Choice(ConferenceBody), gettext_lazy("Which it is."), required=True, example="PP")
    vars().update(in_six_languages("name", gettext_lazy("Its name in this language.")))
    place = FileColumn("place", Text(), gettext_lazy("Where it sat."))
    starts_on = FileColumn("starts_on", Day(), gettext_lazy("Its first day."), required=True, example="2022-09-26")
    ends_on = FileColumn("ends_on", Day(), gettext_lazy("The last day on which it sat."), required=True)
