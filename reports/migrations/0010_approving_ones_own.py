"""A right to approve what one submitted, which no group of staff has."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_public_coordinators_reports")]

    operations = [
        migrations.AlterModelOptions(
            name="annualreport",
            options={
                "ordering": ["-period_to", "-code"],
                "permissions": [
                    ("publish_annualreport", "Can approve, publish and withdraw annual reports"),
                    (
                        "approve_own_annualreport",
                        "Can approve and publish, with a reason, a report that one submitted",
                    ),
                ],
                "verbose_name": "annual report",
                "verbose_name_plural": "annual reports",
            },
        )
    ]
