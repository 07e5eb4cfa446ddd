"""What each subject has to look at after an assembly or conference, and who: derived, nothing changes by itself.

Texts of conferences before `BEGAN_ON` are what the record began with: nobody is asked to look at those.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iscg_portal.languages import in_a_row
from members.models import Conference
from subjects.citing import cited_text
from subjects.models import Mandate, MandateLook, Resolution, Revision, Subject
from subjects.models.mandate_looks import changed_at, not_looked_at
from subjects.models.resolutions import place_of_body

BEGAN_ON = datetime.date(2025, 11, 1)  # WTDC-25 is the first conference after it
REVISED, SUPPRESSED, REPLACED, NEW = "revised", "suppressed", "replaced", "new"
KINDS = {
    REVISED: pgettext_lazy("resolution", "revised"),
    SUPPRESSED: pgettext_lazy("resolution", "suppressed"),
    REPLACED: pgettext_lazy("resolution", "replaced"),
    NEW: pgettext_lazy("resolution", "new"),
}


@dataclass
class MandateChange:
    """What a conference made of a resolution, for a subject that rests on it; `subject` is None where none does.

    `look` is who looked at it and what they said; None while nobody has.
    """

    subject: Subject | None
    resolution: Resolution
    conference: Conference
    look: MandateLook | None = None

    @property
    def text(self):
        """The text that the conference adopted, or None."""
        year = self.conference.ends_on.year
        return next((text for text in self.resolution.revisions.all() if text.year == year), None)

    @property
    def kind(self):
        """What became of the resolution."""
        if self.resolution.suppressed_in == self.conference.ends_on.year:
            return SUPPRESSED
        if self.text is None:
            return REPLACED
        return kind_of_text(self.text, self.resolution.revisions.all())

    @property
    def kind_in_words(self):
        return KINDS[self.kind]

    @property
    def citation(self):
        """The text as it is cited, else the resolution."""
        return cited_text(self.resolution, self.text) if self.text else self.resolution.cited

    @property
    def title(self):
        """The title of the new text, else of the resolution."""
        return (self.text and self.text.title_shown) or self.resolution.title_shown

    @property
    def former_title(self):
        """The title that the text before had, where it is recorded and another one."""
        texts = [text for text in self.resolution.revisions.all() if text != self.text and text.title_shown]
        return texts[0].title_shown if texts and texts[0].title_shown != self.title else ""

    @property
    def key(self):
        """Which one it is, in a form."""
        return f"{self.subject.pk if self.subject else ''}-{self.resolution.pk}-{self.conference.pk}"


def kind_of_text(text, texts):
    """Whether the text of a resolution, one of its `texts`, is REVISED or NEW."""
    older = any(one.year < text.year for one in texts)
    return REVISED if older or text.revised or text.number else NEW


def told_of_text(text, texts, on) -> str:
    """“revised in 2025” of the text in force on a day, where a conference of which is told adopted it; else blank."""
    if text is None or text.adopted_on is None or not BEGAN_ON <= text.adopted_on <= on:
        return ""
    words = {REVISED: _("revised in %(year)d"), NEW: _("new in %(year)d")}
    return words[kind_of_text(text, texts)] % {"year": text.year}


def changed_mandates(on, since=BEGAN_ON):
    """The mandates that a conference from `since` to the day changed; not those that had ended before it."""
    found = Mandate.objects.alias(changed_at=changed_at(on, since)).filter(changed_at__isnull=False)
    return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=since))


def mandates_to_look_at(on, since=BEGAN_ON):
    """Those of them that nobody has looked at."""
    return changed_mandates(on, since).filter(not_looked_at(subject="subject"))


def new_resolutions(on, since=BEGAN_ON):
    """The resolutions whose first text is one of such a conference, and that are behind no subject."""
    found = Resolution.objects.alias(changed_at=changed_at(on, since, resolution="")).filter(changed_at__isnull=False)
    first = Revision.objects.filter(resolution=OuterRef("pk")).filter(Q(year__lt=since.year) | Q(revised=True))
    behind = Mandate.objects.filter(resolution=OuterRef("pk"))
    return found.filter(~Exists(first), ~Exists(behind), suppressed_in__isnull=True)


def new_resolutions_to_look_at(on, since=BEGAN_ON):
    """Those of them that nobody has looked at."""
    return new_resolutions(on, since).filter(not_looked_at(resolution="pk"))


def changes_of(mandates) -> list[MandateChange]:
    """The changes of mandates, as `changed_mandates` gives them, by subject. At most five queries."""
    mandates = mandates.annotate(at=F("changed_at")).select_related("subject", "resolution__replaced_by")
    mandates = mandates.prefetch_related(_texts("resolution__revisions")).alias(place=place_of_body("resolution__body"))
    rows = list(mandates.order_by("subject__code", "place", "resolution__number", "pk"))
    conferences = Conference.objects.in_bulk({row.at for row in rows})
    changes = [MandateChange(row.subject, row.resolution, conferences[row.at]) for row in rows]
    return _with_looks(list({change.key: change for change in changes}.values()))


def new_changes(resolutions) -> list[MandateChange]:
    """The same of new resolutions behind no subject. At most four queries."""
    resolutions = resolutions.annotate(at=F("changed_at"))
    rows = list(resolutions.prefetch_related(_texts("revisions")).in_printed_order())
    conferences = Conference.objects.in_bulk({row.at for row in rows})
    return _with_looks([MandateChange(None, row, conferences[row.at]) for row in rows])


def _texts(path):
    return Prefetch(path, Revision.objects.order_by("-year", "-number"))


def _with_looks(changes):
    looks = MandateLook.objects.filter(resolution__in={change.resolution.pk for change in changes}) if changes else ()
    by_key = {f"{look.subject_id or ''}-{look.resolution_id}-{look.conference_id}": look for look in looks}
    for change in changes:
        change.look = by_key.get(change.key)
    return changes


COORDINATOR, FOCAL_POINTS, STAFF = "coordinator", "focal points", "staff"
ASKED = {
    COORDINATOR: gettext_lazy("the Coordinator"),
    FOCAL_POINTS: gettext_lazy("the Focal Points"),
    STAFF: gettext_lazy("the secretariat"),
}


@dataclass(frozen=True)
class WhoLooks:
    """Who has to look for a subject: its Coordinator, else its Focal Points, else the secretariat; and their names."""

    office: str
    names: tuple[str, ...] = ()

    def __str__(self):
        named = in_a_row(self.names)
        return (
            _("%(office)s: %(names)s") % {"office": ASKED[self.office], "names": named}
            if named
            else str(ASKED[self.office])
        )


def who_looks(subject) -> WhoLooks:
    """For a subject read with its Coordinator and Focal Points of a day."""
    if subject.office.tenure:
        return WhoLooks(COORDINATOR, (subject.office.tenure.printed_name,))
    holders = [holder for body in subject.bodies_of_groups for holder in body.holders]
    if holders:
        return WhoLooks(FOCAL_POINTS, tuple(holder.printed_name for holder in holders))
    return WhoLooks(STAFF)


def lookers_of(changes, on) -> dict[int, WhoLooks]:
    """{key of a subject: who looks}, for the subjects of changes. Three queries."""
    subjects = Subject.objects.filter(pk__in={change.subject.pk for change in changes if change.subject})
    return {one.pk: who_looks(one) for one in subjects.read_coordinator(on).read_focal_points(on)}
