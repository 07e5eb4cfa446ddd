"""The portal’s words where allauth and Django have their own: labels, what is refused. Pages are in `templates/`."""

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password until now"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("It signs in alone"),
}
# Django’s own, for which it asks the catalogues: what it puts after a label, and the signs after which it does not.
AFTER_A_LABEL, AFTER_A_QUESTION = _(":"), _(":?.!")
HELP = {
    "passwordless": _("Without a password or a code: your device then asks for your finger, your face or a PIN."),
    "name": _("By which you tell your keys apart."),
}
ERRORS = DefaultAccountAdapter.error_messages | {
    "account_inactive": _("This account is closed."),
    "email_password_mismatch": _("Address or password is not right."),
    "enter_current_password": _("Enter the password that you have until now."),
    "incorrect_code": _("This code is not right. Look at the newest mail, or ask for another code."),
    "incorrect_password": _("This password is not right."),
    "invalid_or_expired_key": _("This key is not right, or no longer good."),
    "invalid_login": _("This cannot sign you in."),
    "invalid_password_reset": _("This way to another password is no longer good. Ask for another code."),
    "unknown_email": _("No account has this address."),
    "same_as_current": _("It must differ from what it is now."),
    "rate_limited": _("That was too often. Wait a little."),
}


class MFAAdapter(DefaultMFAAdapter):
    """The second factor, in the portal's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("You cannot take off the second factor."),
        "cannot_generate_recovery_codes": _("Set up a second factor first; recovery codes stand in for it."),
        "incorrect_code": _("This code is not right. Wait for the next one of your app."),
        "unverified_email": _("Sign in by a code to your address first."),
    }


class OwnWords:
    """Mixin of allauth's forms: labels and help in the portal's words, and nothing in the fields themselves."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = LABELS.get(name, field.label), HELP.get(name, field.help_text)

    def add_error(self, field, error):
        """The one sentence of its own that allauth says of a field."""
        super().add_error(
            field, _("The two passwords differ.") if (field, type(error)) == ("password2", str) else error
        )


class SignIn(OwnWords, forms.LoginForm):
    """Signing in with a password."""


class ChangePassword(OwnWords, forms.ChangePasswordForm):
    """Another password, by whoever knows the present one."""


class SetPassword(OwnWords, forms.SetPasswordForm):
    """The first password."""


class ChooseAnotherPassword(OwnWords, forms.ResetPasswordKeyForm):
    """Another password, by whoever got a code."""


class EnterPasswordAgain(OwnWords, forms.ReauthenticateForm):
    """The password, before something that only the owner may do."""


class AddKey(OwnWords, AddWebAuthnForm):
    """A passkey or security key."""


class RenameKey(OwnWords, EditWebAuthnForm):
    """Its name."""
