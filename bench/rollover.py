"""Rolling a study period over in a large mapping: `python -m bench.rollover` fills an empty database and prints JSON.

3,000 units, 300 of them of the period that is over and 300 of the new one; 20,000 links, one in nine on an old unit.
Of the new list two in three continue, the others are renamed, renumbered, merged or split.
"""

import json
import random
import time
from datetime import date
from itertools import count

UNITS, LINKS, ROLLED = 3_000, 20_000, 300
PERIODS = {
    "T-before": ("T", "2022-2024", date(2022, 3, 9), date(2024, 10, 24)),
    "T": ("T", "2025-2028", date(2024, 10, 24), None),
    "R": ("R", "2023-2027", date(2023, 11, 17), None),
    "D": ("D", "2022-2025", date(2022, 6, 16), date(2026, 1, 1)),
}


def fill():
    """The units of four periods, and links between ITU-D and ITU-R and on the old units of ITU-T."""
    from django.db import connection, transaction

    from bench.finder import titles
    from bench.record import save_all
    from studies.models import StudyPeriod

    drawn = random.Random(13)
    with transaction.atomic():
        periods = {
            key: StudyPeriod(
                sector=sector, name=name, starts_on=begins, ends_on=ends, ends_precision="day" if ends else None
            )
            for key, (sector, name, begins, ends) in PERIODS.items()
        }
        save_all(list(periods.values()))
        rest = (UNITS - 2 * ROLLED) // 2
        texts = titles(UNITS - ROLLED, drawn)
        old, new = texts[:ROLLED], [changed(text, number) for number, text in enumerate(texts[:ROLLED])]
        units = {
            key: save_all([unit(periods[key], number, text) for number, text in enumerate(some)])
            for key, some in {"T-before": old, "T": new, "R": texts[-rest:], "D": texts[ROLLED:-rest]}.items()
        }
        save_all(links_of(units, drawn))
    connection.cursor().execute("ANALYZE")


def changed(text, number):
    """The title of a unit in the new list: of each nine six stay, two get other words, one is another study."""
    if number % 9 < 6:
        return text
    words = {language: title.split() for language, title in text.items()}
    kept = 2 if number % 9 < 8 else 1
    return {language: " ".join([*some[: -kept or None], f"new{number}"]) for language, some in words.items()}


def unit(period, number, text):
    """A Question, twenty in each study group."""
    from studies.models import StudyUnit
    from studies.models.units import sort_key_of

    name = f"Q{number % 20 + 101}/{number // 20 + 101}"
    made = {"slug": f"rolled-{period.code}-{number}", "number": name, "sort_key": sort_key_of(name)}
    names = {f"title_{language}": title for language, title in text.items()}
    return StudyUnit(sector=period.sector, period=period, kind="question", title=text["en"], **made, **names)


def links_of(units, drawn):
    """20,000 links, each pair once."""
    from studies.models import MappingLink

    pairs = set()
    while len(pairs) < LINKS:
        one, other = ("R", "T-before") if len(pairs) % 9 == 0 else ("D", "R")
        pairs.add((one, drawn.randrange(len(units[one])), other, drawn.randrange(len(units[other]))))
    links = []
    for number, (one, first, other, second) in enumerate(sorted(pairs)):
        topic = {"topic_en": f"Topic {number}", "topic_key": f"topic {number}"}
        links.append(MappingLink(first=units[one][first], second=units[other][second], **topic))
    return links


class Timed:
    """Seconds of some work, those of the processor that this process had, and its queries."""

    def __init__(self):
        self.found = {}

    def __call__(self, name, work):
        from django.db import connection

        queries = count()  # Django's own list of them ends at 9,000

        def counted(execute, *query):
            next(queries)
            return execute(*query)

        with connection.execute_wrapper(counted):
            began = time.perf_counter(), time.process_time()
            done = work()
            took = time.perf_counter() - began[0], time.process_time() - began[1]
        self.found[name] = {"seconds": took[0], "processor": took[1], "queries": next(queries)}
        return done


class Officer:
    """The staff account that rolls the period over on the pages of the admin."""

    def __init__(self, timed):
        from django.test import Client
        from django.urls import reverse

        from members.models import Account
        from studies.models import StudyPeriod

        self.timed, self.client = timed, Client()
        self.period = StudyPeriod.objects.get(sector="T", name="2025-2028")
        self.client.force_login(Account.objects.create_superuser("rolls@example.org", "measured", name="Rolls over"))
        pages, key = ("rollover", "carry-out"), [self.period.pk]
        self.addresses = {page: reverse(f"admin:studies_studyperiod_{page}", args=key) for page in pages}

    def open(self, name, page, query=""):
        """Look at a page."""
        answer = self.timed(name, lambda: self.client.get(f"{self.addresses[page]}{query}"))
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
        return answer

    def decide(self):
        """Save every proposal as it was filled in, page by page."""
        from studies.admin.rollover import ROWS_A_PAGE
        from studies.rollover.acts import rollover_to
        from studies.rollover.rows import rows_of

        rows = rows_of(rollover_to(self.period), "all")
        data = [
            {
                f"{name}-{row.unit.pk}": value
                for row in rows[at : at + ROWS_A_PAGE]
                for name, value in (("seen", ""), ("kind", row.kind), ("to", list(row.ticked)), ("other", ""))
            }
            for at in range(0, len(rows), ROWS_A_PAGE)
        ]
        self.timed("saving the decisions", lambda: [self.post("rollover", one) for one in data])

    def post(self, page, data):
        """Press the button of a page; whatever is refused ends the run."""
        answer = self.client.post(self.addresses[page], data)
        if answer.status_code != 302:
            raise SystemExit(f"{page}: {answer.status_code}")


def main():
    from iscg_portal.undoing import undo
    from studies.models import Ending
    from studies.rollover.acts import digest_of, endings_of, plans_of, rollover_to
    from studies.rollover.links import plan_links
    from studies.rollover.rows import rows_of

    fill()
    timed = Timed()
    officer = Officer(timed)
    officer.client.get("/en/")  # the first page of a process loads what the others need
    officer.client.get("/admin/")
    timed("proposing", lambda: rows_of(rollover_to(officer.period), "all"))
    officer.open("page of the rollover", "rollover")
    officer.open("page, filled in", "rollover", "?fill=all")
    officer.decide()
    officer.open("page of what is decided", "rollover", "?show=decided")
    officer.open("page before carrying out", "carry-out")
    plans = plans_of(rollover_to(officer.period).before)
    shown = digest_of(plans, plan_links(endings_of(plans)))
    timed("carrying out", lambda: officer.post("carry-out", {"shown": shown}))
    mark = Ending.history.filter(unit__period__name="2022-2024").latest().history_act
    done = timed("undoing", lambda: undo(mark, reason="Measured"))
    links = sum(row.model._meta.model_name == "mappinglink" for row in done.rows)
    print(json.dumps({"work": timed.found, "links": links}))


if __name__ == "__main__":
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS, settings.REQUIRE_SECOND_FACTOR = ["testserver"], False
    call_command("migrate", verbosity=0)
    main()
