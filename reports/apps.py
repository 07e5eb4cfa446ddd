"""Registers the annual reports with Django, and with the admin."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self):
        from changes.events import register
        from iscg_portal.adminkit.history import PRINTERS
        from iscg_portal.integrity.verifying import add_check
        from iscg_portal.search.sources import register as register_in_search
        from meetings.templatetags.held_about_subject import PARTS
        from reports.about_subject import REPORTS
        from reports.block_names import name_of_block
        from reports.events import newest_of_reports
        from reports.integrity import check_reports
        from reports.search import SOURCES

        register(newest_of_reports)
        PRINTERS["reports.reportblock", "key"] = name_of_block
        add_check(check_reports)
        PARTS.append(REPORTS)
        for source in SOURCES:
            register_in_search(source)
        self.register_in_admin()

    def register_in_admin(self):
        """Where its models stand on the front page, and which rights its pages ask for."""
        from iscg_portal.adminkit.admin_rights import StaffAct, add_actions, add_pages
        from iscg_portal.adminkit.site import Task, add_to_index
        from members.staff_groups import declare

        declare(
            released_by_saving=[
                "reports.coordinatorreport",
                "reports.groupanswer",
                "reports.keyissue",
                "reports.reportfile",
                "reports.transmission",
            ],
            releasing=["reports.publish_annualreport", "reports.change_transmission"],
            by_hand=["reports.approve_own_annualreport"],
        )
        names = ("AnnualReport", "CoordinatorReport", "KeyIssue", "Transmission")
        add_to_index(Task.REPORTS, *(f"reports.{name}" for name in names))
        page = "reports_annualreport_{}".format
        view, add, change = ([f"reports.{word}_annualreport"] for word in ("view", "add", "change"))
        publish = ["reports.publish_annualreport"]
        add_pages(StaffAct.SEE, {page("text"): view, page("preview"): view})
        writing = dict.fromkeys(map(page, ("block", "number", "make", "answer-comment", "step/submit")), change)
        add_pages(StaffAct.WRITE_REPORT, {page("open"): add, page("correct"): add, **writing})
        add_pages(
            StaffAct.PUBLISH_REPORT,
            {
                page("step/send-back"): publish,
                page("step/approve"): publish,
                page("step/publish"): publish,
                page("step/withdraw"): publish,
                page("archive"): [*add, "reports.add_reportfile", *publish],
                page("file"): ["reports.add_reportfile", *publish],
            },
        )
        issue = ["reports.change_keyissue"]
        add_pages(StaffAct.ANSWER_ISSUE, {"reports_keyissue_answer": issue, "reports_keyissue_close": issue})
        sending = dict.fromkeys(
            (
                "reports_transmission_send",
                "reports_transmission_hold",
                "reports_transmission_noted",
                "reports_transmission_commented",
                "reports_annualreport_send",
            ),
            ["reports.change_transmission"],
        )
        add_pages(StaffAct.SEND, sending)
        entered = ["reports.change_coordinatorreport"]
        add_actions(StaffAct.DECIDE, {"reports_coordinatorreport_changelist/make_public": entered})
