"""What a report says of an event, in a form that can be frozen, read again and compared with the record.

The words of a statement are kept in each language as they were printed; two statements are compared without them, so
that a new title of a subject or another honorific is no correction.
"""

import datetime
from dataclasses import dataclass, fields, replace

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from changes.events import Event
from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE
from members.models.groups import CHAIR

UNCOMPARED = ("key", "words", "report", "event", "old_key")


@dataclass(frozen=True, eq=False)
class Statement:
    """One event as a report tells it, or as the record has it now.

    `key` is the key of the event and names the row of the record for ever. `on` is its day, known as exactly as
    `precision` says, `person` a slug, blank where the name is not public, `sits_for` a country's code or an
    organization, `before` the same of the term that ended, `about` what else tells it from others. `words` are day,
    place, what and who by language. `report` is the code of the report that says it. `old_key` is all that is known of
    what a report of an older form told.
    """

    key: str = ""
    topic: str = ""
    kind: str = ""
    on: datetime.date | None = None
    precision: str | None = "day"
    where: str = ""
    body: str = ""
    person: str = ""
    sits_for: str = ""
    before: str = ""
    about: str = ""
    words: dict | None = None
    report: str = ""
    event: Event | None = None
    old_key: str = ""

    @property
    def content(self):
        """What two statements of the same event have in common."""
        return tuple(getattr(self, name) for name in COMPARED)

    def says(self, other):
        """Whether both say the same of one row; where a name is not public, nothing can be said of who it is."""
        if self.person and other.person:
            return self.content == other.content
        hidden = {"person": "", "sits_for": "", "before": ""}
        return replace(self, **hidden).content == replace(other, **hidden).content

    @property
    def printed(self):
        """Day, place, what and who in the active language."""
        if self.event is not None:
            return _words(self.event)
        return self.words[PREFIX_OF_LANGUAGE[get_language()]]

    def repeated(self):
        """The same for a later report: that the name of a secretariat's was public once does not make it so again."""
        if self.body not in SECRETARIAT_BODIES or self.event is not None:
            return self
        words = {language: [*words[:3], self.body] for language, words in self.words.items()}
        return replace(self, person="", sits_for="", before="", words=words)

    @property
    def sentence(self):
        """The same as one text."""
        day, where, what, who = self.printed
        names = {"day": day, "where": where, "what": what, "who": who}
        return _("%(day)s: %(where)s, %(what)s: %(who)s") % names

    def frozen(self):
        """What is kept of it in the content of a report."""
        said = {name: getattr(self, name) for name in ("key", *COMPARED)}
        if self.old_key:
            said["old_key"] = self.old_key
        return said | {"on": self.on.isoformat(), "words": self.words or self._all_words()}

    def _all_words(self):
        words = {}
        for prefix, language in LANGUAGE_OF_PREFIX.items():
            with override(language):
                words[prefix] = _words(self.event)
        return words


COMPARED = tuple(field.name for field in fields(Statement) if field.name not in UNCOMPARED)


def words_of(event):
    """Day, place, what and who, as a table of a report prints them: so a statement says what its table says."""
    of_group = event.topic == "seats" and event.group
    return event.printed, body_in_words(event.group) if of_group else event.where, event.what, event.who


def _words(event):
    return [str(word) for word in words_of(event)]


def read_statement(said, report):
    """The `Statement` that a report, by its code, has frozen."""
    return Statement(**{**said, "on": datetime.date.fromisoformat(said["on"]), "report": report})


def statement_of(event, report=""):
    """What the record says now."""
    marks = _OF_TOPIC.get(event.topic, lambda event: {})(event)
    precision = event.precision if event.precision in ("month", "year") else "day"
    said = {"topic": event.topic, "kind": event.kind, "on": event.on, "precision": precision}
    return Statement(event.key, **said, **{"where": event.where, **marks}, event=event, report=report)


def _of_office(event):
    tenure = event.about
    return {
        "where": (event.group or CHAIR) if event.topic == "seats" else event.where,
        "body": event.body,
        "person": tenure.person.slug if tenure.person_id else "",
        "sits_for": _sits_for(tenure),
        "before": _sits_for(event.before) if event.before else "",
    }


def _sits_for(tenure):
    return tenure.country_id or tenure.organization


def _of_activity(event):
    activity = event.about
    return {"about": " ".join((activity.starts_on.isoformat(), activity.state, *activity.regions))}


_OF_TOPIC = {
    "seats": _of_office,
    "offices": _of_office,
    "mandates": lambda event: {"about": event.about.resolution.citation},
    "meetings": lambda event: {"where": event.about.code, "about": event.about.starts_on.isoformat()},
    "activities": _of_activity,
    "received": lambda event: {"person": event.about.person.slug, "about": event.about.meeting.code},
}
