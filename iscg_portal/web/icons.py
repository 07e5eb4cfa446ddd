"""The icons that browsers and telephones look for at one place of every site; pages name those in `static/` too."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from iscg_portal.web.public_page import public_file

KINDS = {"favicon.ico": "image/vnd.microsoft.icon", "apple-touch-icon.png": "image/png"}


@public_file
def icon(request, name):
    """One of the icons. Asks no database."""
    content = (Path(settings.BASE_DIR) / "static" / "img" / name).read_bytes()
    response = HttpResponse(content, content_type=KINDS[name])
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return response


urlpatterns = [path(name, icon, {"name": name}, name=name.partition(".")[0]) for name in KINDS]
