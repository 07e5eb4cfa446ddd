"""The secret key that the portal makes for itself."""

import stat
from concurrent.futures import ThreadPoolExecutor

from iscg_portal.environment import read_or_create


def test_key_is_long_random_and_readable_by_us_alone(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = read_or_create(path)
    assert len(key) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_key_stays_the_same(tmp_path):
    path = tmp_path / "secret_key"
    assert read_or_create(path) == read_or_create(path)


def test_processes_that_start_at_once_agree(tmp_path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(read_or_create, [path] * 32))
    assert len(keys) == 1


def test_nothing_but_the_key_is_left_behind(tmp_path):
    read_or_create(tmp_path / "secret_key")
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
