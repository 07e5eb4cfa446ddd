"""Gives an account to everyone who takes part already; participants confirmed from now on get theirs at once."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def make_accounts(apps, schema_editor):
    """Under the address that was confirmed; one that is there stays as it is."""
    Account = apps.get_model("members", "Account")
    for one in apps.get_model("workspace", "Participant").objects.filter(state="takes part"):
        if not Account.objects.filter(email__iexact=one.email).exists():
            facts = {"name": one.name, "language": one.language, "password": make_password(None)}
            Account.objects.create(email=one.email.lower(), **facts)


class Migration(migrations.Migration):
    dependencies = [("workspace", "0005_joining_and_groups")]

    operations = [migrations.RunPython(make_accounts, migrations.RunPython.noop)]
