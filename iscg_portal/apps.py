"""Registers the project package, which owns the tables that every app shares."""

from django.apps import AppConfig


class IscgPortalConfig(AppConfig):
    name = "iscg_portal"
    verbose_name = "ISCG portal"

    def ready(self):
        from allauth.mfa.signals import authenticator_added
        from django.db.models.signals import post_migrate, pre_migrate

        from iscg_portal import never_both, record_version, sessions
        from iscg_portal.importing import permissions

        record_version.connect()
        authenticator_added.connect(sessions.end_those_before_a_factor)
        pre_migrate.connect(never_both.drop_triggers)
        post_migrate.connect(never_both.make_triggers)
        post_migrate.connect(permissions.make_permissions)
