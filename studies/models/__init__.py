"""Where: the study units of each Sector and period, their links, the overlaps and gaps found, and joint activities."""

from studies.models.activities import Activity
from studies.models.activity_links import ActivityPartner, ActivitySubject
from studies.models.activity_words import Interest
from studies.models.confirmations import Confirmation
from studies.models.endings import Ending, PlannedEnding
from studies.models.findings import FinderRun, FindingDecision, FindingSubject, StudyFinding
from studies.models.links import MappingLink
from studies.models.units import StudyPeriod, StudyUnit
