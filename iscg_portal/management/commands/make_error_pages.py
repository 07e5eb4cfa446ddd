"""`manage.py make_error_pages [FOLDER]`: the pages that nginx shows by itself, after `collectstatic`."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from iscg_portal.web.standing_errors import standing_pages


class Command(BaseCommand):
    help = "Makes the error pages that nginx shows by itself, in six languages."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.VAR_DIR / "errors")

    def handle(self, *, folder, **options):
        """Write each page whole under its name: nginx may be reading."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        for name, content in standing_pages():
            draft = folder / f".{name}"
            draft.write_text(content, encoding="utf-8")
            draft.chmod(0o644)
            os.replace(draft, folder / name)
        self.stdout.write(f"{folder}: {sum(1 for _ in folder.glob('*.html'))} pages")
