"""The data files as the page that describes them shows them; what each field holds is read off its table."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from iscg_portal.tables import Table
from iscg_portal.tables.addresses import FORMATS
from iscg_portal.tenure.dates import today
from meetings.decision_tables import decisions_table
from meetings.tables import documents_table, liaison_table, meetings_table, withheld_table
from members.composition import Composition
from members.tables import composition_table, terms_table
from reports.pages.annual_reports import reports_table
from reports.pages.coordinator_reports import coordinator_reports_table
from reports.pages.duplications import duplications_table
from studies.pages.mapping import PAIRS
from studies.tables import activities_table, links_table
from studies.unit_tables import endings_table, units_table
from subjects.models import Subject
from subjects.resolution_tables import resolutions_table
from subjects.tables import offices_table, subjects_table


class DataFile(NamedTuple):
    """One table as it is published: its page, its three files, and the fields of CSV and XLSX.

    `page` is the name of the page's address; `empty_table` gives the table without rows; `sheet` is the name of the
    address of the spreadsheet in the table's own form, where there is one.
    """

    title: str
    about: str
    page: str
    empty_table: Callable[[], Table]
    filters: str = ""
    sheet: str = ""

    @property
    def url(self):
        """The address of the page."""
        return reverse(self.page)

    @property
    def anchor(self):
        """Where its fields stand on their page."""
        return self.page.partition(":")[2]

    @property
    def addresses(self):
        """Pairs of a format and the address of the file."""
        return [(format, reverse(f"{self.page}-file", kwargs={"format": format})) for format in FORMATS]

    @property
    def files(self):
        """The same, with the format as pages print it."""
        return [(format.upper(), address) for format, address in self.addresses]

    @property
    def own_form(self):
        """The address of the spreadsheet in the table's own form, or blank."""
        return self.sheet and reverse(self.sheet)

    @property
    def fields(self):
        """Pairs of a field and what it holds."""
        return self.empty_table().explained


MAPPING_FILTERS = "period (d-2022-2025…), group, subject, state (confirmed, to-be-confirmed, contested)"
DATA_FILES = [  # in the order of the navigation
    DataFile(
        _("Composition"),
        _("the seven seats on a day; in JSON the Chair, the groups with two seats each, and the regional balance"),
        "members:composition",
        lambda: composition_table(Composition(today(), None, ()), {}),
    ),
    DataFile(
        _("All terms"),
        _("every term of every seat"),
        "members:composition-history",
        lambda: terms_table([], today()),
        "group (CHAIR, RAG…)",
    ),
    DataFile(
        _("Subjects"),
        _("the subjects on a day; in JSON with the whole Coordinator and Focal Points of each"),
        "subjects:subject-list",
        lambda: subjects_table(Subject.objects.none(), today()),
        "sector (R, T, D, GS), state (listed…), theme (met, not-met, cannot-be-told),"
        " vacancy (held, vacant, not-recorded)",
    ),
    DataFile(
        _("Coordinators and Focal Points"),
        _("one line an office; in JSON by subject"),
        "subjects:coordinator-list",
        lambda: offices_table([], today()),
        "sector, vacancy",
    ),
    DataFile(
        _("Resolutions"),
        _("the mandates with their revisions; in JSON each revision by its parts"),
        "subjects:resolution-list",
        lambda: resolutions_table([], today()),
        "body (PP, RA, WRC, WTSA, WTDC)",
    ),
    DataFile(
        _("Mapping of studies"),
        _("every link between units of different Sectors, and between a unit and a subject"),
        "studies:mapping",
        lambda: links_table([], today()),
        MAPPING_FILTERS,
    ),
    *(
        DataFile(
            format_lazy(_("Table {number} of the mapping"), number=pair.number),
            pair.title,
            pair.page,
            partial(links_table, [], today(), f"mapping-{pair.code}"),
            MAPPING_FILTERS,
            pair.sheet,
        )
        for pair in PAIRS.values()
    ),
    DataFile(
        _("Study units"),
        _("study groups, working parties and Questions of every study period"),
        "studies:unit-list",
        units_table,
        "period (d-2022-2025…), kind",
    ),
    DataFile(
        _("What became of study units"),
        _("the successors of each unit, or that it was closed"),
        "studies:ending-list",
        endings_table,
        "sector (R, T, D), kind",
    ),
    DataFile(
        _("Joint activities"),
        _("workshops, seminars, symposia and joint studies, by subject and region"),
        "studies:activity-list",
        lambda: activities_table([], today()),
        "subject, region (A…E, APT…), sector (R, T, D, GS), interest (LDC, SIDS, LLDC, transition), year, "
        "when (coming, over), state",
    ),
    DataFile(
        _("Meetings"),
        _("the meetings of the group and of the bodies around it"),
        "meetings:meeting-list",
        lambda: meetings_table([], today()),
        "body, state, when (coming, over), year, subject",
    ),
    DataFile(
        _("Documents"),
        _("the register of documents: those that everyone may see"),
        "meetings:document-list",
        documents_table,
        "meeting, type, year, subject",
    ),
    DataFile(
        _("Numbers that are withheld"),
        _("numbers whose documents only the secretariat reads, with the reason"),
        "meetings:withheld-list",
        withheld_table,
    ),
    DataFile(
        _("Liaison statements"),
        _("liaison statements with their addressees, deadlines and answers: those that everyone may see"),
        "meetings:liaison-list",
        lambda: liaison_table((), today()),
        "state (open, due, answered, information, not recorded, replaced, withdrawn), addressee",
    ),
    DataFile(
        _("Decisions and actions"),
        _("what the meetings decided, and who is to do what by when, with what became of it"),
        "meetings:decision-list",
        lambda: decisions_table((), today()),
        "kind (decision, action), state (decided, open, overdue, closed), meeting, subject",
    ),
    DataFile(
        _("Annual reports"),
        _("every published report, the newest first"),
        "reports:report-list",
        lambda: reports_table([]),
    ),
    DataFile(
        _("Coordinators’ reports"),
        _("what Coordinators report on their subjects to the group’s meetings"),
        "reports:coordinator-report-list",
        lambda: coordinator_reports_table([]),
        "year, subject",
    ),
    DataFile(
        _("Duplications found and avoided"),
        _("what Coordinators report of duplications, and what the secretariat accepted as one"),
        "reports:duplication-list",
        lambda: duplications_table([]),
        "year, subject",
    ),
]
