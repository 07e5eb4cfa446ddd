"""The shipped data of this app: meetings found in public documents, and the papers of the group that they name.

Our own selection of public facts, each with its source; dates known by month only stay so.
"""

from pathlib import Path

from iscg_portal.shipped import ShippedFile, same_by
from iscg_portal.translated import columns_of
from meetings.models import Document, Meeting, RegisterNumber

HERE = Path(__file__).parent

FILES = (
    ShippedFile(HERE / "meetings.csv", Meeting, same_by("code"), later=columns_of("title")),
    ShippedFile(HERE / "register_numbers.csv", RegisterNumber, same_by("meeting", "serial")),
    ShippedFile(HERE / "documents.csv", Document, same_by("number")),
)
