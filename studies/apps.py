"""Registers the study units, their links and joint activities with Django, and with the admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudiesConfig(AppConfig):
    name = "studies"
    verbose_name = _("mapping of studies")

    def ready(self):
        from iscg_portal.adminkit.admin_rights import StaffAct, add_pages
        from iscg_portal.adminkit.site import Task, add_to_index
        from iscg_portal.search.sources import register as register_in_search
        from members.staff_groups import declare
        from studies.overlaps.registry import register
        from studies.overlaps.sources import ACTIVITIES, UNITS
        from studies.search import SOURCES

        needed = [f"studies.add_{name}" for name in ("plannedending", "ending", "mappinglink")]
        pages = ("studies_studyperiod_rollover", "studies_studyperiod_carry-out")
        add_pages(StaffAct.ROLL_OVER, dict.fromkeys(pages, needed))
        names = ("StudyPeriod", "StudyUnit", "MappingLink", "StudyFinding", "Activity")
        add_to_index(Task.SUBJECTS, *(f"studies.{name}" for name in names))
        for source in SOURCES:
            register_in_search(source)
        register(UNITS)
        register(ACTIVITIES)
        declare(released_by_saving=["studies.findingdecision"])
        decide = ["studies.add_findingdecision", "studies.change_findingdecision"]
        pages = ("accept", "assign", "dismiss")
        add_pages(StaffAct.JUDGE, {f"studies_studyfinding_{page}": decide for page in pages})
        changes = ["studies.change_activity"]
        add_pages(StaffAct.MOVE_MEETING, {f"studies_activity_{act}": changes for act in ("cancel", "postpone")})
