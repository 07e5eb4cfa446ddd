"""Registers the workspace with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkspaceConfig(AppConfig):
    name = "workspace"
    verbose_name = "Workspace"

    def ready(self):
        post_migrate.connect(add_groups, sender=self)


def add_groups(sender, apps=None, **kwargs):
    """The last app with rights of its own is there, so all of them are.

    Not after `flush`, which names no apps, nor where `migrate` took the accounts away.
    """
    from members.staff_groups import add_new_staff_groups

    if apps and "account" in apps.all_models["members"]:
        add_new_staff_groups()
