"""The reminders in the admin: what will be said, when, and what was said."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.base import LookedAt
from workspace.models import Reminder
from workspace.reminded import attach_rows, when_it_is_said


class SaidFilter(SimpleListFilter):
    """Whether it was said."""

    title = _("put into the outbox")
    parameter_name = "said"

    def lookups(self, request, model_admin):
        return [("no", _("not yet")), ("yes", _("done"))]

    def queryset(self, request, queryset):
        return queryset.filter(queued_at__isnull=self.value() == "no") if self.value() in ("no", "yes") else queryset


@admin.register(Reminder)
class ReminderAdmin(LookedAt):
    """What will be said, and when: first what is to come, then what was said, the newest first."""

    list_display = ["kind", "record_page", "said", "due_on", "queued_at"]
    list_display_links = None  # the list says all there is
    list_filter = [SaidFilter, "kind"]
    ordering = [F("queued_at").desc(nulls_first=True), "due_on", "pk"]

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        attach_rows(changelist.result_list)
        return changelist

    @admin.display(description=_("record"))
    def record_page(self, reminder):
        """The record that it is about, leading to its page; nothing where it is gone."""
        about = reminder.about
        if about is None:
            return None
        page = reverse(f"admin:{about._meta.app_label}_{about._meta.model_name}_change", args=[about.pk])
        return format_html('<a href="{}">{}</a>', page, about)

    @admin.display(description=_("said"), ordering="counts_from")
    def said(self, reminder):
        return when_it_is_said(reminder)
