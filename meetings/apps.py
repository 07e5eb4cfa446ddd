"""Meetings, their agendas and deadlines, and the register of documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("meetings and documents")

    def ready(self):
        from iscg_portal.adminkit.admin_rights import StaffAct, add_pages
        from iscg_portal.adminkit.site import Task, add_to_index
        from iscg_portal.history import register_check_of_public_reasons
        from iscg_portal.personal_addresses import no_personal_address
        from iscg_portal.search.sources import register as register_in_search
        from meetings.search import SOURCES
        from meetings.titled_papers import PAPERS
        from members.staff_groups import declare
        from studies.overlaps.registry import register

        register(PAPERS)
        register_check_of_public_reasons(no_personal_address)
        for source in SOURCES:
            register_in_search(source)

        declare(
            released_by_saving=[
                "meetings.document",
                "meetings.documentfile",
                "meetings.liaisonstatement",
                "meetings.addressee",
            ],
            releasing=["meetings.change_document"],
        )
        names = ("Meeting", "Decision", "Document", "LiaisonStatement", "RegisterNumber")
        add_to_index(Task.MEETINGS, *(f"meetings.{name}" for name in names))
        add_pages(
            StaffAct.MOVE_MEETING,
            {
                "meetings_meeting_cancel": ["meetings.change_meeting"],
                "meetings_meeting_postpone": ["meetings.change_meeting"],
                "meetings_meeting_usual-deadlines": ["meetings.change_meeting", "meetings.add_deadline"],
                "meetings_meeting_unused-numbers": ["meetings.change_registernumber"],
            },
        )
        add_pages(StaffAct.ENTER, {"meetings_decision_close": ["meetings.change_decision"]})
        add_pages(
            StaffAct.PUBLISH_DOCUMENT,
            {
                "meetings_document_add": ["meetings.add_document"],
                "meetings_document_upload": ["meetings.add_document"],
                "meetings_document_upload_confirm": ["meetings.add_document"],
                "meetings_document_variant": ["meetings.add_document"],
                "meetings_document_file": ["meetings.add_documentfile"],
                "meetings_documentfile_decide": ["meetings.change_documentfile"],
                "meetings_document_withdraw": ["meetings.change_document"],
                "meetings_document_reinstate": ["meetings.change_document"],
            },
        )
        seen = ["meetings.view_documentfile", "meetings.view_document"]
        add_pages(StaffAct.SEE, {"meetings_documentfile_content": seen})
