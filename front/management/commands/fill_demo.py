"""`manage.py fill_demo`: a plainly made-up year, for the portal that `make demo` starts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from front.demo.cast import ACCOUNTS, PASSWORD
from front.demo.filling import fill


class Command(BaseCommand):
    help = "Fill an empty demonstration (DEMO) with a plainly made-up year, and print how to sign in."

    def handle(self, *args, **options):
        try:
            fill()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Everything in it is made up. Sign in at {settings.SITE_URL}/en/accounts/login/ as:")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email}: {account.role}")
        self.stdout.write(f"with the password: {PASSWORD}")
