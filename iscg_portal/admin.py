"""What the portal as a whole keeps, in the admin: the outbox, to look at, to send again, to cancel."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iscg_portal.adminkit.act_pages import ActForm, ActPages
from iscg_portal.adminkit.base import LookedAt
from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import in_a_row, with_colon
from iscg_portal.mail.models import Mail
from iscg_portal.mail.one_time import without_tokens


@admin.register(Mail)
class MailAdmin(ActPages, LookedAt):
    """Mails with their state; what the server refused, and what nobody can tell, waits for staff."""

    list_display = ["subject", "to", "how_far", "written_at"]
    list_filter = ["state", "language"]
    search_fields = ["to", "subject"]
    exclude = ["text", "html", "unsubscribe_url"]  # the address ends what its reader follows
    actions = ["send_again", "cancel"]
    acts_of_it = ("send-again",)

    def has_change_permission(self, request, obj=None):
        """Nobody writes on a mail; the acts above the list ask for the right."""
        return obj is None and request.user.has_perm("iscg_portal.change_mail")

    def get_readonly_fields(self, request, obj=None):
        seen = [name for name in super().get_readonly_fields(request, obj) if name not in self.exclude]
        return [*seen, "files", "words"]

    @admin.display(description=_("state"), ordering="state")
    def how_far(self, mail):
        """The state, with what the mail server said."""
        state = mail.get_state_display()
        return format_html('{}<br><span class="quiet">{}</span>', state, mail.error) if mail.error else state

    @admin.display(description=_("attached files"))
    def files(self, mail):
        """The names of what goes with it."""
        return in_a_row(file.name for file in mail.attachments.all())

    @admin.display(description=_("text"))
    def words(self, mail):
        """The text; what a code or a one-time link in it opens is its reader's alone, and cannot be read here."""
        return "" if mail.good_until else without_tokens(mail.text)

    def send_again_view(self, request, object_id):
        """One mail that did not go, with what the mail server said, and the button."""
        mail = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request))
        form = ActForm(request.POST or None)
        del form.fields["reason"]
        if form.is_valid():
            self.send_again(request, Mail.objects.filter(pk=mail.pk))
            return HttpResponseRedirect(admin_address(Mail, mail.pk))
        lead = with_colon(mail.get_state_display(), mail.error) if mail.error else mail.get_state_display()
        return self.act_page(request, mail, form, title=str(mail), act=_("Send again"), lead=lead)

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        count = Mail.objects.filter(pk__in=queryset.values("pk")).send_again()
        said = ngettext("%(count)d mail is in the queue again.", "%(count)d mails are in the queue again.", count)
        messages.success(request, said % {"count": count})

    @admin.action(description=_("Cancel"), permissions=["change"])
    def cancel(self, request, queryset):
        count = Mail.objects.filter(pk__in=queryset.values("pk")).cancel()
        said = ngettext("%(count)d mail is cancelled.", "%(count)d mails are cancelled.", count) % {"count": count}
        messages.success(request, said)
