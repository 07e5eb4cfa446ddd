"""Hostile requests against a real gunicorn: none may be answered with an error of ours, or with nothing."""

import random
import socket
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from bench.addresses import public_files, public_pages
from torture.bounds import Bounds
from torture.requests import GENERATORS, Target

AS_DELIVERED = {"DEBUG": "off", "REQUIRE_SECOND_FACTOR": "off"}
ASKERS = 4
LONGEST_WAIT = 60  # seconds for an answer
MOST_TOLD = 20
# What the addresses of the portal have between their slashes, by the name of the argument.
ARGUMENTS = {
    "slug": ["emf", "ada-testperson", "iscg-25-7-01"],
    "code": ["25-7", "2024", "25-7/../x"],
    "subject": ["emf"],
    "meeting": ["25-7"],
    "date": ["2025-02-12"],
    "year": ["2025"],
    "format": ["json", "csv", "xlsx", "pdf", "docx"],
    "object_id": ["1", "2", "_5F", "1%00"],
    "app_label": ["members"],
    "content_type_id": ["1"],
    "url": ["admin"],
}


def targets():
    """Every address of the portal, and the cookie of an account of each role beside none."""
    from tests.workspace.roles import ALL

    found = {address.partition("?")[0] for address in [*public_pages().values(), *public_files().values()]}
    for name, address in ALL.items():
        for turn in range(5):
            given = {argument: _argument(argument, turn) for argument in address.arguments}
            try:
                found.add(reverse(name, kwargs=given))
            except NoReverseMatch:
                break
    return sorted(address for address in found if "logout" not in address)


def _argument(name, turn):
    values = ARGUMENTS.get(name, ["1", "x" * 43, "emf", "2024", "en"])
    return values[turn % len(values)]


def cookies():
    """Those of an account of each role, each as often as none; that of the secretariat, which sees most, oftener."""
    from members.models import Account

    found = []
    for account in Account.objects.filter(is_active=True).order_by("pk"):
        browser = Client()
        browser.force_login(account)
        cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        found += [cookie, ""] if not account.is_superuser else [cookie] * 12
    return found


def ask(port, request, source="127.0.0.1"):
    """The status of the answer to these bytes; 0 where the connection ended or the time was over without one."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT, source_address=(source, 0)) as asked:
            try:
                asked.sendall(request)
            except OSError:
                pass  # it was answered, and hung up, before all was sent
            answer = b""
            while len(answer) < 12 and (more := asked.recv(65_536)):
                answer += more
            while asked.recv(65_536):
                pass
    except OSError:
        answer = locals().get("answer", b"")
    word = answer[9:12]
    return int(word) if answer.startswith(b"HTTP/1.") and word.isdigit() else 0


def is_fault(status):
    """An error of ours, or no answer. 501 and 505 say that HTTP has no such thing: they are answers to the asker."""
    return status == 0 or (status >= 500 and status not in (501, 505))


def ask_many(port, target, count, seconds, seed):
    """(asked, {status: how many}, [kind, status and request of what is a fault]) of one asker."""
    chance, bounds = random.Random(seed), Bounds(count, seconds)
    statuses, faults = Counter(), []
    names = list(GENERATORS)
    for number in bounds:
        kind = names[number % len(names)]
        request = GENERATORS[kind](target, chance)
        source = f"127.{chance.randrange(1, 250)}.{chance.randrange(250)}.{chance.randrange(1, 250)}"
        status = ask(port, request, source)
        statuses[status] += 1
        if is_fault(status) and len(faults) < MOST_TOLD:
            faults.append([kind, status, request[:3000].decode("latin-1")])
    return bounds.done, statuses, faults


def attack(port, target, count, seconds, askers=ASKERS, seed=0):
    """What several askers at once found: {"asked", "faults", "statuses", "told"}."""
    connections.close_all()  # two processes on one connection would be one too many
    share = [count // askers + (number < count % askers) for number in range(askers)]
    with ProcessPoolExecutor(askers, mp_context=get_context("fork")) as pool:
        given = zip(share, range(seed, seed + askers), strict=True)
        found = [pool.submit(ask_many, port, target, each, seconds, number) for each, number in given]
        found = [one.result() for one in found]
    statuses = sum((one[1] for one in found), Counter())
    return {
        "asked": sum(one[0] for one in found),
        "faults": sum(many for status, many in statuses.items() if is_fault(status)),
        "statuses": dict(sorted(statuses.items())),
        "told": [fault for one in found for fault in one[2]],
    }


def main(count, seconds):
    """On the portal as delivered; of what it logged, each traceback once."""
    from tests.processes import serving

    with override("en"):
        target = Target(targets(), cookies())
    place = settings.MEDIA_ROOT / "log"
    with open(place, "w") as log, serving(log=log, warm=True, **AS_DELIVERED) as (address, _process):
        found = attack(int(address.rpartition(":")[2]), target, count, seconds)
    with open(place, errors="replace") as log:
        found["told"] += tracebacks(log)
    return found


def tracebacks(lines):
    """The different tracebacks of a log, each with the line before it, which names the request: MOST_TOLD at most."""
    found, before, held = {}, "", None
    for line in lines:
        if line.startswith("Traceback "):
            held = [before, line]
        elif held is not None:
            held.append(line)
            if not line.startswith(" "):
                found.setdefault("".join(held[1:]), "".join(held))
                held = None
        before = line
    return list(found.values())[:MOST_TOLD]
