"""Activities that were announced and are over, those that may clash, and old information on those to come (F2)."""

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import in_a_row
from secretariat.findings import NOT_RECORDED, REMARK, Finding, topic
from studies.clashes import clashes_of
from studies.models import Activity

NOT_RECORDED_AS_HELD = topic(
    "F2",
    NOT_RECORDED,
    "%(count)d activity was announced, and whether it was held is not recorded",
    "%(count)d activities were announced, and whether they were held is not recorded",
)
MAY_CLASH = topic(
    "F2",
    REMARK,
    "%(count)d pair of activities to come may clash: same subject, near in time and region",
    "%(count)d pairs of activities to come may clash: same subject, near in time and region",
)


def to_count(on):
    """What is counted before anything is read: {name: queryset}."""
    return {"untold activities": Activity.objects.unresolved(on), "activities to come": Activity.objects.coming(on)}


def counted(on):
    """(topic, queryset) of what the database counts alone."""
    return [(NOT_RECORDED_AS_HELD, Activity.objects.unresolved(on))]


def ask_activities(on, count):
    """A finding for each untold activity, the latest first, and for each pair. Three queries at most, none for none."""
    if count["untold activities"]:
        untold = Activity.objects.unresolved(on).order_by("-starts_on", "code")
        for one in untold:
            names = {"activity": one, "days": one.dates}
            sentence = _("%(activity)s: announced for %(days)s; whether it was held is not recorded.") % names
            yield Finding(NOT_RECORDED_AS_HELD, sentence, admin_address(Activity, one.pk))
    if count["activities to come"] > 1:
        for clash in clashes_of(Activity.objects.all(), on):
            names = {"one": clash.first, "other": clash.second, "subjects": in_a_row(clash.subjects)}
            sentence = _("%(one)s, and %(other)s: both about %(subjects)s.") % names
            yield Finding(MAY_CLASH, sentence, admin_address(Activity, clash.first.pk))
