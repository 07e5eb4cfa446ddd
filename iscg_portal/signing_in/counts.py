"""Where attempts are counted: a cache that says so when it cannot count, and that a clock set back does not mislead.

The limits of allauth rest on two things that caches do not promise. A write that fails must be an error: Django's cache
in the database is silent then, which allauth takes for “too many attempts”. And a moment to come must count nothing:
after the clock was set back, what was counted before would else stop people for as long.
"""

import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import DatabaseError

COUNTS, LOCKS = "allauth:rl:", ":lock"  # how allauth begins the keys of its counts, and ends those of its locks
AHEAD = 5  # seconds by which the clocks of two machines may differ
AT_ONCE = 1  # second: a write that takes longer waited for others


class CannotCount(DatabaseError):
    """The database does not keep how often something was tried."""


class SteadyClock:
    """What is of the future was written before the clock was set back; it is as if it were not there."""

    def get(self, key, default=None, version=None):
        value = super().get(key, default, version=version)
        if key.startswith(COUNTS) and isinstance(value, list):
            return [moment for moment in value if not _is_to_come(moment)]
        return value

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if not (key.startswith(COUNTS) and key.endswith(LOCKS)):
            return super().add(key, value, timeout, version=version)
        if _is_to_come(super().get(key, 0, version=version)):
            self.delete(key, version=version)
        return super().add(key, time.time(), timeout, version=version)


def _is_to_come(moment):
    return moment > time.time() + AHEAD


class InRedis(SteadyClock, RedisCache):
    """Counted in Redis."""


class LoudDatabaseCache(DatabaseCache):
    """A cache in the database that raises CannotCount where it cannot write."""

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if not self._base_set("set", self.make_and_validate_key(key, version=version), value, timeout):
            raise CannotCount(f"The cache does not take {key}.")

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        end = time.monotonic() + AT_ONCE
        for _ in range(3):  # what is there may be gone a moment later
            if super().add(key, value, timeout, version=version):
                return True
            if super().get(key, version=version) is not None:
                return False
            if time.monotonic() > end:  # it waited for others in vain, as it would again
                break
        raise CannotCount(f"The cache does not take {key}.")


class InDatabase(SteadyClock, LoudDatabaseCache):
    """Counted in a table of the database."""
