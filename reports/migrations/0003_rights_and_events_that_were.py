from django.db import migrations
from django.db.models import functions


def keep_the_right(apps, schema_editor):
    """Groups that could publish until now, since they may change reports, still can."""
    groups = apps.get_model("auth", "Group").objects.filter(
        permissions__codename="change_annualreport", permissions__content_type__app_label="reports"
    )
    if not groups:
        return
    content_type = apps.get_model("contenttypes", "ContentType").objects.get(app_label="reports", model="annualreport")
    right, _is_new = apps.get_model("auth", "Permission").objects.get_or_create(
        codename="publish_annualreport",
        content_type=content_type,
        defaults={"name": "Can approve, publish and withdraw annual reports"},
    )
    for group in groups:
        group.permissions.add(right)


def remember_the_work(apps, schema_editor):
    """What the reports published until now told of meetings and of Coordinators' reports is not told again."""
    get = apps.get_model
    standing = get("reports", "AnnualReport").objects.filter(
        base__isnull=True, is_archive=False, state__in=["published", "superseded"]
    )
    for report in standing:
        period = {"last_day__gt": report.period_from, "last_day__lte": report.period_to}
        last_day = functions.Coalesce("ends_on", "starts_on")
        meetings = get("meetings", "Meeting").objects.alias(last_day=last_day).filter(**period)
        keys = [f"meeting:{one.pk}:held:{one.ends_on or one.starts_on}" for one in meetings]
        received = get("reports", "CoordinatorReport").objects.filter(meeting__in=meetings, received_on__isnull=False)
        keys += [f"coordinatorreport:{one.pk}:received" for one in received]
        for key in keys:
            get("reports", "ReportedEvent").objects.get_or_create(
                kind=report.kind, key=key, defaults={"report": report}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("meetings", "0001_initial"),
        ("reports", "0002_frozen_and_published_by_right"),
    ]

    operations = [
        migrations.RunPython(keep_the_right, migrations.RunPython.noop),
        migrations.RunPython(remember_the_work, migrations.RunPython.noop),
    ]
