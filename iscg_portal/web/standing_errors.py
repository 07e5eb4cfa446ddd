"""What nginx answers where the portal is not asked or does not answer: pages in six languages, made beforehand.

nginx takes the one of the language that the address names: deploy/nginx/snippets/iscg-site.conf.
"""

import json

from django.conf import settings
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
