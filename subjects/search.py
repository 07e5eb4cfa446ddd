"""What the search finds of the subjects: subjects with who coordinates them, and resolutions in any spelling."""

from django.db.models import Prefetch

from iscg_portal.languages import with_colon, with_commas
from iscg_portal.search.sources import Content, Source, end_of, in_each_language, joined, texts_of, years_of
from members.search import ASKED_AS, evidence_in_words
from subjects.citing import cited_text
from subjects.models import Coordinator, Listing, Mandate, Partnership, Resolution, Revision, Subject
from subjects.models.resolutions import CITED

MOST_COORDINATORS = 2
# The word before or after the number, as each language writes it.
RESOLUTION = ("Resolution", "Res.", "Résolution", "Rés.", "Resolución", "Резолюция", "القرار", "قرار")


def _subjects(keys):
    subjects = Subject.objects.public()
    subjects = subjects if keys is None else subjects.filter(pk__in=keys)
    coordinators = Coordinator.objects.public().join_public("person", "country").order_by("-starts_on", "pk")
    return subjects.prefetch_related(
        Prefetch("coordinator_set", coordinators, to_attr="coordinators"),
        Prefetch("listings", Listing.objects.public(), to_attr="all_listings"),
        Prefetch("partnership_set", Partnership.objects.public().join_public("partner"), to_attr="partnerships"),
    )


def _subject(subject):
    coordinators = subject.coordinators
    partners = [one.partner for one in subject.partnerships]
    return Content(
        address=f"subjects/{subject.slug}/",
        titles=texts_of(subject, "title"),
        lines=in_each_language(
            lambda: joined(subject.code, *map(_coordinator_in_words, coordinators[:MOST_COORDINATORS]))
        ),
        texts=texts_of(subject, "summary"),
        original=subject.original_language,
        exact=[subject.code],
        keywords=[ASKED_AS["coordinator"], *(partner.abbreviation for partner in partners)],
        subjects=[subject.code],
        made_of=[*coordinators, *subject.all_listings, *subject.partnerships, *(one.person for one in coordinators)],
        ended_on=end_of(subject.all_listings),
    )


def _coordinator_in_words(coordinator):
    said = (coordinator.printed_in_full, years_of(coordinator), evidence_in_words(coordinator))
    words = with_commas(said)
    return with_colon(coordinator._meta.verbose_name, words)


def _resolutions(keys):
    resolutions = Resolution.objects.public()
    resolutions = resolutions if keys is None else resolutions.filter(pk__in=keys)
    mandates = Mandate.objects.public().join_public("subject")
    return resolutions.prefetch_related(
        Prefetch("revisions", Revision.objects.public(), to_attr="texts_on_record"),
        Prefetch("mandate_set", mandates, to_attr="mandates"),
    )


def _resolution(resolution):
    revisions = resolution.texts_on_record
    own, titles = texts_of(resolution, "title"), [texts_of(revision, "title") for revision in revisions]
    codes = sorted({mandate.subject.code for mandate in resolution.mandates})
    return Content(
        address=f"resolutions/{resolution.slug}/",
        titles=own,
        lines=in_each_language(lambda: joined(_citation(resolution, revisions), *codes)),
        texts={code: _other_titles(text, (one[code] for one in titles)) for code, text in own.items()},
        original=resolution.original_language,
        exact=_spellings(resolution, revisions),
        subjects=codes,
        made_of=[*revisions, *resolution.mandates],
        year=max((revision.year for revision in revisions), default=None),
    )


def _other_titles(own, titles):
    """The titles of earlier and later texts, each once."""
    return "\n".join(dict.fromkeys(title for title in titles if title and title != own))


def _citation(resolution, revisions):
    return cited_text(resolution, revisions[0]) if revisions else resolution.cited


def _spellings(resolution, revisions):
    """“191”, “Res. 191”, “PP 191”, “PP Resolution 191”, “第191号决议”; of ITU-R also with the number of each text."""
    body = CITED["RA"] if resolution.body == "RA" else resolution.body
    numbers = [str(resolution.number), *(f"{resolution.number}-{one.number}" for one in revisions if one.number)]
    for number in numbers:
        yield number
        yield f"{body} {number}"
        yield from (f"第{number}号决议", f"{number}号决议")
        for word in RESOLUTION:
            yield from (f"{word} {number}", f"{body} {word} {number}", f"{word} {body} {number}")


SOURCES = [
    Source(
        "subject",
        2,
        Subject,
        _subjects,
        _subject,
        {
            Coordinator: lambda one: [one.subject_id],
            Listing: lambda one: [one.subject_id],
            Partnership: lambda one: [one.subject_id],
            Coordinator._meta.get_field("person").related_model: lambda _row: [],
        },
        takes_day=True,
    ),
    Source(
        "resolution",
        4,
        Resolution,
        _resolutions,
        _resolution,
        {
            Revision: lambda one: [one.resolution_id],
            Mandate: lambda one: [one.resolution_id],
        },
        takes_day=True,
    ),
]
