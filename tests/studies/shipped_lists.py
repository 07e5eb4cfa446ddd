"""The units that the portal ships, by period, unsaved: the real lists, as far as they are known."""

import csv
from collections import defaultdict

from studies.models import StudyUnit


def shipped_units(file):
    """{code of a period: its units}."""
    lists = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as stream:
        for place, row in enumerate(csv.DictReader(stream), start=1):
            unit = StudyUnit(
                pk=place, sector=row["sector"], kind=row["kind"], number=row["number"], title_en=row["title"]
            )
            lists[row["period"].removeprefix("period/")].append(unit)
    return lists
