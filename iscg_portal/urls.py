"""Addresses: what a machine asks, the admin, and everything else under a language prefix."""

from django.contrib import admin
from django.urls import include, path

from iscg_portal.language_prefix import choose_language, language_patterns

urlpatterns = [
    path("", choose_language, name="choose-language"),
    path("admin/", admin.site.urls),
    *language_patterns(
        path("accounts/", include("allauth.urls")),
        path("", include("front.urls")),
        path("", include("members.urls")),
        path("", include("subjects.urls")),
    ),
]
