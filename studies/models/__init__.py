"""Where: the study units of each Sector and period, how each ends, and the links between them."""

from studies.models.links import Confirmation, MappingLink
from studies.models.units import Ending, StudyPeriod, StudyUnit
