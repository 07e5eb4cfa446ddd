"""Resolutions, subjects, Coordinators and Focal Points as files."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.bodies import ConferenceBody, FocalPointBody, Sector
from iscg_portal.identifiers import EXPLANATION
from iscg_portal.importing.cells import Choice, Day, Reference, Text, Whole, Words, YesNo
from iscg_portal.importing.columns import FileColumn, Flags, IdColumn, Links, ShownColumn
from iscg_portal.importing.days import AnswerColumn
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import (
    PeriodResource,
    RecordResource,
    TenureResource,
    TranslatedResource,
    in_six_languages,
)
from members.resources import country_column, person_column
from subjects.models import (
    Coordinator,
    FocalPoint,
    FocalPointRecord,
    Listing,
    Mandate,
    Partnership,
    Resolution,
    Revision,
    Subject,
)
from subjects.models.resolutions import ADDRESS
from subjects.resolution_tables import resolutions_table
from subjects.resource_columns import AppointedBy, appointment_columns, resolution_cell, subject_column


@handles(Resolution, "body", "number")
class ResolutionResource(TranslatedResource):
    """Resolutions by body and number; a row may refer to another row of the file."""

    table = staticmethod(resolutions_table)
    companions = ("subjects.revision",)

    body = FileColumn("body", Choice(ConferenceBody), required=True, example="PP")
    number = FileColumn("number", Whole(), required=True, example="191")
    slug = ShownColumn(
        "slug", lambda each: each.slug, gettext_lazy("For reading: how other files name this resolution.")
    )
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    calls_for_coordination = FileColumn("calls_for_coordination", YesNo())
    replaced_by = FileColumn(
        "replaced_by",
        resolution_cell(),
        gettext_lazy("The address of the resolution in its place."),
        example="itu-r-75",
    )

    suppressed_in = FileColumn(
        "suppressed_in",
        Whole(32_767),
        gettext_lazy("The year of the assembly or conference that suppressed it; empty: it stands, as far as known."),
    )

    select_related = ("replaced_by",)

    def before_import(self, dataset, **kwargs):
        """Resolutions that the file adds can be named in it."""
        super().before_import(dataset, **kwargs)
        named, self.added = self.fields["replaced_by"].widget.rows, {}
        for row in dataset.dict:
            key = self._numbered(row)
            slug = f"{ADDRESS[key[0]]}-{key[1]}" if key else None
            if slug and slug not in named:
                self.added[key] = named[slug] = Resolution(body=key[0], number=key[1], slug=slug)

    def _numbered(self, row):
        try:
            body, number = (self.fields[name].value_in(row) for name in ("body", "number"))
        except ValueError:
            return None
        return (body, number) if body and number is not None else None

    def loaded(self, on_record):
        """One object for each resolution, so that a circle of replacements shows in memory."""
        records = on_record.ids
        self.fields["replaced_by"].widget.rows.update({record.slug: record for record in records.values()})
        for record in records.values():
            if record.replaced_by_id:
                record.replaced_by = records[str(record.replaced_by_id)]

    def init_instance(self, row=None):
        return self.added.get(self._numbered(row)) or super().init_instance(row)

    def in_saving_order(self, states):
        """Each after the resolution in its place, where that is new too."""
        waiting = {id(state.instance): state for state in states}
        ordered = {}
        for state in states:
            chain = {}
            while state is not None and id(state) not in ordered and id(state) not in chain:
                chain[id(state)] = state
                target = state.instance.replaced_by
                state = waiting.get(id(target)) if target is not None and target.pk is None else None
            ordered.update(reversed(chain.items()))
        return list(ordered.values())


@handles(Revision, "resolution", "year", "place")
class RevisionResource(TranslatedResource):
    """The revisions of the resolutions; found by id, or by resolution, year and place."""

    id = IdColumn()
    resolution = FileColumn(
        "resolution", resolution_cell(), gettext_lazy("The resolution's address."), required=True, example="pp-191"
    )
    year = FileColumn("year", Whole(32_767), gettext_lazy("The year of this text."), required=True, example="2022")
    place = FileColumn("place", Text(), gettext_lazy("The place of this text."), required=True, example="Bucharest")
    number = FileColumn("number", Whole(32_767), gettext_lazy("ITU-R only: the 3 of ITU-R 6-3."))
    revised = FileColumn(
        "revised", YesNo(), gettext_lazy("Yes where the Union prints “Rev.”; empty: not known."), example="yes"
    )
    vars().update(in_six_languages("title", gettext_lazy("The title of this text in this language, where recorded.")))
    url = FileColumn("url", Text(), gettext_lazy("The web address of the text."))

    select_related = ("resolution",)

    def complete(self, state):
        """A text may be on record without its title."""


@handles(Subject, "code")
class SubjectResource(TranslatedResource):
    """Subjects by their code, with the resolutions and partner organizations that belong to them."""

    companions = ("subjects.mandate", "subjects.listing", "subjects.focalpointrecord")

    code = FileColumn("code", Text(), gettext_lazy("Capital letters, digits, hyphens."), required=True, example="EMF")
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    vars().update(in_six_languages("summary", gettext_lazy("A summary in this language.")))
    wikidata = FileColumn("wikidata", Text(), EXPLANATION, example="Q42")
    scope = Flags(
        "scope",
        Words(Sector),
        {"R": "in_r", "T": "in_t", "D": "in_d", "GS": "in_gs"},
        gettext_lazy("The Sectors concerned, at least two, with semicolons between them."),
        required=True,
        example="R; T; D",
    )
    recorded_from = FileColumn(
        "recorded_from", Day(), gettext_lazy("The record of Coordinators is complete from this day on.")
    )
    mandates_recorded_from = FileColumn(
        "mandates_recorded_from",
        Day(),
        gettext_lazy("Every resolution behind the subject is on record from this day on; empty: not known."),
    )
    mandates = Links(
        "mandates",
        resolution_cell(),
        "mandate_set",
        "resolution",
        gettext_lazy("The addresses of the resolutions behind it, with semicolons between them."),
        example="pp-191; itu-r-75",
    )
    partners = Links(
        "partners",
        Reference("subjects.Partner", "abbreviation", lambda each: [each.name_en or ""]),
        "partnership_set",
        "partner",
        gettext_lazy("The abbreviations of its partner organizations, with semicolons between them."),
    )

    prefetch_related = (
        Prefetch("mandate_set", Mandate.objects.select_related("resolution")),
        Prefetch("partnership_set", Partnership.objects.select_related("partner")),
    )


@handles(Listing, "subject", "starts_on")
class ListingResource(PeriodResource):
    """When subjects stood on the list; found by id, or by subject and first day."""

    subject = subject_column()
    document = FileColumn("document", Text(), gettext_lazy("The number of the decision's document."))
    document_url = FileColumn("document_url", Text(), gettext_lazy("The web address of that document."))
    source_dated_on = FileColumn(
        "source_dated_on",
        Day(),
        gettext_lazy("The day of the source: without a first day the subject is known to be on the list from then."),
    )

    select_related = ("subject",)


@handles(Mandate, "subject", "resolution", "starts_on")
class MandateResource(PeriodResource):
    """The resolutions behind the subjects, with their days; found by id, or by subject, resolution and first day."""

    subject = subject_column()
    resolution = FileColumn(
        "resolution", resolution_cell(), gettext_lazy("The resolution's address."), required=True, example="pp-191"
    )

    record_complete_from = AnswerColumn(
        gettext_lazy("Say from which day the record is complete now, or that this is not known.")
    )

    select_related = ("subject", "resolution")


@handles(Coordinator, "subject", "person", "starts_on")
class CoordinatorResource(TenureResource):
    """Coordinators with their appointments; found by id, or by subject, person and first day."""

    subject = subject_column()
    person = person_column()
    country = country_column()
    appointed_by = AppointedBy()
    vars().update(appointment_columns())

    select_related = ("person", "country", "subject")
    prefetch_related = ("appointments",)


@handles(FocalPoint, "subject", "body", "person", "starts_on")
class FocalPointResource(TenureResource):
    """Focal Points; found by id, or by subject, body, person and first day."""

    subject = subject_column()
    body = FileColumn("body", Choice(FocalPointBody), gettext_lazy("For whom."), required=True, example="RAG")
    person = person_column()
    country = country_column()
    name_is_public = FileColumn(
        "name_is_public",
        YesNo(),
        pgettext_lazy("code", "For BR, TSB, BDT and GS: yes where publication of the name was decided."),
        example="no",
    )

    select_related = ("person", "country", "subject")


@handles(FocalPointRecord, "subject", "body")
class FocalPointRecordResource(RecordResource):
    """From when the record of Focal Points is complete, by subject and body."""

    subject = subject_column()
    body = FileColumn("body", Choice(FocalPointBody), gettext_lazy("For whom."), required=True, example="RAG")
    recorded_from = FileColumn(
        "recorded_from",
        Day(),
        gettext_lazy("The record of this body's Focal Points is complete from this day on; empty: not known."),
    )

    select_related = ("subject",)
