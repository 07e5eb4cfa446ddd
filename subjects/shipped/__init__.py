"""The shipped facts about what: resolutions with their revisions, subjects with their mandates.

Our own selection of public facts, each with its source. The list of subjects is indicative: it is not the
official one. No Coordinators and no Focal Points are shipped, so they read “not recorded”.
"""

from pathlib import Path

from iscg_portal.shipped import ShippedFile, same_by
from iscg_portal.translated import columns_of
from subjects.models import Listing, Mandate, Resolution, Revision, Subject

HERE = Path(__file__).parent

FILES = (
    ShippedFile(HERE / "resolutions.csv", Resolution, same_by("body", "number"), later=columns_of("title")),
    ShippedFile(HERE / "revisions.csv", Revision, same_by("resolution", "place", "year"), later=columns_of("title")),
    ShippedFile(HERE / "subjects.csv", Subject, same_by("code"), later=columns_of("title")),
    ShippedFile(HERE / "listings.csv", Listing, same_by("subject"), later=("source_dated_on",)),
    ShippedFile(HERE / "mandates.csv", Mandate, same_by("subject", "resolution")),
)
