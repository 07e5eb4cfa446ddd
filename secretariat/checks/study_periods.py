"""Units of a study period that is over, of which nobody has said what became of them in the next one (clause A1)."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils.translation import ngettext

from iscg_portal.adminkit.site import admin_address
from secretariat.findings import NOT_RECORDED, Finding, topic
from studies.models import Ending, StudyPeriod, StudyUnit

UNITS_WITHOUT_END = topic(
    "",
    NOT_RECORDED,
    "%(count)d study period is over, and what became of some of its units is not recorded",
    "%(count)d study periods are over, and what became of some of their units is not recorded",
)
LEFT = "units without end"


def to_count():
    """The rows that `ask_periods` wants counted (see `secretariat.findings`)."""
    return {LEFT: _left()}


def _left():
    """Units without an end in a period that is followed by one of which units are on record."""
    later = StudyUnit.objects.filter(
        period__sector=OuterRef("period__sector"), period__starts_on__gt=OuterRef("period__starts_on")
    )
    return StudyUnit.objects.filter(~Exists(Ending.objects.filter(unit=OuterRef("pk"))), Exists(later))


def counted(_on):
    """(topic, queryset) of what the database counts alone: the study periods that have such units."""
    return [(UNITS_WITHOUT_END, StudyPeriod.objects.filter(Exists(_left().filter(period=OuterRef("pk")))))]


def ask_periods(count):
    """One finding for each such period, leading to where it is decided; one query where there is one."""
    if not count[LEFT]:
        return
    units = _left().filter(period=OuterRef("pk")).order_by().values("period")
    numbers = Subquery(units.annotate(number=Count("pk")).values("number"))
    periods = list(StudyPeriod.objects.annotate(left=numbers).order_by("sector", "starts_on"))
    for period, after in zip(periods, periods[1:], strict=False):
        if period.left and after.sector == period.sector:
            sentence = ngettext(
                "%(period)s: what became of %(count)d unit is not recorded.",
                "%(period)s: what became of %(count)d units is not recorded.",
                period.left,
            )
            url = admin_address(StudyPeriod, after.pk, page="rollover")
            yield Finding(UNITS_WITHOUT_END, sentence % {"period": period, "count": period.left}, url)
