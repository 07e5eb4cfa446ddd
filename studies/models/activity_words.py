"""Who holds an activity, for which regions and developing countries: each code with its column (clause F2)."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import CouncilRegion, RegionalOrganization
from iscg_portal.languages import with_colon

SECTORS = {"R": "in_r", "T": "in_t", "D": "in_d", "GS": "in_gs"}
COUNCIL = {code: f"region_{code.lower()}" for code in CouncilRegion.values}
ORGANIZATIONS = {code: f"org_{code.lower()}" for code in RegionalOrganization.values}
REGIONS = COUNCIL | ORGANIZATIONS
INTERESTS = {"LDC": "for_ldc", "SIDS": "for_sids", "LLDC": "for_lldc", "transition": "for_transition"}
REGION_LABELS = dict(CouncilRegion.choices)
REGION_LABELS |= {code: lazy(with_colon, str)(code, label) for code, label in RegionalOrganization.choices}
_LETTER = re.compile(r"^\S+?\s?[:：]\s?")
LANGUAGES_SHAPE = RegexValidator(r"^[a-z]{2}(; [a-z]{2})*\Z", _("Codes of languages, as in en; fr; pt."))


def region_in_words(code):
    """A region as a sentence names it: “Africa”, without its letter; a regional organization by its initials."""
    return _LETTER.sub("", str(REGION_LABELS[code])) if code in COUNCIL else code


class Interest(models.TextChoices):
    """The developing countries to which the Terms of Reference ask attention (F2)."""

    LDC = "LDC", _("least developed countries (LDC)")
    SIDS = "SIDS", _("small island developing States (SIDS)")
    LLDC = "LLDC", _("landlocked developing countries (LLDC)")
    TRANSITION = "transition", _("countries with economies in transition")
