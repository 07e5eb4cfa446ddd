"""Looking for overlaps and gaps in a large mapping: `python -m bench.finder` fills the database and prints JSON.

Titles are of 5 to 12 words out of 1,500, the first ones more often, as in a language; each stands in six languages.
Beside the units as many further things have titles as there are activities.
"""

import json
import random
import time
from datetime import date

UNITS, LINKS, FURTHER, PLANTED = 3_000, 20_000, 5_000, 100
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh_hans")
LETTERS = {
    "ar": "ابتثجحدرسشصطعفقكلمن",
    "ru": "абвгдежзиклмнопрст",
    "zh_hans": "信通网络电频谱卫星数据安全标准发展技术服务管理智能",
}


def vocabulary(language, drawn):
    """1,500 made-up words."""
    letters = LETTERS.get(language, "abcdefghiklmnoprstuvz")
    shortest, longest = (2, 4) if language == "zh_hans" else (5, 13)
    return ["".join(drawn.choices(letters, k=drawn.randint(shortest, longest))) for _ in range(1_500)]


def titles(number, drawn):
    """So many titles as {language: title}; the last ones are planted: another order, and a word more."""
    words = {language: vocabulary(language, drawn) for language in LANGUAGES}
    often = [1 / (place + 10) for place in range(1_500)]

    def title(places):
        return {
            language: ("" if language == "zh_hans" else " ").join(words[language][place] for place in places)
            for language in LANGUAGES
        }

    drawn_places = [drawn.choices(range(1_500), often, k=drawn.randint(5, 12)) for _ in range(number - PLANTED)]
    planted = [[*drawn.sample(places, len(places)), 700] for places in drawn_places[:PLANTED]]
    return [title(places) for places in [*drawn_places, *planted]]


def fill(drawn):
    """Units of three Sectors and links between them; the Sector of a planted unit is another one than its twin’s."""
    from bench.record import save_all
    from studies.models import MappingLink, StudyPeriod, StudyUnit
    from subjects.models import Subject

    years = {"starts_on": date(2026, 1, 1), "name": "2026-2029"}
    newest = {period.sector: period for period in StudyPeriod.objects.order_by("starts_on")}
    periods = {one: newest.get(one) or StudyPeriod.objects.create(sector=one, **years) for one in "RTD"}
    units = []
    for number, texts in enumerate(titles(UNITS, drawn)):
        letter = "RTD"[number % 3] if number < UNITS - PLANTED else "TDR"[(number - UNITS + PLANTED) % 3]
        names = {f"title_{language}": text for language, text in texts.items()}
        place = {
            "sector": letter,
            "period": periods[letter],
            "kind": "question",
            "number": f"Q{number}/900",
        }  # no real group
        units.append(StudyUnit(slug=f"finder-{number}", title=texts["en"], sort_key=str(number), **place, **names))
    units, subjects = save_all(units), list(Subject.objects.order_by("pk")[:100])  # of the record that is there
    by_sector = {letter: [unit for unit in units[:-PLANTED] if unit.sector == letter] for letter in "DRT"}
    most = len(units) // 3 - PLANTED
    pairs = {(drawn.randrange(most), drawn.randrange(most)) for _ in range(LINKS)}
    ends = [("D", "R"), ("D", "T"), ("R", "T")]
    links = []
    for number, (one, other) in enumerate(sorted(pairs)):
        first, second = ends[number % 3]
        about = {"subject": subjects[number % 100], "topic_en": f"Topic {number}", "topic_key": f"topic {number}"}
        links.append(MappingLink(first=by_sector[first][one], second=by_sector[second][other], **about))
    save_all(links)


def measured(work):
    """(seconds, seconds of the processor that this process had) of some work."""
    began = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began[0], time.process_time() - began[1]


def main():
    from studies.models import StudyFinding
    from studies.overlaps import registry
    from studies.overlaps.finder import look_through

    drawn = random.Random(13)
    fill(drawn)
    further = [
        registry.Titled(pk, frozenset("RTD"[pk % 3]), texts) for pk, texts in enumerate(titles(FURTHER, drawn), 1)
    ]
    registry.register(registry.TitleSource("bench.Further", "", lambda on: further, lambda pks: {}))
    first, again = measured(look_through), measured(look_through)
    similar = StudyFinding.objects.filter(kind="similar titles")
    print(
        json.dumps(
            {
                "first": first[0],
                "again": again[0],
                "processor": first[1],
                "found": StudyFinding.objects.count(),
                "units": similar.filter(facts__source="studies.StudyUnit").count(),
                "further": similar.filter(facts__source="bench.Further").count(),
            }
        )
    )


if __name__ == "__main__":
    import django

    django.setup()
    main()
