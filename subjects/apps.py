"""Registers what the ISCG coordinates with Django, and with the admin."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "subjects"
    verbose_name = "Subjects"

    def ready(self):
        from iscg_portal.adminkit.admin_rights import StaffAct, add_pages
        from iscg_portal.adminkit.site import Task, add_to_index
        from iscg_portal.search.sources import register
        from members.staff_groups import declare
        from subjects.search import SOURCES

        for source in SOURCES:
            register(source)
        declare(released_by_saving=["subjects.edition", "subjects.editionrow"], releasing=["subjects.add_edition"])
        names = ("Subject", "Coordinator", "FocalPoint", "Edition", "Resolution", "Partner")
        add_to_index(Task.SUBJECTS, *(f"subjects.{name}" for name in names))
        add_pages(
            StaffAct.REPLACE,
            {
                "subjects_coordinator_replace": ["subjects.change_coordinator", "subjects.add_coordinator"],
                "subjects_coordinator_name": ["subjects.change_coordinator", "subjects.add_coordinator"],
                "subjects_coordinator_falls-vacant": ["subjects.change_coordinator"],
                "subjects_focalpoint_appoint": ["subjects.add_focalpoint"],
                "subjects_focalpoint_falls-vacant": ["subjects.change_focalpoint"],
                "subjects_focalpoint_replace": ["subjects.change_focalpoint", "subjects.add_focalpoint"],
            },
        )
        add_pages(StaffAct.EXPORT, {"subjects_coordinator_for-a-letter": ["subjects.export_coordinator"]})
        add_pages(StaffAct.LOOK, {"subjects_resolution_after_a_conference": ["subjects.add_mandatelook"]})
        add_pages(
            StaffAct.ADOPT,
            {
                "subjects_edition_add": ["subjects.add_edition"],
                "subjects_edition_withdraw": ["subjects.change_edition"],
            },
        )
