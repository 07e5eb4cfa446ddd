"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iscg_portal.settings")
django_application = get_wsgi_application()

from iscg_portal.web.page_cache import kept_answer  # noqa: E402  asks for Django made ready


def application(environ, start_response):
    """A page that is kept, else what Django makes of the request."""
    answer = kept_answer(environ)
    if answer is None:
        return django_application(environ, start_response)
    status, headers, content = answer
    start_response(status, headers)
    return [content]
