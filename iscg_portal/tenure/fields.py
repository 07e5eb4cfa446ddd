"""What every office says of itself, described once: see `iscg_portal.tables.fields`."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import DecisionBody
from iscg_portal.importing.cells import Choice, Day, Text
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables.fields import Field
from iscg_portal.tenure.models import Tenure


def _own(key, explanation, cell=None, **column):
    return Field(key, explanation, attrgetter(key), cell=cell, column=column)


TENURE_FIELDS = [
    _own(
        "organization",
        _("the Sector Member or body for which the person sits, where it is not a country"),
        Text(),
        place=2,
    ),
    Field(
        "sits_for",
        _("for whom the person sits: country, organization, secretariat (of its own focal points) or not recorded"),
        attrgetter("sits_for_kind"),
    ),
    # Dates are imported with their precision, by the columns of `iscg_portal.importing.resource`.
    _own("starts_on", _("first day in office")),
    _own("starts_precision", _("how exactly that is known: day, month, year, or by (began then or earlier)")),
    _own("ends_on", _("the first day after it; empty while open")),
    _own("ends_precision", _("day, month, year, or after (ended then or later)")),
    Field(
        "how_ended",
        _("how it ended: term over, resigned, replaced or other; empty while the end is to come"),
        attrgetter("known_end"),
        cell=Choice(Tenure.HowEnded),
    ),
    _own("starts_decision_body", _("who appointed"), Choice(DecisionBody)),
    _own("starts_decision", _("number of the document of the appointment"), Text()),
    _own("starts_decision_url", _("web address of that document"), Text()),
    _own("ends_decision_body", _("who ended it"), Choice(DecisionBody)),
    _own("ends_decision", _("number of the document of the end"), Text()),
    _own("ends_decision_url", _("web address of the document of the end"), Text()),
    _own("last_confirmed_on", _("the last day on which a document or the person confirmed it"), Day()),
    _own("source_dated_on", _("the day of the document that is the source"), Day()),
    _own("evidence_on", _("the day from which the age of the evidence counts")),
    *SOURCED_FIELDS,
    Field("note", _("For staff; never public."), cell=Text(), column={"place": 8}),
]
