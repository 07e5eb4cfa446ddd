from django.db import migrations, models

from iscg_portal.name_keys import LONGEST_KEY, name_key, words_of


def make_keys(apps, schema_editor):
    """The keys of the persons on record; from now on each is made when its row is saved."""
    Person = apps.get_model("members", "Person")
    for person in Person.objects.all():
        words = words_of(" ".join([person.name, person.sort_key, person.name_in_own_script]))
        person.name_key, person.search_key = name_key(person.name), " ".join(words)[:LONGEST_KEY]
        person.save(update_fields=["name_key", "search_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_days_of_the_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='name_key',
            field=models.CharField(db_index=True, default='', editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name='person',
            name='search_key',
            field=models.CharField(default='', editable=False, max_length=500),
        ),
        migrations.RunPython(make_keys, migrations.RunPython.noop, elidable=True),
    ]
