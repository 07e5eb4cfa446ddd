"""How findings read, in the active language: a sentence, and the facts behind it line by line.

The facts name records by their keys. What everyone may see of them is read anew each time it is printed; a finding
about what is not there, or not public any more, is left out.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from iscg_portal import languages
from iscg_portal.adminkit.site import admin_address
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import HTML_LANG, in_a_row, with_semicolons
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.office_on import OfficeOn, OfficeState
from studies.models import Ending, MappingLink, StudyFinding
from studies.overlaps.gaps import GROUP_OF
from studies.overlaps.registry import SOURCES, ShownRecord
from studies.overlaps.sources import UNITS, shown
from studies.titles import likeness, printed_words, words_of
from subjects.models import Subject

Kind = StudyFinding.Kind
LINK, SUBJECT, UNIT = "studies.MappingLink", "subjects.Subject", UNITS.label
NAMED = 5  # units in a sentence; the page of the finding has them all


@dataclass(frozen=True)
class Detail:
    """One fact: what it is, the things that it names, and what is said of them."""

    label: str
    things: list[ShownRecord] = field(default_factory=list)
    words: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Printed:
    """A finding as it reads."""

    finding: StudyFinding
    sentence: str
    lines: list[Detail]

    @property
    def things(self):
        """Everything that it names, each once."""
        return list({(thing.name, thing.url): thing for line in self.lines for thing in line.things}.values())


def print_findings(findings) -> list[Printed]:
    """The findings as they read, in their order; one query for each kind of thing that they name."""
    findings = list(findings)
    named = defaultdict(set)
    for finding in findings:
        for label, pk in _named_by(finding):
            named[label].add(pk)
    known = {(label, pk): thing for label, pks in named.items() for pk, thing in _show(label, pks).items()}
    printed = []
    for finding in findings:
        if all(thing in known for thing in _named_by(finding)):
            sentence, lines = _PRINTERS[finding.kind](finding, known)
            printed.append(Printed(finding, sentence, lines))
    return printed


def _named_by(finding):
    facts = finding.facts
    if finding.kind == Kind.SIMILAR:
        return finding.similar_things
    units = {*facts.get("units", ()), *(pk for pks in facts.get("sectors", {}).values() for pk in pks)}
    units |= {pk for pk in (facts.get("unit"), *(pk for _kind, pk in facts.get("became", ()))) if pk}
    found = [(UNIT, pk) for pk in sorted(units)]
    return found + [(label, facts[key]) for label, key in ((LINK, "link"), (SUBJECT, "subject")) if key in facts]


def _show(label, pks):
    if label == SUBJECT:
        return {one.pk: shown(one, one.code, one.title_shown) for one in Subject.objects.public().filter(pk__in=pks)}
    if label == LINK:
        links = MappingLink.objects.public().with_names().filter(pk__in=pks)
        return {
            one.pk: ShownRecord(_name_of(one), one.topic_shown, "", admin_address(MappingLink, one.pk)) for one in links
        }
    return SOURCES[label].show(pks) if label in SOURCES else {}


def _name_of(link):
    return f"{link.first.name} – {link.second.name if link.second_id else link.subject.code}"


def listed(words, most=None):
    """“ITU-D and ITU-R”; of more than `most` words only how many others there are."""
    words = list(words)
    if most and len(words) > most:
        words = [*words[: most - 1], _("%(count)d more") % {"count": len(words) - most + 1}]
    return languages.listed(words)


def _sectors(letters):
    return listed(initials(f"ITU-{letter}") for letter in letters)


def _similar(finding, known):
    language = finding.facts["language"]
    one, other = (known[thing] for thing in finding.similar_things)
    names = {"one": one.name, "other": other.name, "score": finding.score}
    sentence = _("%(one)s and %(other)s have nearly the same title (%(score)d of 100).") % names
    titles = [thing.titles.get(language, "") for thing in (one, other)]
    alike = likeness(*(words_of(title) for title in titles))
    words = in_a_row(printed_words(alike.words, titles[0]))
    lines = [
        Detail(
            _("Titles"),
            [replace(thing, title=title) for thing, title in zip((one, other), titles, strict=True)],
            lang=HTML_LANG[language],
        ),
        Detail(_("Compared in"), words=get_language_info(language)["name_translated"]),
        Detail(_("Score"), words=_("%(score)d of 100") % names),
        Detail(_("Words that made it"), words=words, lang=HTML_LANG[language]),
    ]
    return sentence, lines


def _no_coordinator(finding, known):
    facts = finding.facts
    subject = known[SUBJECT, facts["subject"]]
    office = _office(facts, finding.is_recorded)
    names = {"subject": subject.name, "sectors": _sectors(facts["sectors"]), "since": office.since}
    said = _("%(subject)s is studied in %(sectors)s; who coordinates it is not recorded.")
    if finding.is_recorded:
        said = _("%(subject)s is studied in %(sectors)s, and has no Coordinator (%(since)s).")
    lines = [Detail(_("Subject"), [subject])]
    lines += [
        Detail(initials(f"ITU-{letter}"), [known[UNIT, pk] for pk in pks]) for letter, pks in facts["sectors"].items()
    ]
    return said % names, [*lines, Detail(_("Coordinator"), words=office.state_printed)]


def _no_focal_point(finding, known):
    facts = finding.facts
    subject, units = known[SUBJECT, facts["subject"]], [known[UNIT, pk] for pk in facts["units"]]
    office, group = _office(facts, finding.is_recorded), GROUP_OF[facts["sector"]]
    names = {"subject": subject.name, "units": listed((unit.name for unit in units), NAMED)}
    names |= {"group": group, "since": office.since}
    said = _("%(subject)s is studied by %(units)s; who is Focal Point for %(group)s is not recorded.")
    if finding.is_recorded:
        said = _("%(subject)s is studied by %(units)s, and has no Focal Point for %(group)s (%(since)s).")
    state = Detail(_("Focal Point for %(group)s") % names, words=office.state_printed)
    return said % names, [Detail(_("Subject"), [subject]), Detail(_("Studied by"), units), state]


def _office(facts, is_vacant):
    """The office as it was found: vacant since a day, or not recorded."""
    if not is_vacant:
        return OfficeOn(OfficeState.NOT_RECORDED)
    since = datetime.date.fromisoformat(facts["since"])
    return OfficeOn(OfficeState.VACANT, None, since, facts["since_precision"])


def _one_sided(finding, known):
    facts, link = finding.facts, known[LINK, finding.facts["link"]]
    confirming = [side for side, stance in facts["said"].items() if stance == "confirmed"]
    contesting = [side for side in facts["said"] if side not in confirming]
    lines = [Detail(_("Link"), [link])]
    parts = []
    for sides, said in (
        (confirming, _("%(sides)s: confirmed")),
        (contesting, _("%(sides)s: contested")),
        (facts["silent"], _("%(sides)s: not recorded")),
    ):
        if sides:
            parts.append(said % {"sides": _sectors(sides)})
    lines.append(Detail(_("What each side says"), words=with_semicolons(parts)))
    return _("%(link)s: one side’s claim (%(sides)s).") % {"link": link.name, "sides": with_semicolons(parts)}, lines


def _closed_unit(finding, known):
    facts, link, unit = finding.facts, known[LINK, finding.facts["link"]], known[UNIT, finding.facts["unit"]]
    day = print_date(datetime.date.fromisoformat(facts["ended_on"]))
    names = {"link": link.name, "unit": unit.name, "day": day}
    sentence = _("%(link)s: the link stands, although %(unit)s ended on %(day)s.") % names
    after = [known[UNIT, pk] for _kind, pk in facts["became"] if pk]
    how = listed(str(Ending.Kind(kind).label) for kind in dict.fromkeys(kind for kind, _pk in facts["became"]))
    became = Detail(_("What became of it"), after, how or _("not recorded"))
    return sentence, [
        Detail(_("Link"), [link]),
        Detail(_("Unit"), [unit], _("ended on %(day)s") % names),
        became,
    ]


def _no_link(finding, known):
    unit = known[UNIT, finding.facts["unit"]]
    sentence = _("%(unit)s: no link to another Sector or to a subject is recorded.") % {"unit": unit.name}
    return sentence, [Detail(_("Unit"), [unit])]


_PRINTERS = {
    Kind.SIMILAR: _similar,
    Kind.NO_COORDINATOR: _no_coordinator,
    Kind.NO_FOCAL_POINT: _no_focal_point,
    Kind.ONE_SIDED: _one_sided,
    Kind.CLOSED_UNIT: _closed_unit,
    Kind.NO_LINK: _no_link,
}
