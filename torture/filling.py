"""Fills the database of a portal."""

from django.core.management import call_command


def main(holds):
    """Make its tables; or, where they are there, a record of every kind with an account of each role."""
    if holds == "tables":
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        return
    from tests.workspace.roles import standing_roles  # asks the database when it is imported

    standing_roles()
