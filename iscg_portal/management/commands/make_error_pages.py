"""`manage.py make_error_pages [FOLDER]`: the pages that nginx shows by itself, after `collectstatic`.

There the portal is not asked or does not answer. nginx takes the page of the language that the address names:
deploy/nginx/snippets/iscg-site.conf.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from iscg_portal.languages import PREFIX_OF_LANGUAGE

HEADINGS = {413: _("Too large"), 429: _("Too many questions"), 503: _("Not possible at the moment")}
SENTENCES = {
    413: _("What you sent is larger than this page takes. Nothing was kept."),
    429: _("Your network has asked for very many different pages in a short time. Wait a minute, then try again."),
    503: _(
        "The portal cannot show this page at the moment. Try again in a few minutes. "
        "If you sent something, look first whether it arrived."
    ),
}


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


def standing_pages():
    """(file name, content) of each page, `503-fr.html`, and of the same for programs, `503-fr.json`."""
    for status, sentence in SENTENCES.items():
        for language, _name in settings.LANGUAGES:
            name = f"{status}-{PREFIX_OF_LANGUAGE[language]}.html"
            with override(language):
                yield name, _page(name, language, {"heading": HEADINGS[status], "sentence": sentence})
                told = {"status": status, "error": str(sentence)}
                yield name.replace(".html", ".json"), json.dumps(told, ensure_ascii=False)


def _page(name, language, context):
    request = HttpRequest()
    request.path = request.path_info = f"/errors/{name}"
    request.LANGUAGE_CODE = language
    return render_to_string("error.html", context, request)
