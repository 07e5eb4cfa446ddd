"""The staff groups of a new portal: a first set of rights, so that nobody starts from an empty list.

`ensure_staff` makes them with the first staff account; from then on staff change them. `migrate` adds what a later
version brings, once: a new group, and the rights of the standing groups on new records. A group or a right that staff
took away does not come back: the ledger (`ShippedRow`) has every right about which the groups were asked.
"""

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_noop

from iscg_portal.apps import our_apps
from iscg_portal.models import ShippedRow
from members.models import Account

# Models as "app.model". Not every group of staff may know who has an account and how to reach persons. Saving one of
# the last kind publishes, sends or freezes something: an assistant can only look at them.
ACCESS, CONTACT = {"members.account"}, {"members.contactdata", "iscg_portal.mail"}
RELEASED_BY_SAVING = {"members.termsofreference", "members.clausetext"}
# Rights that release something to the public or to others. An assistant has none of them.
RELEASING = set()
# Rights to an exception: no group has them, they are given to an account by hand.
BY_HAND = set()
# How the ledger begins the permanent keys of groups (its digest is the group's number) and of rights.
GROUP, RIGHT = "staff-group/", "staff-right/"


def declare(*, access=(), contact=(), released_by_saving=(), releasing=(), by_hand=()):
    """Register what an app keeps that needs care, by the names of its models and rights, in its `AppConfig.ready`."""
    ACCESS.update(access)
    CONTACT.update(contact)
    RELEASED_BY_SAVING.update(released_by_saving)
    RELEASING.update(releasing)
    BY_HAND.update(by_hand)


def record_rights(*more_apps):
    """The rights on the models of the record and on the outbox; not those on histories, nor those `BY_HAND`."""
    record = {app.label for app in our_apps()} - {"iscg_portal"}
    kept = Permission.objects.filter(Q(content_type__app_label__in={*record, *more_apps}) | _on({"iscg_portal.mail"}))
    kept = kept.exclude(codename__in={right.partition(".")[2] for right in BY_HAND})
    return kept.exclude(content_type__model__startswith="historical")


def _on(models):
    """The condition that a right is one on these models."""
    found = Q(pk__in=[])
    for app, _dot, model in (name.partition(".") for name in models):
        found |= Q(content_type__app_label=app, content_type__model=model)
    return found


def rights_of_assistants():
    """Seeing the record, and entering and changing what somebody else must release before it is public."""
    may = record_rights().exclude(_on(ACCESS | CONTACT))
    may = may.filter(Q(codename__startswith="view_") | ~_on(RELEASED_BY_SAVING))
    for word in ("delete_", "import_"):
        may = may.exclude(codename__startswith=word)
    return may.exclude(codename__in={right.partition(".")[2] for right in RELEASING})


def rights_of_readers():
    """Seeing the record, and taking its lists along as files: what an auditor comes for."""
    return (
        record_rights()
        .exclude(_on(ACCESS | CONTACT))
        .filter(Q(codename__startswith="view_") | Q(codename__startswith="export_"))
    )


def wanted_groups():
    """{permanent key: (name, rights)} of the groups."""
    record = record_rights().exclude(_on(ACCESS | CONTACT))
    contact = record_rights().filter(_on(CONTACT))
    access = record_rights().filter(_on(ACCESS))
    return {
        "staff-group/record": (gettext_noop("Secretariat: keeps the record"), record),
        "staff-group/contact": (gettext_noop("Secretariat: contact data"), contact),
        "staff-group/access": (gettext_noop("Secretariat: accounts"), access),
        "staff-group/assistant": (gettext_noop("Secretariat: assistant"), rights_of_assistants()),
        "staff-group/reader": (gettext_noop("Reader of the desk"), rights_of_readers()),
    }


def make_staff_groups():
    """Make the groups that this portal has never had, each with its rights, and remember both."""
    known = set(ShippedRow.objects.filter(key__startswith=GROUP).values_list("key", flat=True))
    wanted = {key: group for key, group in wanted_groups().items() if key not in known}
    rows = []
    for key, (name, rights) in wanted.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(rights)
        rows.append(ShippedRow(key=key, digest=str(group.pk)))
    ShippedRow.objects.bulk_create(rows)
    if not known:
        _remember(ShippedRow, _keys_of(record_rights()))


def bring_up_to_date():
    """Make new groups, and give the standing ones new rights, in a portal that has staff.

    A portal without staff gets its groups with its first account.
    """
    if Account.objects.filter(is_staff=True).exists():
        make_staff_groups()
        give_new_rights()


def give_new_rights():
    """Give each standing group its rights on what a later version brought: those of which it was never asked before.

    What staff took from a group does not come back; a group that they renamed is found by its number.
    """
    rights = _keys_of(record_rights())
    new = rights.keys() - _known(ShippedRow)
    rows = {row.key: row for row in ShippedRow.objects.filter(key__startswith=GROUP)}
    for key, (name, wanted) in wanted_groups().items() if new else ():
        number = rows[key].digest
        group = Group.objects.filter(**{"pk": number} if number else {"name": name}).first()
        if group is not None:
            group.permissions.add(*wanted.filter(pk__in=[rights[one] for one in new]))
            ShippedRow.objects.filter(key=key).update(digest=group.pk)
    _remember(ShippedRow, new)


def remember_rights(apps):
    """Before `migrate`: what a portal of before this memory has rights on was asked about. `apps` are as it is then."""
    if ShippedRow._meta.db_table not in connection.introspection.table_names():
        return
    ledger = apps.get_model("iscg_portal.ShippedRow")
    if ledger.objects.filter(key__startswith=GROUP).exists() and not _known(ledger):
        _remember(ledger, _keys_of(Permission.objects.all()))


def _keys_of(rights):
    """{permanent key of a right: its number}."""
    named = rights.values_list("content_type__app_label", "codename", "pk")
    return {f"{RIGHT}{app}.{codename}": pk for app, codename, pk in named}


def _known(ledger):
    return set(ledger.objects.filter(key__startswith=RIGHT).values_list("key", flat=True))


def _remember(ledger, keys):
    ledger.objects.bulk_create(ledger(key=key) for key in sorted(keys))
