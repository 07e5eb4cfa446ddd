"""Where: the study units of each Sector and period, how each ends, their links, and the overlaps and gaps found."""

from studies.models.findings import FinderRun, FindingDecision, FindingSubject, StudyFinding
from studies.models.links import Confirmation, MappingLink
from studies.models.units import Ending, StudyPeriod, StudyUnit
