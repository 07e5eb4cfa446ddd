"""The shipped facts about studies: periods, units, what became of them, and links that public documents show.

Our own selection, each row with its source. The Questions of ITU-R are a layer below its working parties, of which the
three tables do not speak; whether each is in force in the period is not recorded, since no source says it. The links
are no copied rows of Tables 1 to 3, which are not public.
"""

from pathlib import Path

from iscg_portal.shipped import ShippedFile, same_by
from iscg_portal.translated import columns_of
from studies.models import Ending, MappingLink, StudyPeriod, StudyUnit

HERE = Path(__file__).parent

FILES = (
    ShippedFile(HERE / "periods.csv", StudyPeriod, same_by("sector", "name")),
    ShippedFile(HERE / "units.csv", StudyUnit, same_by("sector", "period", "number")),
    ShippedFile(HERE / "questions_of_itu_r.csv", StudyUnit, same_by("sector", "period", "number")),
    ShippedFile(HERE / "endings.csv", Ending, same_by("unit", "successor")),
    ShippedFile(HERE / "links.csv", MappingLink, same_by("first", "second", "topic_en"), later=columns_of("topic")),
)
