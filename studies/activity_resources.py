"""Joint activities as files."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.bodies import Sector
from iscg_portal.importing.cells import Choice, Day, Reference, Text, Words
from iscg_portal.importing.columns import FileColumn, Flags, Links
from iscg_portal.importing.days import FirstDay, PrecisionOfFirstDay
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import (
    TranslatedResource,
    in_six_languages,
)
from iscg_portal.scheduled import ANNOUNCED, State
from iscg_portal.translated import columns_of
from iscg_portal.web.calendars import uid_of
from studies.models import (
    Activity,
    ActivityPartner,
    ActivitySubject,
    Interest,
)
from studies.models.activity_words import INTERESTS, REGION_LABELS, REGIONS, SECTORS
from studies.tables import activities_table
from subjects.resource_columns import subjects_column


@handles(Activity, "code")
class ActivityResource(TranslatedResource):
    """Activities by their code; without one by the UID of their calendar, else by a title and the first day."""

    table = staticmethod(activities_table)
    takes_calendars = True

    code = FileColumn(
        "code", Text(), gettext_lazy("As in 2026-3. Leave it empty to add one."), keep=True, example="2026-3"
    )
    uid = FileColumn(
        "uid", Text(), gettext_lazy("The UID of the event in the calendar from which the activity was imported.")
    )
    kind = FileColumn("kind", Choice(Activity.Kind), example="workshop")
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    starts_on = FirstDay()
    precision = PrecisionOfFirstDay()
    ends_on = FileColumn("ends_on", Day(), example="2026-03-05")
    place = FileColumn("place", example="Kigali")
    sectors = Flags(
        "sectors", Words(Sector), SECTORS, pgettext_lazy("code", "Who holds it: R, T, D, GS."), example="D; T"
    )
    office = FileColumn("office")
    subjects = subjects_column()
    regions = Flags(
        "regions",
        Words(list(REGION_LABELS.items())),
        REGIONS,
        gettext_lazy("Council regions A to E and regional organizations, with semicolons between them."),
        example="D; ATU",
    )
    languages = FileColumn("languages", example="en; fr")
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
    state = FileColumn("state", Choice(State), example="confirmed")
    state_note = FileColumn("state_note", Text(), gettext_lazy("Why it does not take place, or until when; public."))
    web_url = FileColumn("web_url")
    source_dated_on = FileColumn("source_dated_on", Day(), gettext_lazy("The day on which the source said so.")).at(9)

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
