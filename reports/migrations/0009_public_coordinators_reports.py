"""Received reports are public from now on; those of before stay inside the group until staff decide."""

from django.db import migrations, models

HELP = (
    "Not ticked, a received report is public without its guidance to secretariat focal points. Reports that were"
    " received before there was this rule are ticked until you decide."
)


def field(default):
    return models.BooleanField(default=default, help_text=HELP, verbose_name="inside the group only")


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_answers_of_the_groups")]

    operations = [
        operation("coordinatorreport", "is_internal", field(default))
        for operation, default in ((migrations.AddField, True), (migrations.AlterField, False))
    ] + [
        operation("historicalcoordinatorreport", "is_internal", field(default))
        for operation, default in ((migrations.AddField, True), (migrations.AlterField, False))
    ]
