"""What every test needs: fast passwords, static files without a manifest, databases of its own."""

import gc
import pickle
from itertools import count
from pathlib import Path
from secrets import token_hex

import pytest
from _pytest import runner
from django.conf import settings
from django.db import connection, connections
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_migrate
from django.test import TransactionTestCase, client
from django.utils.translation import override

from iscg_portal.files import apart
from iscg_portal.web.page_cache import kept_pages
from secretariat import clause_counts, to_do
from secretariat.log import last_changes
from tests import walks
from tests.entries_when_asked import entries_when_asked
from tools import catalogues

TESTS = Path(__file__).parent
PREPARED = 1500  # statements that SQLite need not prepare anew; Python keeps 128, and a page asks up to thirty
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="only the tests that touch the database")
    parser.addoption("--walk", action="store_true", help="only the long walks, and all the way")


def pytest_configure(config):
    """Compile the catalogues, hash passwords fast, and name static files without having collected them."""
    walks.whole = config.getoption("--walk")
    gc.disable()  # until all tests are read: what is imported stays
    if not hasattr(config, "workerinput"):  # a worker of pytest-xdist finds them compiled
        catalogues.compile_all()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

    client.store_rendered_templates = pages_alone(client.store_rendered_templates)


def pages_alone(store):
    """A response keeps the context of its page; those of its hundreds of fragments and widgets are never asked for."""

    def keep(kept, signal, sender, template, context, **kwargs):
        if context.template is template and not (template.name or "").startswith("django/forms/"):
            store(kept, signal, sender, template, context, **kwargs)

    return keep


def pytest_collection_modifyitems(config, items):
    """Of tests with many cases that need a database or a browser `make test` runs a part.

    The second database is asked only by the tests that touch one, in their share. What a browser or nginx does is the
    same over both: the acts behind its pages have tests on each.
    """
    second = config.getoption("--only-database")
    items.sort(key=turn_of)
    if second:
        items[:] = [item for item in items if touches_database(item) and not in_front(item)]
    if chosen_by_hand(config):
        return
    to_deal = [item for item in items if touches_database(item) and not item.get_closest_marker("walk")]
    in_a_browser = [item for item in to_deal if in_browser(item)]
    elsewhere = [item for item in to_deal if not in_browser(item)]
    left_out = {*to_deal} - {*walks.dealt(elsewhere), *walks.dealt(in_a_browser, walks.FEW_IN_A_BROWSER)}
    left_out |= {item for item in items if is_long(item)}
    if walks.whole and not second:
        items[:] = [item for item in items if item.get_closest_marker("walk") or item in left_out]
    elif not walks.whole:
        items[:] = [item for item in items if item not in left_out]
        items[:] = list(share_of_the_second_database(items)) if second else items


def turn_of(item):
    """What waits long comes first, so that nobody waits for it alone at the end; a browser last, its walks before."""
    if in_browser(item):
        return 2 if item.get_closest_marker("walk") else 3
    return 0 if "back_ends" in item.path.parts else 1


def is_long(item):
    mark = item.get_closest_marker("long")
    return mark and mark.kwargs.get("on", connection.vendor) == connection.vendor


def chosen_by_hand(config):
    """Whether somebody asks for certain tests, of which all cases run."""
    return not walks.whole and config.args != config.getini("testpaths")


def share_of_the_second_database(items):
    """What a database decides; of the other tests one in some, with its first case. `make walk` runs them all there."""
    begun = set()
    for item in items:
        name = walks.name_of(item)
        is_first = name not in begun
        begun.add(name)
        if decided_by_the_database(item) or (is_first and walks.one_in(walks.SHARE_OF_THE_SECOND, name)):
            yield item


def decided_by_the_database(item):
    """Whether it is about rules, order, searching, migrations, two at the same moment, or carrying all over."""
    return not walks.DECIDED_BY_THE_DATABASE.isdisjoint(item.path.parts)


def pytest_collection_finish():
    """What is imported now stays, and a test leaves little: the garbage collector need not look again and again."""
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    return with_room(lambda: runner.pytest_runtest_protocol(item, nextitem))


def with_room(call):
    """What the call gives, with 300 kB for the frames of the calls in it.

    Python takes 16 kB at a time, and gives them back when a call crosses their edge: hundreds of times in a test.
    """
    return call()


with_room.__code__ = with_room.__code__.replace(co_stacksize=40_000)


def in_browser(item):
    return "browser" in item.path.parts


def in_front(item):
    return in_browser(item) or "nginx" in item.path.parts


def touches_database(item):
    by_class = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return by_class or item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """A test database that no other test run on this machine uses; on SQLite a file, so that threads can meet."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"] = database["OPTIONS"] | {"cached_statements": PREPARED}
    else:
        database["TEST"]["NAME"] = f"test_iscg_{token_hex(6)}"
    pre_migrate.connect(add_extension, dispatch_uid="extension")


def add_extension(using, **kwargs):
    """What the first migration adds to PostgreSQL, for the rules about periods."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables made from the models; tests/test_migrations.py sees that the migrations make the same.

    After a test that commits, the rows are put back as they were in the beginning.
    """
    from tests.kept_rows import Beginning

    with django_db_blocker.unblock():
        beginning = Beginning()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: beginning.put_back())
        yield beginning


@pytest.fixture(scope="session")
def kept(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """`kept(build)`: what a builder makes, made once by all workers; its `put_back` makes it stand again.

    Asked for by fixtures of the session, which find the database as it was in the beginning.
    """
    from tests.kept_rows import KeptWorld

    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "kept"
    folder.mkdir(exist_ok=True)

    def build_once(build):
        with django_db_blocker.unblock():
            return KeptWorld(build, folder)

    return build_once


@pytest.fixture(scope="session")
def kept_world(kept):
    from tests.world import standing_iscg

    return kept(standing_iscg)


@pytest.fixture
def world(db, kept_world):
    """The standing ISCG of tests/world.py."""
    return kept_world.put_back()


@pytest.fixture(scope="session")
def kept_iscg_with_register(kept):
    from tests.world import iscg_with_register

    return kept(iscg_with_register)


@pytest.fixture
def world_with_register(db, kept_iscg_with_register):
    """The standing ISCG; its `register` is the standing register of tests/world.py, with its files."""
    return kept_iscg_with_register.put_back()


@pytest.fixture(scope="session")
def kept_report(kept):
    from tests.world import published_report

    return kept(published_report)


@pytest.fixture
def report_of_2024(db, kept_report):
    """The published report on 2024, of a record that has nothing else."""
    return kept_report.put_back()


@pytest.fixture(scope="session")
def kept_roles(kept):
    from tests.workspace.roles import standing_roles

    return kept(standing_roles)


@pytest.fixture
def roles(db, kept_roles):
    """The standing ISCG with a record of every kind; its `roles` has an account of each role."""
    return kept_roles.put_back()


@pytest.fixture(scope="session")
def kept_shipped_record(kept):
    from iscg_portal.shipped import load

    return kept(load)


@pytest.fixture
def shipped_record(db, kept_shipped_record):
    """The whole shipped record; what the load said."""
    return kept_shipped_record.put_back()


@pytest.fixture(scope="session")
def media_folders(tmp_path_factory):
    """Where each test gets a folder, numbered, and made when the first file is kept in it."""
    folder = tmp_path_factory.mktemp("media")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def files_of_its_own(settings, media_folders):
    """Each test keeps files in a folder that no other one sees."""
    settings.MEDIA_ROOT = next(media_folders)


@pytest.fixture(autouse=True)
def no_column_read_after_all(monkeypatch):
    """A column that a query left unread stays unread: `public()` rests on it."""
    read = DeferredAttribute.__get__

    def refuse(self, instance, owner=None):
        unread = instance is not None and self.field.attname not in instance.__dict__
        if unread and not self.field.generated:
            raise AssertionError(f"{owner.__name__}.{self.field.name} was left unread, and is asked for after all.")
        return read(self, instance, owner)

    monkeypatch.setattr(DeferredAttribute, "__get__", refuse)


@pytest.fixture(autouse=True)
def no_page_kept_from_the_test_before():
    """Every test makes its pages itself, and counts for its desk."""
    kept_pages.clear()
    clause_counts.forget()
    last_changes.forget()
    to_do.forget()


@pytest.fixture(autouse=True)
def searched_when_asked(request, monkeypatch):
    """Entries of the search are made when one is read, but in the tests of the search and in those that commit."""
    if commits(request.node) or "search" in request.path.name:
        yield
        return
    with entries_when_asked(monkeypatch):
        yield


def commits(item):
    mark = item.get_closest_marker("django_db")
    by_class = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    by_mark = mark and mark.kwargs.get("transaction")
    return by_class or by_mark or {"transactional_db", "live_server"} & set(item.fixturenames)


@pytest.fixture(autouse=True)
def files_read_here(request, monkeypatch):
    """`@apart` reads in the test's own process, and pickles: to make another costs more than to read a small file.

    It is another process in the tests of reading apart, in those that a server answers, and in `make walk`.
    """
    if not walks.whole and request.path.name not in walks.READ_APART:
        monkeypatch.setattr(apart, "_in_child", lambda read, args, kwargs: pickled(read(*args, **kwargs)))


def pickled(value):
    return pickle.loads(pickle.dumps(value))


@pytest.fixture(autouse=True)
def in_english():
    """Every test begins in English, whatever language the pages of the test before it were in."""
    with override("en"):
        yield
