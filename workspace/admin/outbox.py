"""The outbox in the admin, to look at, to send again, to let go; and the reminders that will fill it."""

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workspace.admin.looked_at import LookedAt
from workspace.models import Mail, Reminder
from workspace.one_time import hidden
from workspace.reminded import attach_rows, when_it_is_said


@admin.register(Mail)
class MailAdmin(LookedAt):
    """Mails with their state; what the server refused, and what nobody can tell, waits for staff."""

    list_display = ["subject", "to", "how_far", "written_at"]
    list_filter = ["state", "language"]
    search_fields = ["to", "subject"]
    exclude = ["text", "html", "unsubscribe_url"]  # the address ends what its reader follows
    actions = ["send_again", "let_go"]

    def has_change_permission(self, request, obj=None):
        """Nobody writes on a mail; the acts above the list ask for the right."""
        return obj is None and request.user.has_perm("workspace.change_mail")

    def get_readonly_fields(self, request, obj=None):
        return [name for name in super().get_readonly_fields(request, obj) if name not in self.exclude] + ["words"]

    @admin.display(description=_("state"), ordering="state")
    def how_far(self, mail):
        """The state, with what the mail server said."""
        state = mail.get_state_display()
        return format_html('{}<br><span class="quiet">{}</span>', state, mail.error) if mail.error else state

    @admin.display(description=_("text"))
    def words(self, mail):
        """The text; what a code or a one-time link in it opens is its reader's alone, and cannot be read here."""
        return "" if mail.good_until else hidden(mail.text)

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        count = Mail.objects.filter(pk__in=queryset.values("pk")).send_again()
        said = ngettext("%(count)d mail waits again.", "%(count)d mails wait again.", count) % {"count": count}
        messages.success(request, said)

    @admin.action(description=_("Let go"), permissions=["change"])
    def let_go(self, request, queryset):
        count = Mail.objects.filter(pk__in=queryset.values("pk")).let_go()
        said = ngettext("%(count)d mail is let go.", "%(count)d mails are let go.", count) % {"count": count}
        messages.success(request, said)


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
