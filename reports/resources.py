"""Coordinators' reports as files, so that those of a whole meeting are entered in one go (clause A4)."""

from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Day, Text, YesNo
from iscg_portal.importing.columns import FileColumn
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import Language, RecordResource
from meetings.resources import meeting_column
from members.resources import person_column
from reports.models import CoordinatorReport
from subjects.resource_columns import subject_column


@handles(CoordinatorReport, "subject", "meeting")
class CoordinatorReportResource(RecordResource):
    """Coordinators' reports by subject and meeting."""

    subject = subject_column()
    meeting = meeting_column()
    person = person_column()
    starts_on = FileColumn(
        "starts_on", Day(), gettext_lazy("The day of the meeting before."), required=True, example="2024-02-12"
    )
    received_on = FileColumn("received_on", Day(), gettext_lazy("Blank while it is a draft."), example="2025-02-01")
    language = FileColumn(
        "language", Language(), gettext_lazy("In which it is written; blank where that is not known."), example="en"
    )
    activities = FileColumn("activities", Text(), gettext_lazy("The activities examined."))
    duplication = FileColumn("duplication", Text(), gettext_lazy("Duplication found or avoided."))
    organizations = FileColumn("organizations", Text(), gettext_lazy("External organizations."))
    guidance = FileColumn("guidance", Text(), gettext_lazy("Guidance to the focal points of the secretariat."))
    results = FileColumn("results", Text(), gettext_lazy("Results."))
    next_steps = FileColumn("next_steps", Text(), gettext_lazy("Next steps."))
    is_internal = FileColumn(
        "is_internal", YesNo(), gettext_lazy("Yes where it stays inside the group; else it is public once received.")
    )

    select_related = ("subject", "meeting", "person")
