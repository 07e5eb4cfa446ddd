"""Facts with which the portal came and which its later version ships with other words (rule 8)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iscg_portal.models import ShippedRow
from secretariat.findings import CARE, Finding, FindingTopic

CORRECTED = FindingTopic("", CARE, _("Corrections of the facts with which the portal came"))
COUNTED = "corrections of shipped facts"


def to_count():
    """The rows that `ask_shipped` wants counted (see `secretariat.findings`)."""
    return {COUNTED: ShippedRow.objects.exclude(correction__in=("", ShippedRow.Correction.NOT_NOW))}


def counted(_on):
    """(topic, queryset) of what the database counts alone."""
    return [(CORRECTED, rows) for rows in to_count().values()]


def ask_shipped(count):
    """One finding for all corrections that wait; costs no query."""
    if count[COUNTED]:
        sentence = ngettext(
            "%(count)d fact with which the portal came is corrected since, from its source.",
            "%(count)d facts with which the portal came are corrected since, each from its source.",
            count[COUNTED],
        )
        yield Finding(CORRECTED, sentence % {"count": count[COUNTED]}, reverse("admin:shipped-corrections"))
