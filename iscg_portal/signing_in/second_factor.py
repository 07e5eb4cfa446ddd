"""The second factor: how often a code may be tried, and that each counts once."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import encrypt

from iscg_portal.signing_in.limits import attempt
from iscg_portal.signing_in.words import OwnWords


class CountedCode:
    """Counts each code that is tried, and takes the right one back. allauth refuses one that was used before."""

    def clean_code(self):
        counted = attempt(context.request, "factor", self.user.email)
        if not counted:
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        counted.rollback()
        return code


class EnterCode(OwnWords, CountedCode, forms.AuthenticateForm):
    """Entering a code to sign in."""


class EnterCodeAgain(OwnWords, CountedCode, forms.ReauthenticateForm):
    """Entering a code before something that only the owner may do."""


class SetUp(OwnWords, ActivateTOTPForm):
    """Setting up an app that makes codes; the code that does it is used by that."""

    def clean_code(self):
        code = super().clean_code()
        secret = {"secret": encrypt(self.secret)}
        to_be = Authenticator(user=self.user, type=Authenticator.Type.TOTP, data=secret).wrap()
        if not to_be.validate_code(code):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code
