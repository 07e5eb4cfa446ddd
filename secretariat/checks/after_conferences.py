"""What assemblies and conferences made of mandates, while nobody has looked at it (clause F1)."""

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from secretariat.findings import OPEN, Finding, topic
from subjects.mandate_changes import (
    changes_of,
    lookers_of,
    mandates_to_look_at,
    new_changes,
    new_resolutions_to_look_at,
)
from subjects.models import Resolution

MANDATE_CHANGED = topic(
    "F1",
    OPEN,
    "A conference changed %(count)d mandate, and nobody has looked at it",
    "Conferences changed %(count)d mandates, and nobody has looked at them",
)
NEW_RESOLUTION = topic(
    "F1",
    OPEN,
    "%(count)d new resolution is behind no subject, and nobody has looked at it",
    "%(count)d new resolutions are behind no subject, and nobody has looked at them",
)
CHANGED, NEW = "mandates to look at", "new resolutions to look at"


def to_count(on):
    """The rows that `ask_conferences` wants counted (see `secretariat.findings`)."""
    return {CHANGED: mandates_to_look_at(on), NEW: new_resolutions_to_look_at(on)}


def counted(on):
    """(topic, queryset) of what the database counts alone."""
    wanted = to_count(on)
    return [(MANDATE_CHANGED, wanted[CHANGED]), (NEW_RESOLUTION, wanted[NEW])]


def ask_conferences(on, count):
    """A finding for each; none costs a query while there is none, else at most eight and four."""
    if count[CHANGED]:
        changes = changes_of(mandates_to_look_at(on))
        lookers = lookers_of(changes, on)
        for change in changes:
            names = {
                "subject": change.subject.code,
                "citation": change.citation,
                "kind": change.kind_in_words,
                "who": lookers[change.subject.pk],
            }
            sentence = _("%(subject)s: %(citation)s, %(kind)s; to be looked at by %(who)s.") % names
            url = admin_address(Resolution, page="after_a_conference", subject=change.subject.code)
            yield Finding(MANDATE_CHANGED, sentence, url)
    if count[NEW]:
        for change in new_changes(new_resolutions_to_look_at(on)):
            sentence = _("%(citation)s: “%(title)s”.") % {"citation": change.citation, "title": change.title}
            yield Finding(NEW_RESOLUTION, sentence, admin_address(Resolution, page="after_a_conference"))
