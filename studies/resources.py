"""Study periods, units, what became of them, their links, and activities as files."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import Sector
from iscg_portal.importing.cells import Choice, Day, Reference, Text, Whole, Words, YesNo
from iscg_portal.importing.columns import Column, Flags, Links, Shown
from iscg_portal.importing.days import FirstDay, PrecisionOfFirstDay
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import (
    PeriodResource,
    RecordResource,
    SourcedResource,
    TranslatedResource,
    in_six_languages,
    original_language,
)
from iscg_portal.scheduled import ANNOUNCED, State
from iscg_portal.translated import columns_of
from iscg_portal.web.calendars import uid_of
from studies.activity_tables import activities_table
from studies.matrix_sheet import HEADERS, unfolded
from studies.models import (
    Activity,
    ActivityPartner,
    ActivitySubject,
    Confirmation,
    Ending,
    Interest,
    MappingLink,
    StudyPeriod,
    StudyUnit,
)
from studies.models.activity_words import INTERESTS, REGION_LABELS, REGIONS, SECTORS
from studies.models.endings import SPLIT_ALONE, is_split_alone
from studies.models.units import STUDYING
from subjects.resource_columns import subject_column, subjects_column


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
        gettext_lazy("The address of the unit below which it stands; that may be another row of the file."),
        example="d-2022-2025-sg2",
    )
    url = Column("url", Text(), gettext_lazy("The address of its web page."))
    in_force_unrecorded = Column(
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

    unit = Column("unit", unit_cell(), gettext_lazy("The unit's address."), required=True, example="t-2022-2024-sg9")
    successor = Column(
        "successor",
        unit_cell(),
        gettext_lazy("The successor's address; empty only where it was closed."),
        example="t-2025-2028-sg21",
    )
    kind = Column("kind", Choice(Ending.Kind), gettext_lazy("How it ends."), required=True, example="merged")
    others_unrecorded = Column(
        "others_unrecorded",
        YesNo(),
        gettext_lazy("Yes where a unit that was split has more successors than are on record."),
    )
    decision = Column("decision", Text(), gettext_lazy("The number of the decision's document."))

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

    link = Column(
        "link",
        Reference("studies.MappingLink", "code", lambda link: [], related=("first", "second", "subject")),
        gettext_lazy("The addresses of both units, or of the unit and the code of the subject, with the topic."),
        required=True,
        example="d-2022-2025-q7-2 + r-2023-2027-wp-1c: measurement",
    )
    sector = Column("sector", Choice(Sector), gettext_lazy("The side that says it."), required=True, example="D")
    said_on = Column(
        "said_on", Day(), gettext_lazy("The day on which it said so."), required=True, example="2025-01-23"
    )
    turn = Column("turn", _Turn(99), gettext_lazy("Which statement on this link of that day: 1 is the first."))
    stance = Column(
        "stance", Choice(Confirmation.Stance), gettext_lazy("What it says."), required=True, example="confirmed"
    )
    because = Column("because", Text(), gettext_lazy("Its reason. Public. Never empty where it contests."))
    said_by = Column("said_by", Text(), gettext_lazy("Who said so, or where staff have it from. Never public."))

    select_related = ("link__first", "link__second", "link__subject")


@handles(Activity, "code")
class ActivityResource(TranslatedResource):
    """Activities by their code; without one by the UID of their calendar, else by a title and the first day."""

    table = staticmethod(activities_table)
    takes_calendars = True

    code = Column("code", Text(), gettext_lazy("As in 2026-3. Leave it empty to add one."), keep=True, example="2026-3")
    uid = Column("uid", Text(), gettext_lazy("The UID by which its calendar names it, where it came from one."))
    kind = Column("kind", Choice(Activity.Kind), example="workshop")
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    starts_on = FirstDay()
    precision = PrecisionOfFirstDay()
    ends_on = Column("ends_on", Day(), example="2026-03-05")
    place = Column("place", example="Kigali")
    sectors = Flags("sectors", Words(Sector), SECTORS, gettext_lazy("Who holds it: R, T, D, GS."), example="D; T")
    office = Column("office")
    subjects = subjects_column()
    regions = Flags(
        "regions",
        Words(list(REGION_LABELS.items())),
        REGIONS,
        gettext_lazy("Council regions A to E and regional organizations, with semicolons between them."),
        example="D; ATU",
    )
    languages = Column("languages", example="en; fr")
    partners = Links(
        "partners",
        Reference("subjects.Partner", "abbreviation", lambda each: [each.name_en or ""]),
        "partner_links",
        "partner",
        gettext_lazy("The abbreviations of its partner organizations, with semicolons between them."),
        example="ISO",
    )
    interests = Flags(
        "interests",
        Words(Interest),
        INTERESTS,
        gettext_lazy("The developing countries to which it is of interest."),
        example="LDC; SIDS",
    )
    state = Column("state", Choice(State), example="confirmed")
    state_note = Column("state_note", Text(), gettext_lazy("Why it does not take place, or until when; public."))
    web_url = Column("web_url")
    source_dated_on = Column("source_dated_on", Day(), gettext_lazy("The day on which the source said so.")).at(9)

    prefetch_related = (
        Prefetch("subject_links", ActivitySubject.objects.select_related("subject")),
        Prefetch("partner_links", ActivityPartner.objects.select_related("partner")),
    )

    def loaded(self, on_record):
        """By what else than the code a row finds its activity."""
        self.by_uid, self.by_title = {}, {}
        for activity in on_record.ids.values():
            self.by_uid[uid_of(activity.event_key)] = activity
            if activity.uid:
                self.by_uid[activity.uid] = activity
            for title in filter(None, (getattr(activity, column) for column in columns_of("title"))):
                self.by_title.setdefault((title.casefold(), activity.starts_on), activity)

    def find(self, row, loader):
        if self._given("code", row):
            return super().find(row, loader)
        uid = self._given("uid", row)
        if uid:
            return self.by_uid.get(uid)
        day = self.fields["starts_on"].value_in(row)[0]
        titles = (self._given(name, row).casefold() for name in self.fields if name.startswith("title_"))
        return next(filter(None, (self.by_title.get((title, day)) for title in titles if title)), None)

    def _given(self, name, row):
        return self.fields[name].key_in(row) if name in row else ""

    def mark_of(self, state):
        """What no two rows have in common: the code, else the UID, else titles and first day."""
        after = state.after
        titles = tuple(after.get(name) for name in self.fields if name.startswith("title_"))
        return after.get("code") or after.get("uid") or (after.get("starts_on"), *titles)

    def complete(self, state):
        """What is recorded as held stays so, whatever an older file announces; a portal's own UID names no other."""
        record = state.instance
        if state.is_new and record.uid and record.uid in self.by_uid:
            state.refuse("uid", _("Another activity on record has this UID."))
        if not state.is_new and state.before["state"] == State.HELD and state.after["state"] in ANNOUNCED:
            record.state = State.HELD
            state.remarks.append(_("It is recorded as held, and stays so; the file only announces it."))
        if not state.is_new and record.uid == uid_of(record.event_key):
            record.uid = state.before["uid"]  # our own calendar, read again
        state.after |= {name: self.fields[name].text_of(record) for name in ("state", "uid")}
        state.compare()
        state.record_changes = state.is_new or any(not self.fields[name].is_child for name in state.changed)

    def propose(self, state):
        """Say which activity on record a new row may be: of the same title on other days."""
        titles = {state.after.get(name, "").casefold() for name in self.fields if name.startswith("title_")} - {""}
        for (title, _day), activity in self.by_title.items():
            if title in titles:
                message = _("If this is “%(record)s” on other days, put its code in the column “code”.")
                state.remarks.append(message % {"record": activity})
                return
