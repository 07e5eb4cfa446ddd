"""Registers the project package, which owns the tables that every app shares."""

from django.apps import AppConfig


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
