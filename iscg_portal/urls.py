"""Addresses: what a machine asks, the admin, and everything else under a language prefix."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

from iscg_portal.signing_in.accounts import end_session, own_addresses
from iscg_portal.signing_in.institution import PROVIDER, begin, come_back
from iscg_portal.signing_in.known_browsers import let_in
from iscg_portal.web import health
from iscg_portal.web.language_prefix import choose_language, language_patterns

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", choose_language, name="choose-language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("", include("iscg_portal.web.icons")),
    path("", include("front.sitemaps")),
    path("", include("front.schemas")),
    path("", include("front.openapi")),
    path("", include("meetings.pages.files")),
    path("", include("reports.pages.annual_reports")),
    path("admin/", admin.site.urls),
    re_path(rf"^accounts/(?P<provider_id>{PROVIDER})/callback/$", come_back, name="openid_connect_callback"),
    *language_patterns(
        path("accounts/email/", own_addresses, name="own-addresses"),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("confirm/browser/<str:token>/", let_in, name="let-in"),
        path("accounts/sessions/<int:pk>/end/", end_session, name="end-session"),
        path("accounts/sessions/", include("allauth.usersessions.urls")),
        re_path(rf"^accounts/(?P<provider_id>{PROVIDER})/$", begin, name="openid_connect_login"),
        path("", include("front.urls")),
        path("", include("members.urls")),
        path("", include("subjects.urls")),
        path("", include("studies.urls")),
        path("", include("meetings.urls")),
        path("", include("changes.urls")),
        path("", include("reports.urls")),
        path("", include("workspace.urls")),
    ),
]

handler400 = "iscg_portal.web.errors.bad_request"
handler403 = "iscg_portal.web.errors.permission_denied"
handler404 = "iscg_portal.web.errors.not_found"
handler429 = "iscg_portal.web.errors.too_many_requests"
handler500 = "iscg_portal.web.errors.server_error"
