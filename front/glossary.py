"""The words of the portal for readers, in six languages. `docs/glossary.md` explains each of them in the same words."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Word(NamedTuple):
    """A word with its explanation; `key` is its place on the page."""

    key: str
    word: str
    explanation: str


WHO = [
    Word(
        "advisory-group", _("Advisory group"), _("RAG, TSAG or TDAG: the group that advises the Director of a Bureau.")
    ),
    Word("bureau", _("Bureau"), _("The secretariat of a Sector: BR, TSB, BDT. Each has a Director.")),
    Word("chair", _("Chair"), _("The person who leads the ISCG.")),
    Word(
        "coordinator",
        _("Coordinator"),
        _("The person from the membership who coordinates a subject. A subject has only one."),
    ),
    Word("focal-point", _("Focal Point"), _("The person who represents an advisory group on one subject.")),
    Word("management-team", _("Management team"), _("The Chair and the six representatives.")),
    Word(
        "participant", _("Participant"), _("Who takes part in the ISCG’s work for a Member State or a Sector Member.")
    ),
    Word(
        "partner-organization",
        _("Partner organization"),
        _("An external organization that works on a subject too."),
    ),
    Word("representative", _("Representative"), _("One of the two who sit in the ISCG for an advisory group.")),
    Word(
        "secretariat-focal-point",
        _("Secretariat focal point"),
        _("The person who represents BR, TSB, BDT or the General Secretariat on one subject."),
    ),
    Word(
        "sector",
        _("Sector"),
        _("ITU-R (R), ITU-T (T) or ITU-D (D). The General Secretariat (GS) stands beside them."),
    ),
    Word("task-force", _("Task force"), _("The mirror of the ISCG inside the secretariat of ITU, the ISC-TF.")),
]
WHEN = [
    Word(
        "seat", _("Seat"), _("One of seven: the Chair’s, and two of each advisory group. It exists without a holder.")
    ),
    Word("term", _("Term"), _("The time for which one person holds a seat.")),
    Word("interval", _("Interval"), _("The time between two Plenipotentiary Conferences.")),
    Word(
        "vacant",
        pgettext_lazy("word explained", "Vacant"),
        _("Nobody holds the office, and the record of that time is complete."),
    ),
    Word(
        "not-recorded",
        pgettext_lazy("word explained", "Not recorded"),
        _("The portal does not know: no holder is on record, and the record may have a hole."),
    ),
    Word(
        "confirmed",
        pgettext_lazy("word explained", "Confirmed"),
        _("A document or the office holder bore out on a day what the record says."),
    ),
]
WHAT = [
    Word(
        "subject",
        _("Subject"),
        _("A theme that concerns at least two of R, T, D and GS, and is on the list of subjects."),
    ),
    Word("scope", _("Scope"), _("Whom a subject concerns: the Sectors (R, T, D) and the General Secretariat (GS).")),
    Word("mandate", _("Mandate"), _("A resolution behind a subject.")),
    Word("resolution", _("Resolution"), _("A decision of a conference, by its number.")),
    Word(
        "theme-rule",
        _("Theme rule"),
        _(
            "A theme is of mutual interest in two cases: a PP resolution calls for coordination on it, or a PP"
            " resolution and a resolution of at least one Sector deal with it."
        ),
    ),
    Word("edition", _("Edition"), _("The list of subjects as it was adopted on a day.")),
    Word("study-period", _("Study period"), _("The years for which a Sector plans its studies.")),
    Word("study-unit", _("Study unit"), _("A study group, working party, Question or regional group of a Sector.")),
    Word(
        "mapping-link",
        _("Mapping link"),
        _("A statement that two units of different Sectors study the same thing, or that a unit studies a subject."),
    ),
    Word("activity", _("Activity"), _("A workshop, seminar, symposium, joint study or other event.")),
]
TEXTS = [
    Word("document", _("Document"), _("A text with its number, as in ISCG/25-1/03-E.")),
    Word(
        "decision",
        _("Decision of a meeting"),
        _("A decision of a meeting, with a number of that meeting."),
    ),
    Word(
        "action",
        _("Action of a meeting"),
        _(
            "A task that a meeting gave to somebody, with a deadline. It goes on to the next meetings until it is"
            " closed."
        ),
    ),
    Word("contribution", _("Contribution"), _("A document that a participant brings.")),
    Word(
        "liaison-statement",
        _("Liaison statement"),
        _("A letter between groups, for action, comment or information."),
    ),
    Word("annual-report", _("Annual report"), _("The report of the ISCG to the advisory groups, once a year.")),
    Word(
        "key-issue", _("Key issue"), _("A matter that an annual report raises with the Directors and the task force.")
    ),
    Word("coordinators-report", _("Coordinator’s report"), _("The report of a Coordinator on a subject to a meeting.")),
]
RECORD = [
    Word("source", _("Source"), _("Where a fact stands: a document’s number or a web address.")),
    Word(
        "evidence",
        _("Grade of the evidence"),
        _(
            "What the source is, the firmest first: the Union’s own document; a copy of one; a secondary source;"
            " inferred; general knowledge."
        ),
    ),
    Word(
        "indicative", _("Indicative"), _("No source states the fact: its grade is “inferred” or “general knowledge”.")
    ),
    Word("correction", _("Correction"), _("A row that was removed because it was entered by mistake.")),
]
PARTS = [
    (_("Who"), WHO),
    (_("When"), WHEN),
    (_("What"), WHAT),
    (_("Documents and reports"), TEXTS),
    (_("The record"), RECORD),
]
WORDS = {word.key: word for _title, words in PARTS for word in words}
