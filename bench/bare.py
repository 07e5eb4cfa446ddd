"""The measure of all pages: a bare Django view that answers `/<length>/`, behind the middlewares that Django proposes.

They are the seven of a new project, and WhiteNoise.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")],
    MIDDLEWARE=MIDDLEWARE,
    ROOT_URLCONF=__name__,
    SECRET_KEY="bare",
    STATIC_URL="/static/",
)
TEXT = b"0123456789" * 1_000_000


def bare(request, length):
    """As many bytes as the page that is measured has."""
    return HttpResponse(TEXT[:length])


urlpatterns = [path("<int:length>/", bare)]
application = get_wsgi_application()
