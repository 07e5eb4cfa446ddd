"""Where attempts are counted: a cache that says so when it cannot count, and that a clock set back does not mislead.

The limits of allauth rest on two things that caches do not promise. A write that fails must be an error: Django's cache
in the database is silent then, which allauth takes for “too many attempts”. And a moment to come must count nothing:
after the clock was set back, what was counted before would else stop people for as long.
"""

import time

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import DatabaseError
from redis import Redis
from redis.exceptions import ConnectionError as NotReached
from redis.exceptions import TimeoutError as SaidNothing

COUNTS, LOCKS = "allauth:rl:", ":lock"  # how allauth begins the keys of its counts, and ends those of its locks
AHEAD = 5  # seconds by which the clocks of two machines may differ
AT_ONCE = 1  # second: a write that takes longer waited for others
TRIES, PAUSE = 12, 0.01  # of taking a lock that others take and leave at the same moment; seconds between two


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


class ImpatientRedis(Redis):
    """Waits for a Redis that does not answer once, and then says at once for some seconds that it is away.

    A server that takes connections and says nothing would else hold a worker for two seconds at each request. What is
    known is known for the process: all of its clients ask the same server.
    """

    away_until = float("-inf")

    def execute_command(self, *words, **options):
        """Errors: redis.exceptions.ConnectionError or TimeoutError, as of Redis itself."""
        if time.monotonic() < ImpatientRedis.away_until:
            raise NotReached("Redis did not answer a moment ago, and is not asked yet.")
        try:
            return super().execute_command(*words, **options)
        except (NotReached, SaidNothing):
            ImpatientRedis.away_until = time.monotonic() + settings.REDIS_IS_LEFT_ALONE
            raise


class ImpatientClient(RedisCacheClient):
    """Django's, with that patience."""

    def __init__(self, servers, **options):
        super().__init__(servers, **options)
        self._client = ImpatientRedis


class InRedis(SteadyClock, RedisCache):
    """Counted in Redis."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = ImpatientClient


class LoudDatabaseCache(DatabaseCache):
    """A cache in the database that raises CannotCount where it cannot write."""

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if not self._base_set("set", self.make_and_validate_key(key, version=version), value, timeout):
            raise CannotCount(f"The cache does not take {key}.")

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        end = time.monotonic() + AT_ONCE
        for _ in range(TRIES):  # what is there may be gone a moment later
            if super().add(key, value, timeout, version=version):
                return True
            if super().get(key, version=version) is not None:
                return False
            if time.monotonic() > end:  # it waited for others in vain, as it would again
                break
            time.sleep(PAUSE)
        raise CannotCount(f"The cache does not take {key}.")


class InDatabase(SteadyClock, LoudDatabaseCache):
    """Counted in a table of the database."""
