"""Registers the project package, which owns the tables that every app shares."""

from django.apps import AppConfig


class IscgPortalConfig(AppConfig):
    name = "iscg_portal"
    verbose_name = "ISCG portal"

    def ready(self):
        from iscg_portal import record_version

        record_version.connect()
