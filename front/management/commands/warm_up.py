"""`manage.py warm_up`: asks for each page of the sitemap through nginx."""

from http.client import HTTPException

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from front.warming import warm_up

NAMED = 10  # of the addresses that answered with an error


class Command(BaseCommand):
    """Prints how many answers there were. Exit status 1 if one of them was an error, or there was none."""

    help = "Ask SITE_URL for each page of the sitemap, so that nginx has all of them should the portal go down."

    def add_arguments(self, parser):
        parser.add_argument("--rate", type=float, default=20, help="How many requests a second at most; 20 by itself.")

    def handle(self, *, rate, **options):
        if not 0 < rate <= 1000:
            raise CommandError("--rate is a number above 0 and up to 1000.")
        try:
            done = warm_up(rate)
        except (OSError, HTTPException) as error:
            raise CommandError(f"{settings.SITE_URL}/sitemap.xml cannot be read: {error}") from None
        self.stdout.write(f"{done.answers} answers, {len(done.wrong)} of them errors.")
        if done.wrong:
            raise CommandError("\n".join(done.wrong[:NAMED]))
