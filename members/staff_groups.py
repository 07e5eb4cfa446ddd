"""The staff groups that a new portal begins with, so that nobody has to think rights up from nothing (rule 4).

They are made with the first staff account (`ensure_staff`), and are staff's to change from then on.
"""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_noop

RECORD_APPS = ("members", "subjects", "meetings", "reports", "workspace")
ACCESS = ("account",)
CONTACT = ("contactdata", "mail")  # mails bear addresses


def record_rights(*, apps=RECORD_APPS):
    """The rights on the models of the record; not those on their histories, which nobody edits."""
    return Permission.objects.filter(content_type__app_label__in=apps).exclude(
        content_type__model__startswith="historical"
    )


def make_staff_groups():
    """Make the groups that are not there yet, each with its rights."""
    record = record_rights().exclude(content_type__model__in=ACCESS + CONTACT)
    wanted = {
        gettext_noop("Secretariat: keeps the record"): record,
        gettext_noop("Secretariat: contact data"): record_rights().filter(content_type__model__in=CONTACT),
        gettext_noop("Secretariat: accounts"): record_rights().filter(content_type__model__in=ACCESS),
        gettext_noop("Reader of the desk"): record.filter(codename__startswith="view_"),
    }
    for name, rights in wanted.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(rights)
