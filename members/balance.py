"""Regional balance of the six representatives (clause C1): by Council region and by regional organization."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from iscg_portal.bodies import CouncilRegion, RegionalOrganization
from members.pictures import BalanceCount


@dataclass(frozen=True)
class Balance:
    """How many representatives come from each Council region, and from each organization's countries.

    A country may belong to several organizations, so those counts may add up to more than six.
    """

    by_region: list[BalanceCount]
    by_organization: list[BalanceCount]


def balance(representatives) -> Balance:
    """The balance of these terms, by the countries for which the persons sit. Costs no query.

    Where no country is recorded, or the country's regions are not, a row “not recorded” counts it.
    """
    regions, organizations = Counter(), Counter()
    for tenure in representatives:
        country = tenure.country
        regions[country.council_region if country else ""] += 1
        organizations.update((country.regional_organizations if country else None) or [""])
    return Balance(_counts(CouncilRegion, regions), _counts(RegionalOrganization, organizations))


def _counts(choices, found):
    counts = [BalanceCount(_label(choice), found[choice.value]) for choice in choices]
    return counts + ([BalanceCount(_("not recorded"), found[""], recorded=False)] if found[""] else [])


def _label(choice):
    return choice.value if isinstance(choice, RegionalOrganization) else str(choice.label)
