"""The staff groups of a new portal: a first set of rights, so that nobody starts from an empty list.

`ensure_staff` makes them with the first staff account; from then on staff change them. `migrate` adds a group that a
later version brings, once: a group that staff renamed or removed does not come back.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext_noop

from iscg_portal.models import ShippedRow
from members.models import Account

RECORD_APPS = ("members", "subjects", "meetings", "reports", "workspace")
ACCESS = ("account", "groupsecretariat", "invitation")
CONTACT = ("contactdata", "participant", "joinrequest", "follow", "mail")
# Rights that release something to the public or to others. An assistant has none of them. A right that no app
# defines is skipped.
RELEASING = {
    "decide_participant",
    "publish_annualreport",
    "approve_annualreport",
    "withdraw_annualreport",
    "change_transmission",
    "change_document",
    "add_edition",
}
# Saving one of these records publishes, sends or freezes something: an assistant can only look at them.
RELEASED_BY_SAVING = (
    "document",
    "documentfile",
    "liaisonstatement",
    "addressee",
    "edition",
    "editionrow",
    "keyissue",
    "reportfile",
    "transmission",
    "groupfile",
    "termsofreference",
)


def record_rights(*, apps=RECORD_APPS):
    """The rights on the models of the record and on the outbox; not those on histories, which nobody edits."""
    outbox = Q(content_type__app_label="iscg_portal", content_type__model="mail")
    kept = Permission.objects.filter(Q(content_type__app_label__in=apps) | outbox)
    return kept.exclude(content_type__model__startswith="historical")


def releasing_rights():
    """The rights that no assistant has, as `has_perm` names them."""
    models = {"participant": "workspace", "annualreport": "reports", "transmission": "reports"}
    models |= {"document": "meetings", "edition": "subjects"}
    return {f"{models[right.partition('_')[2]]}.{right}" for right in RELEASING}


def rights_of_assistants():
    """Seeing the record, and entering and changing what somebody else must release before it is public."""
    may = record_rights().exclude(content_type__model__in=ACCESS + CONTACT)
    looks_only = [*RELEASED_BY_SAVING]
    if not Permission.objects.filter(codename="publish_annualreport").exists():
        looks_only.append("annualreport")  # to change a report is then all that its steps ask for
    may = may.filter(Q(codename__startswith="view_") | ~Q(content_type__model__in=looks_only))
    for word in ("delete_", "import_"):
        may = may.exclude(codename__startswith=word)
    return may.exclude(codename__in=RELEASING)


def wanted_groups():
    """{permanent key: (name, rights)} of the groups."""
    record = record_rights().exclude(content_type__model__in=ACCESS + CONTACT)
    contact = record_rights().filter(content_type__model__in=CONTACT)
    access = record_rights().filter(content_type__model__in=ACCESS)
    return {
        "staff-group/record": (gettext_noop("Secretariat: keeps the record"), record),
        "staff-group/contact": (gettext_noop("Secretariat: contact data"), contact),
        "staff-group/access": (gettext_noop("Secretariat: accounts"), access),
        "staff-group/assistant": (gettext_noop("Secretariat: assistant"), rights_of_assistants()),
        "staff-group/reader": (gettext_noop("Reader of the desk"), record.filter(codename__startswith="view_")),
    }


def make_staff_groups():
    """Make the groups that this portal has never had, each with its rights."""
    known = set(ShippedRow.objects.filter(key__startswith="staff-group/").values_list("key", flat=True))
    wanted = {key: group for key, group in wanted_groups().items() if key not in known}
    for name, rights in wanted.values():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(rights)
    ShippedRow.objects.bulk_create(ShippedRow(key=key) for key in wanted)


def add_new_staff_groups():
    """Make the new groups in a portal that has staff; a portal without staff gets them with its first account."""
    if Account.objects.filter(is_staff=True).exists():
        make_staff_groups()
