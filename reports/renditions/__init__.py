"""What is made from the frozen content of a report: web page, PDF, DOCX and JSON. Pure functions, no database.

One content has one JSON and so one SHA-256.
"""

import hashlib
import json

from django.utils.translation import gettext as _


class RenditionError(Exception):
    """Says in one sentence, for staff, why a rendition could not be made."""


def canonical(content):
    """The content as canonical JSON: keys sorted, no spaces, UTF-8. Errors: ValueError for what JSON cannot say."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def checked(data, sha256):
    """The content of the frozen JSON. Errors: RenditionError where the bytes are not the ones that were frozen."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise RenditionError(_("The frozen content of this report is damaged; nothing was made from it."))
    return json.loads(data)
