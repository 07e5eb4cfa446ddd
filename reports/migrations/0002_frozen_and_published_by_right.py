from django.db import migrations, models

import iscg_portal.files.frozen


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

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
            constraint=iscg_portal.files.frozen.Frozen(
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
    ]
