"""`manage.py ensure_staff`: the first account, so that somebody can sign in."""

import secrets

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from members.models import Account
from members.staff_groups import make_staff_groups

FIRST_EMAIL = "staff@localhost"


class Command(BaseCommand):
    help = "Creates a staff account with a random password if there is none, and prints how to sign in."

    @transaction.atomic
    def handle(self, **options):
        address = f"{settings.SITE_URL}/admin/"
        staff = Account.objects.filter(is_staff=True, is_active=True)
        if staff.exists():
            self.stdout.write(f"Sign in at {address} (staff accounts: {staff.count()}).")
            self.stdout.write("Password lost? .venv/bin/python manage.py changepassword E-MAIL")
            return
        password = secrets.token_urlsafe(15)
        Account.objects.create_superuser(FIRST_EMAIL, password, name="Secretariat")
        make_staff_groups()
        self.stdout.write(f"Sign in at {address} as {FIRST_EMAIL} with the password {password}")
        self.stdout.write("It is shown this once; change it after signing in.")
