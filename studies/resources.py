"""Study periods, units, what became of them, their links, and activities as files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import Sector
from iscg_portal.importing.cells import Choice, Day, Reference, Text, Whole, YesNo
from iscg_portal.importing.columns import FileColumn, ShownColumn
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import (
    PeriodResource,
    RecordResource,
    SourcedResource,
    in_six_languages,
    original_language,
)
from studies.activity_resources import ActivityResource as ActivityResource
from studies.matrix_sheet import HEADERS, unfolded
from studies.models import (
    Confirmation,
    Ending,
    MappingLink,
    StudyPeriod,
    StudyUnit,
)
from studies.models.endings import SPLIT_ALONE, is_split_alone
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

    sector = FileColumn("sector", Choice(STUDYING), gettext_lazy("R, T or D."), required=True, example="D")
    name = FileColumn("name", Text(), gettext_lazy("As the Union names it."), required=True, example="2022-2025")


@handles(StudyUnit, "sector", "period", "number")
class StudyUnitResource(_SetOnce, PeriodResource):
    """Study units; found by id, or by Sector, period and number."""

    set_once = ("sector", "period", "kind")

    sector = FileColumn("sector", Choice(Sector), gettext_lazy("Empty for a joint group of several."), example="D")
    period = FileColumn(
        "period",
        Reference("studies.StudyPeriod", "code", lambda period: [period.name]),
        gettext_lazy("Sector and name of the study period; empty only for a joint group."),
        example="d-2022-2025",
    )
    number = FileColumn("number", Text(), gettext_lazy("As it is printed."), required=True, example="Q7/2")
    kind = FileColumn("kind", Choice(StudyUnit.Kind), gettext_lazy("What it is."), required=True, example="question")
    slug = ShownColumn("slug", lambda unit: unit.slug, gettext_lazy("For reading: how other files name this unit."))
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    parent = FileColumn(
        "parent",
        unit_cell(),
        gettext_lazy("The address of the unit below which it stands; that may be another row of the file."),
        example="d-2022-2025-sg2",
    )
    url = FileColumn("url", Text(), gettext_lazy("The address of its web page."))
    in_force_unrecorded = FileColumn(
        "in_force_unrecorded", YesNo(), gettext_lazy("Yes where no source says whether it is studied in this period.")
    )
    original_language = original_language()

    select_related = ("period", "parent")

    def before_import(self, dataset, **kwargs):
        """Units that the file adds can be named in it: a whole new list comes in one file."""
        super().before_import(dataset, **kwargs)
        named, self.added = self.fields["parent"].widget, {}
        for row in dataset.dict:
            made = self._made_by(row)
            if made is not None and made.slug not in named.rows:
                self.added[made.sector, made.period, made.number] = made
                named.rows[made.slug] = named.folded[made.slug.casefold()] = made

    def _made_by(self, row):
        """The unit of a row, as far as its address goes; None where that cannot be read."""
        try:
            sector, period, number = (self.fields[name].value_in(row) for name in self.key_columns())
        except ValueError:
            return None
        made = StudyUnit(sector=sector or "", period=period, number=number)
        made.slug = made.address_made() if number else ""
        return made if made.slug else None

    def init_instance(self, row=None):
        made = self._made_by(row)
        return made and self.added.get((made.sector, made.period, made.number)) or super().init_instance(row)

    def in_saving_order(self, states):
        """What stands below another row of the file after it. One with days of its own waits for the next file."""
        order, first = list(StudyUnit.Kind), {}
        for state in sorted(states, key=lambda one: order.index(one.instance.kind)):
            parent = state.instance.parent
            if parent is not None and parent.pk is None and (id(parent) not in first or state.instance.starts_on):
                message = _("The row of %(record)s is refused, or has to be imported first.")
                state.refuse("parent", message % {"record": parent.number})
            else:
                first[id(state.instance)] = state
        return list(first.values())


@handles(Ending, "unit", "successor")
class EndingResource(SourcedResource):
    """What became of units: a row for each successor."""

    unit = FileColumn(
        "unit", unit_cell(), gettext_lazy("The unit's address."), required=True, example="t-2022-2024-sg9"
    )
    successor = FileColumn(
        "successor",
        unit_cell(),
        gettext_lazy("The successor's address; empty only where it was closed."),
        example="t-2025-2028-sg21",
    )
    kind = FileColumn("kind", Choice(Ending.Kind), gettext_lazy("How it ends."), required=True, example="merged")
    others_unrecorded = FileColumn(
        "others_unrecorded",
        YesNo(),
        gettext_lazy("Yes where a unit that was split has more successors than are on record."),
    )
    decision = FileColumn("decision", Text(), gettext_lazy("The number of the decision's document."))

    select_related = ("unit", "successor")

    def in_saving_order(self, states):
        """A unit that was split has its successors in the file, on record, or marked as not recorded."""
        known = {state.instance.pk: state.instance for state in states if state.instance.pk}
        by_unit = {}
        for ending in [*self.on_record.ids.values(), *(state.instance for state in states if state.is_new)]:
            by_unit.setdefault(ending.unit_id, []).append(known.get(ending.pk, ending))
        for state in states:
            if state.instance.kind == Ending.Kind.SPLIT and is_split_alone(by_unit[state.instance.unit_id]):
                state.refuse("successor", str(SPLIT_ALONE))
        return states


@handles(MappingLink, "first", "second", "subject", "topic_en")
class LinkResource(PeriodResource):
    """Links; found by id, or by their ends, subject and topic. What each side says of them is a table of its own."""

    first = FileColumn("first", unit_cell(), gettext_lazy("A unit."), required=True, example="d-2022-2025-q7-2")
    second = FileColumn("second", unit_cell(), gettext_lazy("A unit of another Sector."), example="r-2023-2027-wp-1c")
    subject = subject_column()
    vars().update(in_six_languages("topic", gettext_lazy("The topic in this language, in words.")))
    kind = FileColumn(
        "kind", Choice(MappingLink.Kind), gettext_lazy("The relation of the first to the second."), example="same topic"
    )
    decision = FileColumn("decision", Text(), gettext_lazy("The number of the decision's document."))
    decision_url = FileColumn("decision_url", Text(), gettext_lazy("The web address of that document."))
    original_language = original_language()

    companions = ("studies.confirmation",)
    select_related = ("first__period", "second__period", "subject")

    also_reads = gettext_lazy(
        "Tables 1, 2 and 3 can be imported in their own form too, as the pages of the mapping give them: units in the"
        " lines and in the columns, and the topics of their links in the cells."
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["subject"].required = False

    def unfolded(self, sheet):
        """A table in its own form, as a sheet with a row for each link."""
        if not sheet.is_cross:
            return sheet
        return unfolded(sheet, lambda link: [self.fields[name].text_of(link) for name in HEADERS])


class _Turn(Whole):
    """Which of the statements of a day it is: the first where nothing stands here."""

    empty = 1


@handles(Confirmation, "link", "sector", "said_on", "turn")
class ConfirmationResource(RecordResource):
    """What each side said of links, each statement a row."""

    link = FileColumn(
        "link",
        Reference("studies.MappingLink", "code", lambda link: [], related=("first", "second", "subject")),
        gettext_lazy("The addresses of both units, or of the unit and the code of the subject, with the topic."),
        required=True,
        example="d-2022-2025-q7-2 + r-2023-2027-wp-1c: measurement",
    )
    sector = FileColumn("sector", Choice(Sector), gettext_lazy("The side that says it."), required=True, example="D")
    said_on = FileColumn(
        "said_on", Day(), gettext_lazy("The day on which it said so."), required=True, example="2025-01-23"
    )
    turn = FileColumn("turn", _Turn(99), gettext_lazy("Which statement on this link of that day: 1 is the first."))
    stance = FileColumn(
        "stance", Choice(Confirmation.Stance), gettext_lazy("What it says."), required=True, example="confirmed"
    )
    because = FileColumn("because", Text(), gettext_lazy("Its reason. Public. Never empty where it contests."))
    said_by = FileColumn("said_by", Text(), gettext_lazy("Who said so, or where staff have it from. Never public."))

    select_related = ("link__first", "link__second", "link__subject")
