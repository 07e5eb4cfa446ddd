"""What others call a record: its item in Wikidata, kept by staff, so that data of several sources can be joined."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from iscg_portal.text_fields import LineField

ITEM = re.compile(r"^Q[1-9][0-9]{0,11}\Z")
EXPLANATION = _("the item of Wikidata, as in Q42; empty where it is not recorded")


class WikidataField(LineField):
    """The number of an item of Wikidata; blank where it is not recorded."""

    def __init__(self, verbose_name="Wikidata", **options):
        fixed = {
            "max_length": 13,
            "blank": True,
            "validators": [RegexValidator(ITEM, _("The number of an item of Wikidata, as in Q42."))],
            "help_text": _("The number of its item in Wikidata, as in Q42, for those who join data of other sources."),
        }
        super().__init__(verbose_name, **(fixed | options))


def wikidata_address(item) -> str:
    """The address by which data name the item; blank for none."""
    return f"http://www.wikidata.org/entity/{item}" if item else ""
