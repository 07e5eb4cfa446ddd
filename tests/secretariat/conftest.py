"""The standing ISCG for tests that only ask it: built once for a file."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker):
    """The standing ISCG on disk, gone after the file. What a test changes in it, with `db`, is undone."""
    from tests.world import standing_iscg

    with django_db_blocker.unblock():
        yield standing_iscg()
        call_command("flush", interactive=False, verbosity=0)
