"""The measure of all pages: a bare Django view, without any middleware, that answers `/<length>/`."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], ROOT_URLCONF=__name__, SECRET_KEY="bare")
TEXT = b"0123456789" * 1_000_000


def bare(request, length):
    """As many bytes as the page that is measured has."""
    return HttpResponse(TEXT[:length])


urlpatterns = [path("<int:length>/", bare)]
application = get_wsgi_application()
