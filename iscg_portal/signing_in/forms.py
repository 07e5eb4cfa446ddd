"""Forms of signing in that take as long, and ask the database as often, whether or not there is an account."""

from allauth.account import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxLengthValidator

from iscg_portal.plain_text import one_line

LONGEST_ADDRESS = 254  # characters, as everywhere in the record


class AskForCode(forms.RequestLoginCodeForm):
    """Asking for a code; an address that no account can have is refused before any mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].max_length = LONGEST_ADDRESS
        self.fields["email"].validators += [MaxLengthValidator(LONGEST_ADDRESS), one_line]


class AskForReset(forms.ResetPasswordForm):
    """Asking for a code to choose another password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].max_length = LONGEST_ADDRESS
        self.fields["email"].validators += [MaxLengthValidator(LONGEST_ADDRESS), one_line]


class SameQueries:
    """Looks for an account where none was found: allauth reads that of a known address once more."""

    also_unbound = True

    def __init__(self, *args, code="", **kwargs):
        super().__init__(*args, code=code, **kwargs)
        if not code and (self.is_bound or self.also_unbound):
            get_user_model().objects.filter(pk=0).first()


class ConfirmCode(SameQueries, forms.ConfirmLoginCodeForm):
    """Entering the code that was mailed."""


class ConfirmReset(SameQueries, forms.ConfirmPasswordResetCodeForm):
    """Entering the code that was mailed to choose another password."""

    also_unbound = False
