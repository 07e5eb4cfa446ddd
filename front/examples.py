"""Examples for those who work with the data: in Python with pandas, and in a spreadsheet. A test runs each of them."""

from typing import NamedTuple

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from front.data_files import DATA_FILES
from iscg_portal.web.public_page import public_page


class Example(NamedTuple):
    """What it answers, and the code as a reader copies it; `{site}` in it stands for the address of the portal."""

    question: str
    code: str

    @property
    def shown(self):
        """The code with this portal's address."""
        return self.code.replace("{site}", settings.SITE_URL).strip()


IN_PYTHON = [
    Example(
        _("Who sits in the seven seats today?"),
        """
import pandas as pd

seats = pd.read_csv("{site}/en/composition.csv")
print(seats[["office", "group", "state", "name", "country_name"]].to_string())
""",
    ),
    Example(
        _("Who sat there on 12 February 2025?"),
        """
import pandas as pd

seats = pd.read_csv("{site}/en/composition.csv?on=2025-02-12")
print(seats.loc[seats["state"] == "held", ["group", "name", "last_confirmed_on"]].to_string())
""",
    ),
    Example(
        _("How many days did a term last, group by group? The day of its end is the first day after it."),
        """
import pandas as pd

terms = pd.read_csv("{site}/en/composition/history.csv", parse_dates=["starts_on", "ends_on"])
over = terms[terms["state"] == "ended"]
days = (over["ends_on"] - over["starts_on"]).dt.days
print(days.groupby(over["group"].fillna("Chair")).describe())
""",
    ),
    Example(
        _("Which subjects have no Coordinator? A vacancy is another thing than a gap in the record."),
        """
import json
from urllib.request import urlopen

import pandas as pd

subjects = pd.json_normalize(json.load(urlopen("{site}/en/subjects.json"))["subjects"])
without = subjects[subjects["coordinator.state"] != "held"]
print(without[["code", "title", "coordinator.state", "coordinator.vacant_since"]].to_string())
""",
    ),
    Example(
        _("How many rows has each table? All of them come in one file."),
        """
import io
import zipfile
from urllib.request import urlopen

import pandas as pd

archive = zipfile.ZipFile(io.BytesIO(urlopen("{site}/en/data.zip").read()))
names = [name for name in archive.namelist() if name.startswith("csv/")]
print({name: len(pd.read_csv(archive.open(name))) for name in names})
""",
    ),
]


class Formula(NamedTuple):
    """A question to a spreadsheet: which file it is, and the cells to count by the key of their column."""

    question: str
    page: str
    conditions: dict

    @property
    def address(self):
        """The address of the spreadsheet."""
        return f"{settings.SITE_URL}{dict(self._file.addresses)['xlsx']}"

    @property
    def shown(self):
        """The formula, with the letters of the columns as the file has them now."""
        keys = [column.key for column in self._file.empty_table().file_columns]
        parts = (
            f'{letter(keys.index(key))}:{letter(keys.index(key))}, "{word}"' for key, word in self.conditions.items()
        )
        return f"=COUNTIFS({', '.join(parts)})"

    @property
    def _file(self):
        return next(file for file in DATA_FILES if file.page == self.page)


def letter(number) -> str:
    """The letters of a column by its number, beginning with 0: A, Z, AA."""
    text = chr(ord("A") + number % 26)
    return text if number < 26 else letter(number // 26 - 1) + text


IN_A_SHEET = [
    Formula(_("How many of the seven seats are vacant?"), "members:composition", {"state": "vacant"}),
    Formula(
        _("How many representatives of RAG are in office?"), "members:composition", {"group": "RAG", "state": "held"}
    ),
    Formula(
        _("Of how many subjects is the Coordinator not recorded?"),
        "subjects:subject-list",
        {"coordinator_state": "not recorded"},
    ),
]


@public_page
def data_examples(request):
    """The examples, with this portal's address. No query."""
    csv = f"{settings.SITE_URL}{dict(DATA_FILES[0].addresses)['csv']}"
    context = {"in_python": IN_PYTHON, "in_a_sheet": IN_A_SHEET, "csv": csv}
    return render(request, "front/data_examples.html", context)
