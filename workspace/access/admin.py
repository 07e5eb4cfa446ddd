"""“Invite…” on a person's page, and the invitations that were sent."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.base import LookedAt
from iscg_portal.text_fields import LanguageField, TypedMailAddress
from members.admin.people import PersonAdmin
from members.models import Person
from workspace.access import invitations
from workspace.models import Invitation


class InviteForm(ActForm):
    """To which address, in which language."""

    email = TypedMailAddress(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("The account will have this address; whoever reads its mail can open it."),
    )
    language = LanguageField()
    reason = None


class Inviting:
    """Mixin of the person's ModelAdmin: the page `…/invite/` and its button."""

    acts_of_it = ("invite",)

    def may_invite(self, request):
        """An invitation makes an account."""
        return request.user.has_perm("members.add_account")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_invite(request):
            yield _("Invite…"), self.act_url("invite", obj)

    def invite_view(self, request, object_id):
        person = self.object_or_404(request, object_id)
        self.require(self.may_invite(request))
        sees_contact = request.user.has_perm("members.view_contactdata")
        first = {"email": invitations.known_address(person) if sees_contact else "", "language": "en"}
        form = InviteForm(request.POST or None, initial=first)
        if attempt(form, lambda: invitations.invite(person, by=request.user, **form.cleaned_data)):
            return self.act_done(request, _("The invitation goes to %(email)s.") % form.cleaned_data, person)
        lead = _("The mail has a link that works once, within seven days. It opens an account for this person only.")
        title = _("Invite %(person)s") % {"person": person}
        return self.act_page(request, person, form, title=title, act=_("Send the invitation"), lead=lead)


admin.site.unregister(Person)


@admin.register(Person)
class InvitedPersonAdmin(Inviting, PersonAdmin):
    """A person, who can be invited."""


@admin.register(Invitation)
class InvitationAdmin(LookedAt):
    """Who was invited by whom, and the account that came of it."""

    list_display = ["person", "email", "by", "made_at", "good_until", "spent_at", "account"]
    list_select_related = ["person", "by", "account"]
    search_fields = ["person__search_key", "email"]

    def get_readonly_fields(self, request, obj=None):
        return [name for name in super().get_readonly_fields(request, obj) if name != "digest"]

    def get_fields(self, request, obj=None):
        return self.get_readonly_fields(request, obj)
