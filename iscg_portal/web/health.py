"""What machines ask: does the process answer, is it ready, where may robots go."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from iscg_portal.web.public_page import public_page


@require_safe
def healthz(request):
    """The process answers."""
    return _line("ok")


@require_safe
def readyz(request):
    """The database answers and every migration is applied; 503 with the reason otherwise."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _line("The database does not answer.", status=503)
    if missing:
        return _line(f"{len(missing)} migrations are not applied.", status=503)
    return _line("ready")


@public_page
def robots(request):
    """Everything public may be read; signing in is of no use to a robot."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return _line("\n".join(lines))


def _line(text, status=200):
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
