from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_regional_memberships'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='country',
            name='regional_organizations',
        ),
        migrations.RemoveField(
            model_name='historicalcountry',
            name='regional_organizations',
        ),
    ]
