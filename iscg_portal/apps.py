"""Registers the project package, which owns the tables that every app shares."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import CommandError

OLDER_DATABASE = (
    "This database was made by a version of the portal whose migrations are gone (%(names)s); nothing was changed. "
    "Start with an empty database: what can be exported (persons, terms, subjects, resolutions, meetings, documents) "
    "is carried over by export from the old version and import into this one; accounts, published reports, stored "
    "files and the history are not."
)
DAYS_OUTSIDE = (
    "These rows have a day outside 1865 to 2199, which no table holds from this version on; nothing was changed. "
    "Correct them with the version that you have: %(rows)s."
)


def our_apps() -> list[AppConfig]:
    """The installed apps that are the portal's own: their folders lie beside this package."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def refuse_older_database(using, plan, **kwargs):
    """Before `migrate` changes anything: a database of gone migrations would be migrated by half.

    Where nothing is to be migrated it is that of a later release, to which this one is the way back. Errors:
    CommandError with one sentence that says what can be carried over.
    """
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connections[using], ignore_no_migrations=True)
    ours = {app.label for app in our_apps()}
    gone = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    names = [f"{label}.{name}" for label, name in gone if label in ours]
    if names and plan:
        raise CommandError(OLDER_DATABASE % {"names": ", ".join(names[:3]) + (", …" if names[3:] else "")})


def refuse_days_outside(using, plan, **kwargs):
    """Before `migrate` changes anything: rows with a day that no table can hold from now on, which no page prints.

    Errors: CommandError that names them.
    """
    from django.db import connections

    from iscg_portal.tenure.day_field import DayField

    connection, found = connections[using], []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor) if plan else ()
        for model in (model for model in apps.get_models() if model._meta.db_table in tables):
            # Django's description of a table of SQLite stumbles over a generated column.
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)} LIMIT 0")
            columns = {column[0] for column in cursor.description}
            for field in (one for one in model._meta.concrete_fields if isinstance(one, DayField)):
                if field.column in columns:
                    key, table = map(connection.ops.quote_name, (model._meta.pk.column, model._meta.db_table))
                    cursor.execute(f"SELECT {key} FROM {table} WHERE NOT ({field.db_check(connection)})")
                    found += [f"{model._meta.label} {key} ({field.name})" for (key,) in cursor.fetchall()]
    if found:
        raise CommandError(DAYS_OUTSIDE % {"rows": ", ".join(found[:10]) + (", …" if found[10:] else "")})


class IscgPortalConfig(AppConfig):
    name = "iscg_portal"
    verbose_name = "ISCG portal"

    def ready(self):
        from allauth.account.signals import user_logged_in as signed_in_by_allauth
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, pre_migrate
        from simple_history.signals import pre_create_historical_record

        from iscg_portal import across_tables, acts, collation, history, record_version
        from iscg_portal.adminkit.admin_rights import StaffAct, add_actions, add_pages
        from iscg_portal.adminkit.site import Task, add_to_index
        from iscg_portal.adminkit.word_order import print_days_of_forms
        from iscg_portal.importing import registry
        from iscg_portal.integrity.verifying import add_check
        from iscg_portal.search import full_text, in_lists, indexing
        from iscg_portal.signing_in import accounts, known_browsers, sessions, typed_before
        from iscg_portal.tenure import day_field
        from iscg_portal.web import hiding

        pre_migrate.connect(refuse_older_database, sender=self)
        pre_migrate.connect(refuse_days_outside, sender=self)
        record_version.connect()
        hiding.connect()
        acts.connect()
        print_days_of_forms()
        pre_create_historical_record.connect(acts.mark)
        pre_create_historical_record.connect(history.keep_public_reason)
        authenticator_added.connect(accounts.end_those_before_a_factor)
        signed_in_by_allauth.connect(known_browsers.remember)
        user_logged_in.connect(sessions.begin)
        user_logged_in.connect(typed_before.forget_for_others)
        pre_migrate.connect(across_tables.drop_triggers)
        connection_created.connect(collation.give_collations)
        connection_created.connect(in_lists.give_function)
        post_migrate.connect(across_tables.make_triggers)
        post_migrate.connect(day_field.make_day_checks)
        post_migrate.connect(full_text.make_structures, sender=self)
        post_migrate.connect(in_lists.make_function, sender=self)
        post_migrate.connect(registry.make_permissions)
        post_migrate.connect(collation.renew_keys)
        post_migrate.connect(history.keep_numbers_of_removed_rows)
        add_check(indexing.check)
        add_to_index(Task.MAIL, "iscg_portal.Mail")
        cancels = ["iscg_portal.change_mail"]
        add_pages(StaffAct.SEND, {"iscg_portal_mail_send-again": cancels})
        add_actions(
            StaffAct.SEND, {f"iscg_portal_mail_changelist/{name}": cancels for name in ("send_again", "cancel")}
        )
