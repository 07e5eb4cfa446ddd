"""Registers the study units and their links with Django, and with the admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudiesConfig(AppConfig):
    name = "studies"
    verbose_name = _("mapping of studies")

    def ready(self):
        from iscg_portal.adminkit.site import Task, add_to_index

        names = ("StudyPeriod", "StudyUnit", "MappingLink")
        add_to_index(Task.SUBJECTS, *(f"studies.{name}" for name in names))
