"""Registers who the ISCG is with Django, and with the admin."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate


def remember_rights(sender, apps, **kwargs):
    """Before anything changes: which rights the staff groups of this portal were asked about."""
    from members.staff_groups import remember_rights

    remember_rights(apps)


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Members"

    def ready(self):
        from iscg_portal.adminkit.admin_rights import StaffAct, add_pages
        from iscg_portal.adminkit.site import Task, add_to_index
        from iscg_portal.search.sources import register
        from members.search import person_source

        register(person_source())
        pre_migrate.connect(remember_rights, sender=self)
        of_the_team = ("AdvisoryGroup", "Seat", "Representative", "ChairTerm", "Nomination")
        add_to_index(Task.TEAM, *(f"members.{name}" for name in of_the_team))
        add_to_index(Task.PERSONS, "members.Person", "members.ContactData", "members.Country")
        of_the_frame = ("Conference", "TermsOfReference", "ClauseText", "FormerAddress")
        add_to_index(Task.FRAME, *(f"members.{name}" for name in of_the_frame))
        add_to_index(Task.ACCESS, "members.Account", "auth.Group")
        add_pages(
            StaffAct.REPLACE,
            {
                "members_advisorygroup_end-seats": ["members.change_representative"],
                "members_representative_appoint": ["members.add_representative"],
                "members_chairterm_appoint": ["members.add_chairterm"],
                "members_representative_replace": ["members.change_representative", "members.add_representative"],
                "members_representative_falls-vacant": ["members.change_representative"],
                "members_chairterm_replace": ["members.change_chairterm", "members.add_chairterm"],
                "members_chairterm_falls-vacant": ["members.change_chairterm"],
            },
        )
        add_pages(StaffAct.MERGE, {"members_person_merge": ["members.change_person", "members.delete_person"]})
        add_pages(
            StaffAct.GIVE_ACCESS,
            {
                "members_account_password": ["members.change_account"],
                "members_account_second-factor": ["members.change_account"],
                "members_account_identity": ["members.change_account"],
            },
        )
