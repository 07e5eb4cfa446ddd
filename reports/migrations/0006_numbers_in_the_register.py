import re

from django.db import migrations
from django.utils import timezone

NUMBER = re.compile(r"ISCG/(?P<meeting>[0-9]{2}-[0-9]{1,2})/(?P<serial>[0-9]{1,4})(?:-[ACEFRS])?")
REASON = "An annual report had this number before the register gave it one."


def enter_numbers_of_reports(apps, schema_editor):
    """A number that was typed for a report is taken in the register; else it would be the next one, and refused."""
    meetings, documents, numbers, past = (
        apps.get_model("meetings", name)
        for name in ("Meeting", "Document", "RegisterNumber", "HistoricalRegisterNumber")
    )
    for report in apps.get_model("reports", "AnnualReport").objects.exclude(number="").order_by("pk"):
        found = NUMBER.fullmatch(report.number.strip())
        meeting = found and meetings.objects.filter(body="ISCG", unit="", code=found["meeting"]).first()
        if not meeting or not int(found["serial"]):
            continue
        number = numbers.objects.filter(meeting=meeting, serial=int(found["serial"])).first()
        if number and (number.given_to or documents.objects.filter(register_number=number).exists()):
            continue
        kind = "~" if number else "+"
        number = number or numbers(meeting=meeting, serial=int(found["serial"]))
        number.given_to, number.unused_because = f"annual report {report.code}", ""
        number.save()
        past.objects.create(
            id=number.pk,
            meeting_id=meeting.pk,
            serial=number.serial,
            given_to=number.given_to,
            history_type=kind,
            history_date=timezone.now(),
            history_change_reason=REASON,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0005_number_given_once'),
        ('reports', '0005_acts_and_their_undoing'),
    ]

    operations = [
        migrations.RunPython(enter_numbers_of_reports, migrations.RunPython.noop),
    ]
