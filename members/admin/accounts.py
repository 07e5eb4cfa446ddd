"""Accounts in the admin: staff make them and deactivate them, nobody deletes them; and how an account signs in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from iscg_portal.adminkit.act_pages import ActForm
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.page import REASON
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.languages import in_a_row, with_colon
from iscg_portal.signing_in.accounts import forget_other_addresses
from iscg_portal.signing_in.institution import forget_identity
from members.models import Account

for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class AccountForm(RecordForm):
    """An account. Staff give only rights that they have, and cannot lock themselves out."""

    by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].label = _("Every right")
            self.fields["is_superuser"].help_text = _("May do everything in the admin, and may give every right.")
        if "groups" in self.fields:
            self.fields["groups"].widget = boxes = forms.CheckboxSelectMultiple()
            self.fields["groups"].help_text = _("The groups say what the account may do in the admin.")
            boxes.choices = self.fields["groups"].choices

    def save_parts(self, *, reason="", by=None):
        forget_other_addresses(self.instance)
        if "email" in self.changed_data:
            forget_identity(self.instance)

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_groups(self):
        chosen = self.cleaned_data["groups"]
        added = set(chosen) - (set(self.instance.groups.all()) if self.instance.pk else set())
        beyond = [group.name for group in added if not _rights_of_group(group) <= self.by.get_all_permissions()]
        if beyond:
            raise ValidationError(
                _("You cannot give rights that you do not have: %(groups)s.") % {"groups": in_a_row(beyond)}
            )
        return chosen

    def clean(self):
        cleaned = super().clean()
        kept = ["is_active", "is_staff", *(["is_superuser"] if self.by.is_superuser else [])]
        if self.instance == self.by and not all(cleaned.get(right, True) for right in kept):
            raise ValidationError(_("You cannot take your own rights away; ask a colleague."))
        return cleaned


class NewAccountForm(SetPasswordMixin, AccountForm):
    """A new account with the password that its owner is to change."""

    password1, password2 = SetPasswordMixin.create_password_fields()

    def clean(self):
        self.validate_passwords()
        return super().clean()

    def _post_clean(self):
        super()._post_clean()
        self.validate_password_for_user(self.instance)

    def save(self, commit=True):
        account = super().save(commit=False)
        return self.set_password_and_save(account, commit=commit)


def _rights_of_group(group):
    pairs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def _rights_once_active(account):
    """The rights of the account once it is active: for Django a deactivated account has none."""
    found = Permission.objects.filter(Q(user=account) | Q(group__user=account))
    return {f"{app}.{codename}" for app, codename in found.values_list("content_type__app_label", "codename")}


def _is_about_groups(said):
    """Whether a part of the admin's message is on a new account, or has the groups among the changed fields."""
    with override(None):  # as the admin names them in its messages
        label = capfirst(Account._meta.get_field("groups").verbose_name)
    return "added" in said or label in said.get("changed", {}).get("fields", [])


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

    acts_of_it = ("password", "second-factor", "identity")

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, account):
        return Authenticator.objects.filter(user=account).exists()

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.has_change_permission(request, obj):
            yield _("Set a password…"), self.act_url("password", obj)
            if self.second_factor(obj):
                yield _("Remove the second factor…"), self.act_url("second-factor", obj)
            if SocialAccount.objects.filter(user=obj).exists():
                yield _("Forget the identity at the institution…"), self.act_url("identity", obj)

    def password_view(self, request, object_id):
        account = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, account))
        form = PasswordForm(account, request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.set_password_and_save(account)
            self.log_change(request, account, _("A new password was set."))
            return self.act_done(request, _("%(account)s has a new password.") % {"account": account}, account)
        title = _("Set a password for %(account)s") % {"account": account}
        lead = _("Tell it to the owner in person. Every session of the account ends.")
        return self.act_page(request, account, form, title=title, act=_("Set the password"), lead=lead)

    def second_factor_view(self, request, object_id):
        account = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, account))
        form = ActForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            Authenticator.objects.filter(user=account).delete()
            self.log_change(request, account, _("The second factor was removed.") + " " + form.cleaned_data["reason"])
            return self.act_done(
                request, _("%(account)s must set up a new one when signing in next.") % {"account": account}, account
            )
        title = _("Remove the second factor of %(account)s") % {"account": account}
        lead = _("For somebody who lost the device. Make sure that the request comes from this person.")
        return self.act_page(request, account, form, title=title, act=_("Remove it"), lead=lead)

    def identity_view(self, request, object_id):
        account = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, account))
        form = ActForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            forget_identity(account)
            words = _("The identity at the institution was forgotten.")
            self.log_change(request, account, f"{words} {form.cleaned_data['reason']}")
            return self.act_done(
                request, _("%(account)s can sign in through the institution again.") % {"account": account}, account
            )
        title = _("Forget the identity of %(account)s at the institution") % {"account": account}
        lead = _("The next person whom the institution confirms with this address opens the account.")
        return self.act_page(request, account, form, title=title, act=_("Forget it"), lead=lead)


@admin.register(Account)
class AccountAdmin(SigningIn, RecordAdmin):
    """Who may sign in, with which rights."""

    help_at_fields = {
        "email": gettext_lazy("The account signs in with this address."),
        "language": gettext_lazy("The language of the admin, the workspace and the mails."),
    }
    form = AccountForm
    list_display = ["email", "name", "person", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    list_select_related = ["person"]
    search_fields = ["email", "name", "person__search_key"]
    autocomplete_fields = ["person"]
    has_delete_permission = never

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs.setdefault("form", self.form if obj else NewAccountForm)
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def get_fieldsets(self, request, obj=None):
        passwords = [] if obj else ["password1", "password2"]
        rights = ["is_active", "is_staff", *(["is_superuser"] if request.user.is_superuser else []), "groups"]
        found = [
            (None, {"fields": ["email", "name", "language", "person", *passwords]}),
            (_("What the account may do"), {"fields": rights}),
        ]
        return found + ([(_("Signing in"), {"fields": ["second_factor", "last_login", "date_joined"]})] if obj else [])

    def get_readonly_fields(self, request, obj=None):
        return ["second_factor", "last_login", "date_joined"] if obj else []

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self._within_reach(request.user, obj))

    def _within_reach(self, user, account):
        """Staff who are not superusers change only accounts that may do no more than they may."""
        return user.is_superuser or (
            not account.is_superuser and _rights_once_active(account) <= user.get_all_permissions()
        )

    def log_change(self, request, obj, message):
        """Accounts have no history of values; the admin's log says who, when, which fields, the groups now, and why."""
        return self._logged(request, obj, super().log_change(request, obj, message), message)

    def log_addition(self, request, obj, message):
        return self._logged(request, obj, super().log_addition(request, obj, message), message)

    def _logged(self, request, account, entry, message):
        words = [entry.get_change_message()]
        if isinstance(message, list) and any(_is_about_groups(one) for one in message):
            groups = in_a_row(account.groups.values_list("name", flat=True)) or "—"
            words.append(with_colon(capfirst(Account._meta.get_field("groups").verbose_name), f"{groups}."))
        entry.change_message = " ".join([*words, request.POST.get(REASON, "")]).strip()
        entry.save()
        return entry
