"""The account: access to the portal, which is not the same as an office."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.text_fields import LineField, MailAddressField


class AccountManager(BaseUserManager):
    """Makes accounts by e-mail address, kept in lower case."""

    def create_user(self, email, password=None, **fields):
        """A new account; without a password it cannot sign in by one. ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email, password=None, **fields):
        """A staff account with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Account(AbstractBaseUser, PermissionsMixin):
    """Access by e-mail address. May point to one person. Deactivated, never deleted."""

    email = MailAddressField(_("e-mail address"), unique=True)
    name = LineField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    person = models.OneToOneField(
        "members.Person",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("person"),
        help_text=_("The person on record whose account this is, if any."),
    )
    is_staff = models.BooleanField(_("secretariat staff"), default=False, help_text=_("May open the admin."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick this instead of deleting the account.")
    )
    date_joined = models.DateTimeField(_("created"), default=timezone.now)

    objects = AccountManager()
    put_back_by_others = frozenset({"person"})  # a merge moves it, and `FormerAddress` knows it

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="members_account_email_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    def delete(self, *args, **kwargs):
        """Refused: deleting an account would blank “who” in the history."""
        raise models.ProtectedError("Accounts are deactivated, never deleted.", {self})
