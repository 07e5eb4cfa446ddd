"""What one worker weighs while it is asked for pages that it never made and for nonsense: after a while, no more."""

import random
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.utils.translation import override

from bench.growth import addresses, memory_of, workers_of
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from tests.processes import serving
from torture.bounds import Bounds
from torture.hostile import AS_DELIVERED, ask, cookies, targets
from torture.requests import GENERATORS, Target, request

AT_ONCE = 2
APPLICATION = "bench.growth:portal_with_a_small_cache()"  # the pages that a worker keeps have their own bound


def mixed(target):
    """For ever: a page of another day, then a hostile request."""
    chance, names = random.Random(0), list(GENERATORS)
    for number, address in enumerate(addresses()):
        yield request(address.encode(), chance, target, cookie="")
        yield GENERATORS[names[number % len(names)]](target, chance)


def in_each_language(addresses):
    """Each address, with that of the same page in the other languages."""
    found = (f"/{prefix}/".join(each.split("/en/", 1)) for each in addresses for prefix in PREFIX_OF_LANGUAGE.values())
    return dict.fromkeys(found)


def weigh(port, worker, target, last, step, seconds):
    """[(requests so far, megabytes)] after each `step` requests, as far as it came."""
    asked, found = mixed(target), []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for turn in Bounds(last // step, seconds):
            list(pool.map(lambda bytes: ask(port, bytes), (next(asked) for _ in range(step))))
            found.append(((turn + 1) * step, memory_of(worker)))
    return found


def main(last, step, seconds):
    """The weights of the one worker of a portal as delivered."""
    with override("en"):
        target = Target(targets(), cookies())
    with open(settings.MEDIA_ROOT / "log", "w") as log:
        given = {"workers": 1, "application": APPLICATION, "log": log, "warm": True}
        with serving(**given, **AS_DELIVERED) as (address, process):
            (worker,) = workers_of(process.pid)
            port = int(address.rpartition(":")[2])
            for each in in_each_language(target.addresses):  # what is read at its first use, as fonts are, stays
                ask(port, request(each.encode(), random.Random(0), target, cookie=""))
            return weigh(port, worker, target, last, step, seconds)
