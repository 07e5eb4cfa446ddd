"""Acts on the subjects, and that somebody looked at a mandate: each in one transaction, under one name."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.history import check_public, remove_with_reason, save_with_reason
from iscg_portal.languages import in_a_row
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.joint_validation import save_together
from members.acts.succession import UNKNOWN, succeed
from subjects.models import Appointment, Coordinator, Edition, EditionRow, Mandate, MandateLook, Revision, Subject

FACTS_OF_AN_APPOINTMENT = ("decided_on", "document", "document_url")


@transaction.atomic
def succeed_coordinator(coordinator, person, on, decision=UNKNOWN, *, appointments, reason="", by=None, **facts):
    """Replace the Coordinator of a subject from the day `on` (A0); see `members.acts.succession.succeed`.

    `appointments` are the advisory groups' own decisions, unsaved and without Coordinator, one to three.
    Returns the successor's row.
    Errors: ValidationError, in sentences; then nothing is saved.
    """
    if not appointments:
        raise ValidationError(_("Say which advisory group appoints the Coordinator."))
    successor = succeed(coordinator, person, on, decision, reason=reason, by=by, **facts)
    appoint(successor, appointments, reason=reason, by=by)
    return successor


@transaction.atomic
def name_coordinator(
    subject,
    person,
    on,
    precision="day",
    *,
    appointments,
    country=None,
    organization="",
    reason="",
    by=None,
    answers=None,
):
    """Give a subject its Coordinator (A0). Who is Coordinator on the eve ends on the day `on`, as “replaced”.

    `appointments` as in `succeed_coordinator`, `answers` as in `save_together`. Returns the rows that changed, the new
    one last. Errors: ValidationError, in sentences; then nothing is saved.
    """
    if not appointments:
        raise ValidationError(_("Say which advisory group appoints the Coordinator."))
    record_version.bump()
    facts = {"country": country, "organization": organization}
    present = Coordinator.objects.in_office(on).filter(subject=subject, starts_on__lt=on).first()
    if present is not None and precision == "day":
        facts |= {"appointments": appointments, "reason": reason, "by": by}
        return [present, succeed_coordinator(present, person, on, **facts)]
    new = Coordinator(subject=subject, person=person, starts_on=on, starts_precision=precision, **facts)
    save_together([new], reason=reason, by=by, answers=answers)
    appoint(new, appointments, reason=reason, by=by)
    return [new]


@transaction.atomic
def appoint(coordinator, appointments, *, reason="", by=None):
    """Make the advisory groups' appointments of a Coordinator these, one a group (A0).

    A group's appointment that is there already keeps its row and gets the new facts; one that is no longer
    among them is removed as entered by mistake. Errors: ValidationError, in sentences.
    """
    standing = {row.group: row for row in coordinator.appointments.all()}
    for wanted in appointments:
        row = standing.pop(wanted.group, None) or wanted
        changed = row is wanted or any(getattr(row, name) != getattr(wanted, name) for name in FACTS_OF_AN_APPOINTMENT)
        for name in FACTS_OF_AN_APPOINTMENT:
            setattr(row, name, getattr(wanted, name))
        if changed:
            row.coordinator = coordinator
            row.full_clean()
            save_with_reason(row, reason, by)
    for row in standing.values():
        remove_with_reason(row, reason, by)


def appointment(group, document="", decided_on=None, document_url=""):
    """One advisory group's decision to appoint, not yet tied to a Coordinator."""
    return Appointment(group=group, document=document, decided_on=decided_on, document_url=document_url)


def adopt_edition(adopted_on, document, *, document_url="", source="", grade="", by=None, reason=""):
    """Store the list of subjects as it stands on the day as an edition, all rows or none (F1).

    An edition keeps the words of its day: its rows do not follow later changes of the record.
    `by` is the account that does it, `reason` goes into the history of every row. Returns the Edition.
    Errors: ValidationError with a sentence: a second edition of one day, a day to come, an empty list.
    """
    if adopted_on > today():
        raise ValidationError(_("%s has not come yet; give the day on which it was adopted.") % print_date(adopted_on))
    facts = {"document": document, "document_url": document_url, "source": source, "grade": grade}
    try:
        with transaction.atomic():
            return _store(Edition(adopted_on=adopted_on, **facts), reason, by)
    except IntegrityError as error:  # someone else adopted one at the same moment
        raise ValidationError(_second(adopted_on)) from error


def withdraw_edition(edition, because, *, reason="", by=None):
    """Withdraw an edition; its page stays and says so. `because` is public.

    Errors: ValidationError when the reason is missing or the edition is withdrawn already.
    """
    because = because.strip()
    if not because:
        raise ValidationError(_("Give the reason why this edition is withdrawn."))
    check_public(because)
    if edition.withdrawn_because:
        raise ValidationError(_("This edition is withdrawn already."))
    edition.withdrawn_because = because
    save_with_reason(edition, reason or because, by)


def _store(edition, reason, by):
    if Edition.objects.filter(adopted_on=edition.adopted_on).exists():
        raise ValidationError(_second(edition.adopted_on))
    edition.full_clean()
    doubtful = Subject.objects.without_evidence(edition.adopted_on).values_list("code", flat=True)
    if doubtful:
        raise ValidationError(_unknown(edition.adopted_on, doubtful))
    rows = rows_of_edition(edition)
    if not rows:
        raise ValidationError(_("No subject is on the list on %s.") % print_date(edition.adopted_on))
    save_with_reason(edition, reason, by)
    for row in rows:
        row.edition = edition
        row.full_clean()
        save_with_reason(row, reason, by)
    return edition


def rows_of_edition(edition) -> list[EditionRow]:
    """The rows of the list on its day, unsaved, in the order of the codes; five queries."""
    on = edition.adopted_on
    texts = Prefetch("resolution__revisions", Revision.objects.dated())
    mandates = Prefetch("mandate_set", Mandate.objects.covering(on).prefetch_related(texts), to_attr="mandates_on_day")
    subjects = subjects_of_edition(on).prefetch_related(mandates)
    with override("en"):
        return [_row(subject, position, on) for position, subject in enumerate(subjects.read_coordinator(on), start=1)]


def subjects_of_edition(on):
    """The subjects that an edition of the day takes."""
    return Subject.objects.public().on_the_list(on).order_by("code")


def left_out_of_edition(on):
    """The others, each with its `listing`, which says why. Of one whose listing is not evident nothing is adopted."""
    return (
        Subject.objects.exclude(pk__in=subjects_of_edition(on).order_by().values("pk"))
        .read_listings(on)
        .order_by("code")
    )


def _row(subject, position, on):
    coordinator = subject.office.tenure.printed_in_full if subject.office.tenure else ""
    return EditionRow(
        subject=subject,
        position=position,
        code=subject.code,
        titles=subject.texts("title"),
        scope=subject.scope,
        mandates=[_as_adopted(resolution, on) for resolution in subject.resolutions],
        coordinator_state=subject.office.state,
        coordinator=coordinator,
    )


def _as_adopted(resolution, on):
    """The resolution with the text in force on the day: {"slug": "pp-191", "citation": "PP Res. 191 (Rev. …)"}."""
    text = resolution.text_on(on)
    return {"slug": resolution.slug, "citation": text.citation_of(resolution) if text else resolution.citation}


def _unknown(adopted_on, codes):
    said = _(
        "Whether these subjects were on the list on %(day)s is not recorded: %(codes)s. Give each time on the list its "
        "first day, “by” a day, or the day of its source."
    )
    return said % {"day": print_date(adopted_on), "codes": in_a_row(codes)}


def _second(adopted_on):
    return _("There is already an edition of the list of %s.") % print_date(adopted_on)


MOST_OF_A_NAME = 200  # characters


@transaction.atomic
def look_at(change, word, *, said_by="", by=None, on=None) -> MandateLook:
    """Mark a `MandateChange` as looked at, with a word. `said_by`: who, where it is not the account `by`.

    Errors: ValidationError without a word, and where somebody was faster, with what they said.
    """
    record_version.bump()  # the first lock of every writer: a second one sees what the first one did
    if not word.strip():
        raise ValidationError(_("%(citation)s: say in a word what follows from it.") % {"citation": change.citation})
    before = MandateLook.objects.filter(
        subject=change.subject, resolution=change.resolution, conference=change.conference
    ).first()
    if before is not None:
        names = {"citation": change.citation, "day": print_date(before.looked_at_on), "word": before.word}
        raise ValidationError(_("%(citation)s: somebody looked at it on %(day)s already: “%(word)s”.") % names)
    look = MandateLook(
        subject=change.subject,
        resolution=change.resolution,
        conference=change.conference,
        word=word,
        looked_at_on=on or today(),
        said_by=said_by[:MOST_OF_A_NAME],
    )
    look.full_clean()
    save_with_reason(look, "", by)
    return look


def look_at_all(changes, words, *, said_by="", by=None):
    """Mark the changes for which a word was typed, all or none. `words` is {key of a change: word}. Gives how many.

    Errors: ValidationError with a sentence for each that cannot be marked.
    """
    problems, marked = [], 0
    with transaction.atomic():
        for change in changes:
            word = words.get(change.key, "").strip()
            if not word:
                continue
            try:
                look_at(change, word, said_by=said_by, by=by)
                marked += 1
            except ValidationError as error:
                problems += error.messages
        if problems:
            transaction.set_rollback(True)
    if problems:
        raise ValidationError(problems)
    return marked
