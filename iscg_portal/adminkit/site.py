"""The admin as the secretariat's workplace: its titles, and its index in the order of the tasks (rule 10)."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit import admin_rights as staff_acts

# What is kept, in the order in which the secretariat meets it: (task, models).
TASKS = [
    (
        _("The management team"),
        ["members.AdvisoryGroup", "members.Seat", "members.Representative", "members.ChairTerm", "members.Nomination"],
    ),
    (
        _("The subjects"),
        [
            "subjects.Subject",
            "subjects.Coordinator",
            "subjects.FocalPoint",
            "subjects.Edition",
            "subjects.Resolution",
            "subjects.Partner",
        ],
    ),
    (
        _("Meetings and documents"),
        ["meetings.Meeting", "meetings.Document", "meetings.LiaisonStatement", "meetings.RegisterNumber"],
    ),
    (
        _("The reports"),
        [
            "reports.AnnualReport",
            "reports.CoordinatorReport",
            "workspace.ReportDraft",
            "reports.KeyIssue",
            "reports.Transmission",
        ],
    ),
    (
        _("Persons and countries"),
        ["members.Person", "members.ContactData", "workspace.Participant", "members.Country"],
    ),
    (
        _("Proposals and mail"),
        ["workspace.Proposal", "workspace.EntryLink", "iscg_portal.Mail", "workspace.Reminder"],
    ),
    (_("The frame"), ["members.Conference", "members.TermsOfReference", "members.FormerAddress"]),
    (
        _("Access"),
        ["members.Account", "auth.Group", "workspace.GroupSecretariat", "workspace.Invitation"],
    ),
]


class DeskSite(AdminSite):
    """One site, signed in to through allauth's page (`iscg_portal.urls`)."""

    site_header = _("ISCG, the secretariat’s desk")
    site_title = _("ISCG")
    index_title = _("The desk")
    empty_value_display = "—"

    def __init__(self, name="admin"):
        super().__init__(name)
        self.disable_action("delete_selected")  # a row is removed with a reason, on its own page

    def admin_view(self, view, cacheable=False):
        """A page of the admin. Whether the account may open it is asked first, of `staff_acts`."""
        opened = super().admin_view(view, cacheable)

        def asked(request, *args, **kwargs):
            if self.has_permission(request):
                staff_acts.require(request.user, request.resolver_match)
            return opened(request, *args, **kwargs)

        return update_wrapper(asked, opened)

    def get_app_list(self, request, app_label=None):
        """The models by task; those of one app where one is asked for."""
        if app_label:
            return super().get_app_list(request, app_label)
        models = {
            f"{app}.{model['object_name']}": model
            for app, found in self._build_app_dict(request).items()
            for model in found["models"]
        }
        tasks = [(name, [models.pop(label) for label in labels if label in models]) for name, labels in TASKS]
        tasks.append((_("Further"), list(models.values())))
        return [
            {
                "name": name,
                "app_label": f"task-{number}",
                "app_url": reverse("admin:index", current_app=self.name),
                "has_module_perms": True,
                "models": found,
            }
            for number, (name, found) in enumerate(tasks)
            if found
        ]


class DeskConfig(AdminConfig):
    """Django's admin with the desk as its site; named in INSTALLED_APPS."""

    default_site = "iscg_portal.adminkit.site.DeskSite"
