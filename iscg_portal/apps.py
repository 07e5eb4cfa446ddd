"""Registers the project package, which owns the tables that every app shares."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings


def our_apps() -> list[AppConfig]:
    """The installed apps that are the portal's own: their folders lie beside this package."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


class IscgPortalConfig(AppConfig):
    name = "iscg_portal"
    verbose_name = "ISCG portal"

    def ready(self):
        from allauth.mfa.signals import authenticator_added
        from django.db.models.signals import post_migrate, pre_migrate

        from iscg_portal import record_version
        from iscg_portal.importing import registry
        from iscg_portal.signing_in import sessions
        from iscg_portal.tenure import exclusive

        record_version.connect()
        authenticator_added.connect(sessions.end_those_before_a_factor)
        pre_migrate.connect(exclusive.drop_triggers)
        post_migrate.connect(exclusive.make_triggers)
        post_migrate.connect(registry.make_permissions)
