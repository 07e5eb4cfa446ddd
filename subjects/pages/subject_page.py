"""One subject with all that stands behind it on a day (clauses F1, A0, A2, A3)."""

from collections import defaultdict
from operator import attrgetter

from django.db.models import FilteredRelation
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.collation import in_order
from iscg_portal.odd_rows import printable
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.office_on import office_on
from iscg_portal.web.public_page import public_page, takes
from subjects.mandate_changes import told_of_text
from subjects.models import Coordinator, Mandate, Subject
from subjects.models.resolutions import last_day_of_conference
from subjects.theme_rule import judge


@public_page
@takes("on", "page")
def subject_detail(request, slug):
    """One subject on a day, with its history. Errors: 404 with a sentence for an unknown address."""
    day = read_day(request)
    found = Subject.objects.public().with_partners().read_listings(day.on).read_focal_points(day.on).filter(slug=slug)
    if not found:
        raise Http404(_("No subject with this address is on record."))
    subject = found[0]
    coordinators = Coordinator.objects.public().with_decisions().filter(subject=subject).named_on(day.on)
    coordinators = list(coordinators.order_by("-starts_on", "pk"))
    mandates = mandates_of(subject, day.on)
    partners = printable([row.cooperation for row in found if hasattr(row, "cooperation")])
    context = {
        "subject": subject,
        "office": office_on(day.on, subject.recorded_from, coordinators),
        "theme": judge((mandate.resolution for mandate in mandates), subject.has_all_mandates(day.on)),
        "mandates": mandates,
        "partners": in_order(partners, attrgetter("partner.abbreviation")),
        "times_listed": times_listed(subject),
        "history": shown(request, history_table(coordinators)),
    }
    return render(request, "subjects/subject_detail.html", context | day.context)


def mandates_of(subject, on) -> list[Mandate]:
    """The mandates of the day as they are printed, their resolutions with the text of the day. One query.

    `change` says what the conference that adopted this text made of the resolution, where that is told.
    """
    mandates = Mandate.objects.public().join_public("resolution__replaced_by").covering(on).filter(subject=subject)
    mandates = mandates.annotate(text=FilteredRelation("resolution__revisions")).select_related("text")
    mandates = mandates.annotate(
        adopted_on=last_day_of_conference("resolution__body", "text__year"),
        suppressed_on=last_day_of_conference("resolution__body", "resolution__suppressed_in"),
    )
    found, texts = {}, defaultdict(list)
    for mandate in mandates.order_by("-text__year", "-text__number"):
        text, resolution = getattr(mandate, "text", None), found.setdefault(mandate.pk, mandate).resolution
        resolution.read_on, resolution.suppressed_on = on, mandate.suppressed_on
        if text is not None:
            text.adopted_on = mandate.adopted_on
            texts[mandate.pk].append(text)
        if resolution.__dict__.get("text_of_day") is None:
            resolution.text_of_day = text if text is not None and text.is_adopted_by(on) else None
    for mandate in found.values():
        mandate.change = told_of_text(mandate.resolution.text_of_day, texts[mandate.pk], on)
    return sorted(found.values(), key=lambda mandate: mandate.resolution.printed_order)


def times_listed(subject):
    """The times on the list, the newest first, where they say more than the state of the day does."""
    listings = subject.times_listed
    return listings if len(listings) > 1 or any(listing.document for listing in listings) else []


def history_table(coordinators) -> Table:
    """Every Coordinator of a subject on record. It has no files."""
    heads = [("person", _("Coordinator")), ("country", _("Country")), ("when", _("In office"))]
    heads += [("appointed", _("Appointed by")), ("source", _("Source"))]
    return Table("history", [Column(key, label) for key, label in heads], coordinators)
