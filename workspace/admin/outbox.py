"""The outbox in the admin: to look at, to send again, to let go."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iscg_portal.admin_parts.seen_lookups import SeenLookups
from workspace.models import Mail, Reminder
from workspace.one_time import hidden


class LookedAt(SeenLookups, admin.ModelAdmin):
    """What the portal writes itself: it can be looked at, not changed."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields if field.name != "id"]


@admin.register(Mail)
class MailAdmin(LookedAt):
    """Mails with their state; what the server refused, and what nobody can tell, waits for staff."""

    list_display = ["subject", "to", "state", "written_at", "sent_at", "error"]
    list_filter = ["state", "language"]
    search_fields = ["to", "subject"]
    exclude = ["text", "html", "unsubscribe_url"]  # the address ends what its reader follows
    actions = ["send_again", "let_go"]

    def get_readonly_fields(self, request, obj=None):
        return [name for name in super().get_readonly_fields(request, obj) if name not in self.exclude] + ["words"]

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


@admin.register(Reminder)
class ReminderAdmin(LookedAt):
    """What will be said, and when."""

    list_display = ["__str__", "counts_from", "due_on", "queued_at"]
    list_filter = ["kind"]

    def has_change_permission(self, request, obj=None):
        return False
