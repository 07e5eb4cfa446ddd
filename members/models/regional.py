"""Which regional telecommunication organizations a country belongs to, and from when to when (clauses C1, F2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import RegionalOrganization
from iscg_portal.history import tracked
from iscg_portal.languages import with_colon
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.models import Period, PeriodQuerySet
from members.models.countries import LISTED, Country


class RegionalMembershipQuerySet(PeriodQuerySet):
    """Questions about memberships."""

    def by_country(self, on=None) -> dict[str, list[str]]:
        """{code of the country: organizations to which it belongs on the day}. One query."""
        found = {}
        for country, organization in self.covering(on).order_by("organization").values_list("country", "organization"):
            found.setdefault(country, []).append(organization)
        return found


class RegionalMembership(Period, Sourced):
    """That a country belongs to a regional organization; a suspension ends it."""

    country = models.ForeignKey(
        Country, models.CASCADE, related_name="memberships", limit_choices_to=LISTED, verbose_name=_("country")
    )
    organization = models.CharField(_("regional organization"), max_length=5, choices=RegionalOrganization)

    objects = RegionalMembershipQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("membership of a regional organization")
        verbose_name_plural = _("memberships of regional organizations")
        ordering = ["country", "organization", "starts_on"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="members_regionalmembership_once",
                partition=["country", "organization"],
                violation_error_message=_("This country already belongs to this organization on a day of this period."),
            ),
            models.CheckConstraint(
                name="members_regionalmembership_organization",
                condition=Q(organization__in=RegionalOrganization.values),
                violation_error_message=_("It is one of the six regional organizations."),
            ),
        ]

    def __str__(self):
        return with_colon(self.country, self.organization)
