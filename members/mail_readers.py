"""The readers of the portal's mails who have an account: under which name, in which language, and who of the staff."""

from django.contrib.auth.backends import ModelBackend
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import Reader


def secretariat(right: str) -> list[Reader]:
    """Every active staff account with the right (“app.word_model”): nobody is asked to do what others may do."""
    found = ModelBackend().with_perm(right).filter(is_staff=True).select_related("person").order_by("email")
    return [reader_with(account) for account in found]


def of_the_secretariat() -> str:
    """The office of staff, in the active language."""
    return _("secretariat of the ISCG")


def reader_with(account) -> Reader:
    """The reader of an account, under the name that the portal prints."""
    name = str(account.person) if account.person else account.name
    return Reader(account.email, account.language, name, has_account=True)
