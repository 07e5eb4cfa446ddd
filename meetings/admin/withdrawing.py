"""“Withdraw…” of a document, and taking a withdrawal back."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import DAY_WIDGET, ActForm, attempt
from iscg_portal.tenure.dates import today
from meetings.register import reinstate, withdraw


class WithdrawForm(ActForm):
    """From which day, and why."""

    reason = None
    on = forms.DateField(label=gettext_lazy("Withdrawn on"), widget=DAY_WIDGET)
    because = forms.CharField(
        label=gettext_lazy("Withdrawn because"),
        max_length=500,
        help_text=gettext_lazy("Public: the document's page says it."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )


class ReinstateForm(ActForm):
    """Why the withdrawal was a mistake."""

    reason = forms.CharField(
        label=gettext_lazy("Why was it a mistake?"), max_length=500, widget=forms.TextInput(attrs={"size": 60})
    )


class Withdrawing:
    """Mixin of the document's ModelAdmin."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "meetings_document"
        return [
            path("<path:object_id>/withdraw/", wrap(self.withdraw_view), name=f"{name}_withdraw"),
            path("<path:object_id>/reinstate/", wrap(self.reinstate_view), name=f"{name}_reinstate"),
            *super().get_urls(),
        ]

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            if obj.withdrawn_on:
                acts.append((_("Take the withdrawal back…"), self.act_url("reinstate", obj)))
            else:
                acts.append((_("Withdraw…"), self.act_url("withdraw", obj)))
        return acts

    def withdraw_view(self, request, object_id):
        document = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, document))
        form = WithdrawForm(request.POST or None, initial={"on": today()})
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            if self._done(form, lambda: withdraw(document, data["on"], data["because"], by=request.user)):
                self.log_change(request, document, _("Withdrawn."))
                self.act_done(
                    request, _("%(document)s is withdrawn; its page stays and says so.") % {"document": document}
                )
                return HttpResponseRedirect(self.change_url(document))
        title = _("Withdraw %(document)s") % {"document": document}
        lead = _("Its page and its files stay for ever, and say from now on that it was withdrawn, and why.")
        return self.act_page(
            request, self.get_object(request, object_id), form, title=title, act=_("Withdraw"), lead=lead
        )

    def reinstate_view(self, request, object_id):
        document = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, document))
        form = ReinstateForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if self._done(form, lambda: reinstate(document, form.cleaned_data["reason"], by=request.user)):
                self.log_change(request, document, _("The withdrawal was taken back."))
                self.act_done(request, _("%(document)s stands again.") % {"document": document})
                return HttpResponseRedirect(self.change_url(document))
        title = _("Take back the withdrawal of %(document)s") % {"document": document}
        lead = _("Only where it was withdrawn by mistake; the history keeps both.")
        return self.act_page(
            request, self.get_object(request, object_id), form, title=title, act=_("Take it back"), lead=lead
        )

    def _done(self, form, act):
        def carried_out():
            act()
            return True

        return attempt(form, carried_out)
