"""Corrections from readers in the admin: each is taken up or refused, once."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit import admin_rights
from iscg_portal.adminkit.act_pages import ActForm, ActPages, attempt
from iscg_portal.adminkit.base import LookedAt
from iscg_portal.adminkit.site import desk_page
from iscg_portal.text_fields import TypedText
from workspace.corrections.acts import refuse, take_up
from workspace.models import ReaderCorrection


class TakeUpForm(ActForm):
    """What the reader hears, where an address was given."""

    answer = TypedText(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Goes to the reader by mail, where an address was given."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )
    reason = None


class RefuseForm(TakeUpForm):
    """Why; the reader hears it."""

    answer = TypedText(
        label=gettext_lazy("Refused because"),
        max_length=1000,
        help_text=gettext_lazy("Goes to the reader by mail, where an address was given."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


@admin.register(ReaderCorrection)
class ReaderCorrectionAdmin(ActPages, LookedAt):
    """What readers suggest. Nobody edits it; what is right is entered in the record by hand, with its source."""

    list_display = ["__str__", "state", "made_at", "decided_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["decided_by"]
    search_fields = ["about", "fact", "text", "source"]
    act_template = "admin/reader_correction.html"
    acts_of_it = ("take-up", "refuse")

    def may_decide(self, request):
        return admin_rights.holds(request.user, admin_rights.ACT_PAGES["workspace_readercorrection_refuse"].rights)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What the reader wrote, as text, and the ways to decide."""
        self.require(self.has_view_permission(request) and request.method in ("GET", "HEAD"))
        correction = self.object_or_404(request, object_id)
        acts = []
        if correction.state == ReaderCorrection.State.WAITING and self.may_decide(request):
            acts = [
                (_("Taken up…"), self.act_url("take-up", correction)),
                (_("Refuse…"), self.act_url("refuse", correction)),
            ]
        context = {
            "opts": self.opts,
            "original": correction,
            "title": str(correction),
            "object_acts": acts,
        }
        return desk_page(request, self.act_template, **context)

    def take_up_view(self, request, object_id):
        lead = _("First correct the record, with the source. The reader is thanked, where an address was given.")
        words = _("The correction “%(correction)s” was taken up"), _("Taken up"), lead
        return self._decide(request, object_id, TakeUpForm, take_up, words)

    def refuse_view(self, request, object_id):
        lead = _("The record stays as it is. The reader gets your reason, where an address was given.")
        words = _("Refuse “%(correction)s”"), _("Refuse"), lead
        return self._decide(request, object_id, RefuseForm, refuse, words)

    def _decide(self, request, object_id, form_class, carry_out, words):
        self.require(self.may_decide(request))
        correction = self.object_or_404(request, object_id)
        form = form_class(request.POST or None)
        title, button, lead = words

        def act():
            if carry_out(correction, by=request.user, **form.cleaned_data):
                return _("It is decided; the mail to the reader is in the outbox.")
            return _("It is decided. The reader gave no address, so no mail goes out.")

        if done := attempt(form, act):
            self.log_change(request, correction, done)
            return self.act_done(request, done, correction)
        correction.refresh_from_db()
        title %= {"correction": correction}
        return self.act_page(request, correction, form, title=title, act=button, lead=lead)
