"""How an account signs in: staff set a password, take off a second factor, forget the identity at an institution."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import admin
from django.contrib.auth.forms import SetPasswordMixin
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm
from iscg_portal.signing_in.institution import forget_identity


class PasswordForm(SetPasswordMixin, ActForm):
    """A new password for somebody who lost the old one."""

    password1, password2 = SetPasswordMixin.create_password_fields()
    reason = None

    def __init__(self, account, *args, **kwargs):
        self.account = account
        super().__init__(*args, **kwargs)

    def clean(self):
        self.validate_passwords()
        self.validate_password_for_user(self.account)
        return super().clean()


class SigningIn:
    """Mixin of the account's ModelAdmin: the pages `…/password/`, `…/second-factor/`, `…/identity/`; their buttons."""

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, account):
        return Authenticator.objects.filter(user=account).exists()

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/password/", wrap(self.password_view), name="members_account_password"),
            path("<path:object_id>/second-factor/", wrap(self.factor_view), name="members_account_second-factor"),
            path("<path:object_id>/identity/", wrap(self.identity_view), name="members_account_identity"),
            *super().get_urls(),
        ]

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            acts.append((_("Set a password…"), self.act_url("password", obj)))
            if self.second_factor(obj):
                acts.append((_("Take off the second factor…"), self.act_url("second-factor", obj)))
            if SocialAccount.objects.filter(user=obj).exists():
                acts.append((_("Forget the identity at the institution…"), self.act_url("identity", obj)))
        return acts

    def password_view(self, request, object_id):
        account = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, account))
        form = PasswordForm(account, request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.set_password_and_save(account)
            self.log_change(request, account, _("A new password was set."))
            self.act_done(request, _("%(account)s has a new password.") % {"account": account})
            return HttpResponseRedirect(self.change_url(account))
        title = _("Set a password for %(account)s") % {"account": account}
        lead = _("Tell it to its owner in person; every session of the account ends.")
        return self.act_page(request, account, form, title=title, act=_("Set the password"), lead=lead)

    def factor_view(self, request, object_id):
        account = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, account))
        form = ActForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            Authenticator.objects.filter(user=account).delete()
            self.log_change(request, account, _("The second factor was taken off.") + " " + form.cleaned_data["reason"])
            self.act_done(request, _("%(account)s sets up a new one at the next signing in.") % {"account": account})
            return HttpResponseRedirect(self.change_url(account))
        title = _("Take off the second factor of %(account)s") % {"account": account}
        lead = _("For somebody whose device is lost. Make sure that it is really this person who asks.")
        return self.act_page(request, account, form, title=title, act=_("Take it off"), lead=lead)

    def identity_view(self, request, object_id):
        account = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, account))
        form = ActForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            forget_identity(account)
            words = _("The identity at the institution was forgotten.")
            self.log_change(request, account, f"{words} {form.cleaned_data['reason']}")
            self.act_done(request, _("%(account)s may sign in through the institution anew.") % {"account": account})
            return HttpResponseRedirect(self.change_url(account))
        title = _("Forget the identity of %(account)s at the institution") % {"account": account}
        lead = _("The next one that the institution vouches for with this address opens the account.")
        return self.act_page(request, account, form, title=title, act=_("Forget it"), lead=lead)
