"""The admin as the secretariat's workplace: its titles, and its index in the order of the tasks."""

from functools import cache, update_wrapper
from http import HTTPStatus

from django.contrib.admin import AdminSite, site
from django.contrib.admin.apps import AdminConfig
from django.db.models import IntegerChoices
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit import admin_rights


class Task(IntegerChoices):
    """A part of the admin's front page, in the order in which the secretariat meets it."""

    TEAM = 1, _("The management team")
    SUBJECTS = 2, _("The subjects")
    MEETINGS = 3, _("Meetings and documents")
    REPORTS = 4, _("The reports")
    PERSONS = 5, _("Persons and countries")
    MAIL = 6, _("Proposals and mail")
    FRAME = 7, _("The frame")
    ACCESS = 8, _("Access")


_MODELS: dict[Task, list[str]] = {task: [] for task in Task}


def add_to_index(task, *models, before=""):
    """Put models, as "app.Model", into a part of the front page; `before` one that is there, else at its end.

    Each app does so in its `AppConfig.ready`.
    """
    there = _MODELS[task]
    place = there.index(before) if before in there else len(there)
    there[place:place] = models


# Pages of the admin that belong to no one kind of record: (route, view, name). Each app adds its own in `ready`.
_PAGES: list[tuple] = []


def add_page(route, view, name):
    """Give the admin a page of its own; who may open it is said in `admin_rights.add_pages`."""
    _PAGES.append((route, view, name))


def desk_page(request, template, **context):
    """A page in the frame of the desk; `context` has its `title`, and `opts` where it is about one kind of record."""
    request.current_app = site.name
    return TemplateResponse(request, template, {**site.each_context(request), **context})


def admin_address(model, pk=None, *, page=None, **query):
    """Where a record of this model is mended: its own page, its list, or the page named; blank if it has none."""
    if not site.is_registered(model):
        return ""
    page = page or ("change" if pk is not None else "changelist")
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[] if pk is None else [pk])
    return f"{address}?{urlencode(query)}" if query else address


def site_page(name, *args, **query):
    """The address of such a page."""
    address = reverse(f"admin:{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


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
        """A page of the admin. Whether the account may open it is asked first, of `admin_rights`.

        What was done there and can be undone is offered for undoing, beside the message that says that it was done.
        """
        opened = super().admin_view(view, cacheable)

        def asked(request, *args, **kwargs):
            if self.has_permission(request):
                admin_rights.require(request.user, request.resolver_match)
            response = opened(request, *args, **kwargs)
            if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
                from iscg_portal.adminkit.undo_page import offer_undoing

                offer_undoing(request)
            return response

        return update_wrapper(asked, opened)

    def get_urls(self):
        from iscg_portal.adminkit.shipped_page import shipped_corrections
        from iscg_portal.adminkit.undo_page import undo_page

        return [
            path("shipped-corrections/", self.admin_view(shipped_corrections), name="shipped-corrections"),
            path("undo/<uuid:mark>/", self.admin_view(undo_page), name="undo"),
            *(path(route, self.admin_view(view), name=name) for route, view, name in _PAGES),
            *super().get_urls(),
        ]

    def get_app_list(self, request, app_label=None):
        """The models by task, made once a request; those of one app where one is asked for."""
        if app_label:
            return super().get_app_list(request, app_label)
        if not hasattr(request, "lists_by_task"):
            request.lists_by_task = self._by_task(request)
        return request.lists_by_task

    def _by_task(self, request):
        models = self._lists_of(request)
        tasks = [
            (task.label, [models.pop(label) for label in labels if label in models]) for task, labels in _MODELS.items()
        ]
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

    def _lists_of(self, request):
        """{"app.Model": its list as the templates of the admin know one}, of those with any right of the account.

        As Django's `_build_app_dict`, which makes each address anew for every page.
        """
        found = {}
        for model, its in self._registry.items():
            rights = its.get_model_perms(request) if its.has_module_permission(request) else {}
            if any(rights.values()):
                changelist, add = _addresses(model)
                found[model._meta.label] = {
                    "model": model,
                    "name": capfirst(model._meta.verbose_name_plural),
                    "object_name": model._meta.object_name,
                    "perms": rights,
                    "view_only": not rights.get("change"),
                    "admin_url": changelist if rights.get("change") or rights.get("view") else None,
                    "add_url": add if rights.get("add") else None,
                }
        return found


@cache
def _addresses(model):
    """Of its list, and of the page for a new record."""
    return admin_address(model), admin_address(model, page="add")


class DeskConfig(AdminConfig):
    """Django's admin with the desk as its site; named in INSTALLED_APPS."""

    default_site = "iscg_portal.adminkit.site.DeskSite"
