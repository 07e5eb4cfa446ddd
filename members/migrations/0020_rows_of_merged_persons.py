from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0019_language_of_contact_data"),
    ]

    operations = [
        migrations.AddField(
            model_name="formeraddress",
            name="moved",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
