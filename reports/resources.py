"""Coordinators' reports as files, so that those of a whole meeting are entered in one go (clause A4)."""

from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Day, Text, YesNo
from iscg_portal.importing.columns import Column
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
    starts_on = Column(
        "starts_on", Day(), gettext_lazy("The day of the meeting before."), required=True, example="2024-02-12"
    )
    received_on = Column("received_on", Day(), gettext_lazy("Blank while it is a draft."), example="2025-02-01")
    language = Column(
        "language", Language(), gettext_lazy("In which it is written; blank where that is not known."), example="en"
    )
    activities = Column("activities", Text(), gettext_lazy("The activities examined."))
    duplication = Column("duplication", Text(), gettext_lazy("Duplication found or avoided."))
    organizations = Column("organizations", Text(), gettext_lazy("External organizations."))
    guidance = Column("guidance", Text(), gettext_lazy("Guidance to the focal points of the secretariat."))
    results = Column("results", Text(), gettext_lazy("Results."))
    next_steps = Column("next_steps", Text(), gettext_lazy("Next steps."))
    is_internal = Column(
        "is_internal", YesNo(), gettext_lazy("Yes where it stays inside the group; else it is public once received.")
    )

    select_related = ("subject", "meeting", "person")
