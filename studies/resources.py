"""Study periods, units, what became of them, and their links as files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import Sector
from iscg_portal.importing.cells import Choice, Reference, Text
from iscg_portal.importing.columns import Column, Shown
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import (
    PeriodResource,
    SourcedResource,
    in_six_languages,
    original_language,
)
from studies.models import Ending, MappingLink, StudyPeriod, StudyUnit
from studies.models.units import STUDYING
from subjects.resource_columns import subject_column


def unit_cell():
    """A unit by its address, as in d-2022-2025-q7-2."""
    return Reference("studies.StudyUnit", "slug", lambda unit: [unit.number], related=("period",))


class _SetOnce:
    """Mixin: what says which record a row is cannot be changed by a file either."""

    set_once = ()

    def complete(self, state):
        for name in self.set_once:
            if not state.is_new and state.before.get(name) != state.after.get(name):
                state.refuse(name, _("This is set once: with another value it is another record."))


@handles(StudyPeriod, "sector", "name")
class StudyPeriodResource(_SetOnce, PeriodResource):
    """Study periods by Sector and name."""

    set_once = ("sector",)

    sector = Column("sector", Choice(STUDYING), gettext_lazy("R, T or D."), required=True, example="D")
    name = Column("name", Text(), gettext_lazy("As the Union names it."), required=True, example="2022-2025")


@handles(StudyUnit, "sector", "period", "number")
class StudyUnitResource(_SetOnce, PeriodResource):
    """Study units; found by id, or by Sector, period and number."""

    set_once = ("sector", "period", "kind")

    sector = Column("sector", Choice(Sector), gettext_lazy("Empty for a joint group of several."), example="D")
    period = Column(
        "period",
        Reference("studies.StudyPeriod", "code", lambda period: [period.name]),
        gettext_lazy("Sector and name of the study period; empty only for a joint group."),
        example="d-2022-2025",
    )
    number = Column("number", Text(), gettext_lazy("As it is printed."), required=True, example="Q7/2")
    kind = Column("kind", Choice(StudyUnit.Kind), gettext_lazy("What it is."), required=True, example="question")
    slug = Shown("slug", lambda unit: unit.slug, gettext_lazy("For reading: how other files name this unit."))
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    parent = Column(
        "parent",
        unit_cell(),
        gettext_lazy("The address of the unit on record below which it stands."),
        example="d-2022-2025-sg2",
    )
    url = Column("url", Text(), gettext_lazy("The address of its web page."))
    original_language = original_language()

    select_related = ("period", "parent")


@handles(Ending, "unit", "successor")
class EndingResource(SourcedResource):
    """What became of units: a row for each successor."""

    unit = Column("unit", unit_cell(), gettext_lazy("The unit's address."), required=True, example="t-2022-2024-sg9")
    successor = Column(
        "successor",
        unit_cell(),
        gettext_lazy("The successor's address; empty only where it was closed."),
        example="t-2025-2028-sg21",
    )
    kind = Column("kind", Choice(Ending.Kind), gettext_lazy("How it ends."), required=True, example="merged")
    decision = Column("decision", Text(), gettext_lazy("The number of the decision's document."))

    select_related = ("unit", "successor")


@handles(MappingLink, "first", "second", "subject", "topic_en")
class LinkResource(PeriodResource):
    """Links; found by id, or by their ends, subject and topic. What each side says is entered on the link's page."""

    first = Column("first", unit_cell(), gettext_lazy("A unit."), required=True, example="d-2022-2025-q7-2")
    second = Column("second", unit_cell(), gettext_lazy("A unit of another Sector."), example="r-2023-2027-wp-1c")
    subject = subject_column()
    vars().update(in_six_languages("topic", gettext_lazy("The topic in this language, in words.")))
    kind = Column(
        "kind", Choice(MappingLink.Kind), gettext_lazy("How the first stands to the second."), example="same topic"
    )
    decision = Column("decision", Text(), gettext_lazy("The number of the decision's document."))
    decision_url = Column("decision_url", Text(), gettext_lazy("The web address of that document."))
    original_language = original_language()

    select_related = ("first__period", "second__period", "subject")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["subject"].required = False
