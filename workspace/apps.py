"""Registers the workspace with Django, and with the admin."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

HANDOVER = ("handover", "handover-file")


class WorkspaceConfig(AppConfig):
    name = "workspace"
    verbose_name = "Workspace"

    def ready(self):
        from iscg_portal.adminkit.site import Task, add_to_index
        from reports.coordinators_due import register_waiting
        from reports.oddities import register
        from workspace.drafts.acts import waiting_for

        register(waiting_for)
        post_migrate.connect(add_groups, sender=self)
        register_waiting(self.get_model("ReportDraft").objects.handed_in_to)
        add_to_index(Task.REPORTS, "workspace.ReportDraft", before="reports.KeyIssue")
        add_to_index(Task.PERSONS, "workspace.Participant", before="members.Country")
        add_to_index(
            Task.MAIL,
            "workspace.Proposal",
            "workspace.ReaderCorrection",
            "workspace.EntryLink",
            before="iscg_portal.Mail",
        )
        add_to_index(Task.MAIL, "workspace.Reminder")
        add_to_index(Task.ACCESS, "workspace.GroupSecretariat", "workspace.Invitation")
        self.register_rights()

    def register_rights(self):
        """Which rights the pages of the workspace in the admin ask for."""
        from iscg_portal.adminkit.admin_rights import StaffAct, add_actions, add_pages, seen_with
        from members.staff_groups import declare

        declare(
            access=["workspace.groupsecretariat", "workspace.invitation"],
            contact=["workspace.participant", "workspace.joinrequest", "workspace.follow", "workspace.handover"],
            released_by_saving=["workspace.groupfile", "workspace.entrylink"],
            releasing=[
                "workspace.decide_participant",
                "workspace.change_proposal",
                "workspace.change_readercorrection",
            ],
        )
        enters_reports = ["reports.add_coordinatorreport", "reports.change_coordinatorreport"]
        seen_with("workspace.reportdraft", "reports.view_coordinatorreport")
        add_pages(
            StaffAct.DECIDE,
            {
                "workspace_reportdraft_accept": enters_reports,
                "workspace_reportdraft_refuse": enters_reports,
                "workspace_proposal_accept": ["workspace.change_proposal"],
                "workspace_proposal_refuse": ["workspace.change_proposal"],
                "workspace_readercorrection_take-up": ["workspace.change_readercorrection"],
                "workspace_readercorrection_refuse": ["workspace.change_readercorrection"],
            },
        )
        hands_over = ["workspace.add_handover", "members.view_contactdata"]
        pages = [f"{office}_{page}" for office in ("members_chairterm", "subjects_coordinator") for page in HANDOVER]
        add_pages(StaffAct.SEND, dict.fromkeys(pages, hands_over))
        add_pages(StaffAct.ADMIT, {"workspace_participant_act": ["workspace.decide_participant"]})
        add_pages(StaffAct.SEND, {"reports_transmission_file": ["workspace.add_groupfile"]})
        add_pages(StaffAct.SEE, {"workspace_groupfile_content": ["workspace.view_groupfile"]})
        add_pages(StaffAct.GIVE_ACCESS, {"members_person_invite": ["members.add_account"]})
        add_actions(StaffAct.SEND, {"workspace_entrylink_changelist/send_new_link": ["workspace.add_entrylink"]})


def add_groups(sender, apps=None, **kwargs):
    """The last app with rights of its own is there, so all of them are.

    Not after `flush`, which names no apps, nor where `migrate` took the accounts away.
    """
    from members.staff_groups import bring_up_to_date

    if apps and "account" in apps.all_models["members"]:
        bring_up_to_date()
