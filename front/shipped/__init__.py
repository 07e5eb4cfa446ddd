"""Words that mean the same in a search: a first set, which staff go on with.

Names and initials of bodies as the Union's documents print them; what people ask for by another name than the list of
subjects has is our own choice, and its note says so.
"""

from pathlib import Path

from front.models import Synonym
from iscg_portal.shipped import ShippedFile, same_by

HERE = Path(__file__).parent

FILES = (ShippedFile(HERE / "synonyms.csv", Synonym, same_by("words_en")),)
