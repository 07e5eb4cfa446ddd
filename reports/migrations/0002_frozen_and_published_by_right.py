from django.db import migrations, models

import iscg_portal.frozen


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


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="annualreport",
            options={
                "ordering": ["-period_to", "-code"],
                "permissions": [("publish_annualreport", "Can approve, publish and withdraw annual reports")],
                "verbose_name": "annual report",
                "verbose_name_plural": "annual reports",
            },
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=iscg_portal.frozen.Frozen(
                fields=(
                    "code",
                    "kind",
                    "period_from",
                    "period_to",
                    "number",
                    "original_language",
                    "dated_on",
                    "place",
                    "base",
                    "variant",
                    "variant_number",
                    "content",
                    "content_sha256",
                    "is_archive",
                ),
                moves={"published": ("superseded", "withdrawn"), "superseded": ("withdrawn",), "withdrawn": ()},
                name="reports_annualreport_stays_frozen",
                violation_error_code="frozen",
                violation_error_message=(
                    "What was published is frozen: it can be superseded or withdrawn, and nothing else of it changes."
                ),
            ),
        ),
        migrations.AlterField(
            model_name="reportstep",
            name="report",
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE,
                related_name="steps",
                to="reports.annualreport",
                verbose_name="report",
            ),
        ),
        migrations.RunPython(keep_the_right, migrations.RunPython.noop),
    ]
