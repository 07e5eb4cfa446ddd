"""Making the files of published reports outside the request: it survives a restart and publishes nothing half-made.

Each is made in a process of its own, whose memory ends with it: fonts and layout of one are not beside the next.
"""

import io
import logging
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.files.apart import Limits, Stopped, in_child
from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE, with_colon
from reports.covers import ask_for_covers, maker_of_cover
from reports.models import Rendition, ReportFile
from reports.renditions import RenditionError, canonical, checked
from reports.renditions.docx import docx
from reports.renditions.pdf import pdf

log = logging.getLogger(__name__)
MAKERS = {"pdf": pdf, "docx": docx, "json": lambda content, _lang, _tell: canonical(content)}
LIMITS = Limits(seconds=500, wait=540, memory=2_000_000_000)  # less than the ten minutes after which it is given up


def ask_for_renditions(report):
    """Queue every file of the frozen report: its renditions. What failed is tried again, what is made stays.

    Errors: RenditionError where the frozen content does not have its hash.
    """
    content = checked(report.content.encode(), report.content_sha256)
    first = content["original_language"] if content["original_language"] in content["languages"] else None
    of_data = first or next(iter(content["languages"]))  # the data is the same in all of them
    wanted = [
        (LANGUAGE_OF_PREFIX[prefix], kind)
        for prefix in content["languages"]
        for kind in MAKERS
        if kind != "json" or prefix == of_data
    ]
    asked = {(one.language, one.kind): one.state for one in report.renditions.all()}
    missing = [Rendition(report=report, language=lang, kind=kind) for lang, kind in wanted if (lang, kind) not in asked]
    if missing or Rendition.State.FAILED in asked.values():
        with transaction.atomic():
            record_version.bump()
            Rendition.objects.bulk_create(missing, ignore_conflicts=True)  # another may ask for them at this moment
            failed = report.renditions.filter(state=Rendition.State.FAILED)
            failed.update(state=Rendition.State.TO_MAKE, error="", progress=0)
    return report.renditions.all()


def ask_again(report):
    """`ask_for_renditions` for a person: its renditions. Errors: ValidationError with the sentence."""
    try:
        return ask_for_renditions(report)
    except RenditionError as error:
        raise ValidationError(str(error)) from error


def render(report):
    """Make the missing files of the report now; gives all its files.

    A file whose process was killed is made again after a while. Errors: RenditionError where a file failed or is
    being made elsewhere; the others are there all the same.
    """
    asked = ask_for_renditions(report)
    make_due(report)
    if failed := asked.filter(state=Rendition.State.FAILED).first():
        raise RenditionError(with_colon(failed, failed.error))
    if busy := asked.filter(state=Rendition.State.BEING_MADE).first():
        message = _("Another process is making %(file)s, or was stopped while making it; try again in ten minutes.")
        raise RenditionError(message % {"file": busy})
    return list(report.files.select_related("stored", "report"))


def make_due(report=None, now=None):
    """Make what is due, of the one report or of all: the renditions that this call made or failed to make."""
    now = now or timezone.now()
    due = Rendition.objects.due(now)
    due = due.filter(report=report) if report else due
    return list(filter(None, (_claim_and_make(pk, now) for pk in list(due.values_list("pk", flat=True)))))


def make_next(now=None):
    """Make one file that is due: the rendition, made or failed; None where nothing is due or another has it."""
    now = now or timezone.now()
    pk = Rendition.objects.due(now).order_by("pk").values_list("pk", flat=True).first()
    return pk and _claim_and_make(pk, now)


def _claim_and_make(pk, now):
    if Rendition.objects.claim(pk, max(now, timezone.now())):
        return _make(Rendition.objects.select_related("report").get(pk=pk))
    return None


def _make(rendition):
    try:
        with override(rendition.language):
            data = _bytes_of(rendition)
        _keep(rendition, data)
    except RenditionError as error:
        _fail(rendition, str(error))
    except Exception as error:
        said = "its process was killed, or took too much time or memory" if isinstance(error, Stopped) else "see below"
        log.exception("The rendition %s failed: %s", rendition, said)
        _fail(rendition, _("The file could not be made; the server's log says more. Try again."))
    rendition.refresh_from_db()
    return rendition


def _bytes_of(rendition):
    report = rendition.report
    if rendition.kind == Rendition.Kind.COVERED:
        make = maker_of_cover(rendition)
    else:
        content = checked(report.content.encode(), report.content_sha256)
        make = partial(MAKERS[rendition.kind], content, PREFIX_OF_LANGUAGE[rendition.language])
    return in_child(make, LIMITS, partial(_tell, rendition), may_be_told_to_end=False)


def _tell(rendition, percent):
    """Say how far it is, to whoever looks at the page of the report meanwhile."""
    _mine(rendition).update(progress=percent)


def _mine(rendition):
    """The row, as long as nobody else has taken the claim over."""
    state = Rendition.State.BEING_MADE
    return Rendition.objects.filter(pk=rendition.pk, state=state, claimed_at=rendition.claimed_at)


def _keep(rendition, data):
    """The content, the file of the report and the state: all of it or nothing."""
    _tell(rendition, 90)
    with nothing_half_stored():
        is_covered = rendition.kind == Rendition.Kind.COVERED
        stored = keep(io.BytesIO(data), KINDS["pdf" if is_covered else rendition.kind])
        is_made = _mine(rendition).update(state=Rendition.State.MADE, progress=100, stored=stored)
        if is_made and not is_covered:  # a covered file is made anew with each correction, and is no frozen one
            of_report = {"report": rendition.report, "language": rendition.language, "kind": rendition.kind}
            ReportFile.objects.get_or_create(**of_report, defaults={"stored": stored})
            if rendition.kind == Rendition.Kind.PDF:
                ask_for_covers(rendition.report)  # it may have been withdrawn meanwhile


def _fail(rendition, sentence):
    with transaction.atomic():
        record_version.bump()  # the desk names it, and the page of the report promises it no more
        _mine(rendition).update(state=Rendition.State.FAILED, error=sentence[:500], progress=0)
