"""A search among many documents with the text of their files, and making its index from nothing.

`python -m bench.searching` fills a database that has subjects and documents, and prints what it took as JSON.
"""

import hashlib
import json
import random
import time
from pathlib import Path
from statistics import median

from bench.targets import DOCUMENTS, LINKS, UNITS

PAGES_OF_A_DOCUMENT, WORDS_OF_A_PAGE, SIGNS_OF_A_PAGE = 20, 450, 700
WORDS, SIGNS = 30_000, 3_000  # that are known, the frequent ones in every text
TEXTS = 200  # that differ in more than one word
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
ARABIC = "ابتثجحدرزسشصطعفقكلمنهوي"
TIMES = 7
SEARCHES = {
    "a word of every text": "telecommunication",
    "a frequent word": "bebe",
    "a rare word": "rare4321",
    "two letters": "AI",
    "a digit and a letter": "5G",
    "a number": "res 191",
    "a number of a document": "made/up/77",
    "two words of texts": "bebe kaka",
    "a word of titles and one of texts": "title bebe",
    "ten words": "title bebe babi bobo telecommunication bubu made up document number",
    "a question": "documents about accessibility",
    "two characters": "一丁",
    "a word in Chinese": "无障碍",
    "a word in Arabic": "اب",
    "a name": "Testperson",
    "a beginning of many words": "baba",
    "nothing": "qqqqzz",
    "nothing, of two words": "bebe qqqqzz",
}
FILTERS = {"of one kind": {"kind": "document"}, "of one language": {"language": "fr"}, "page 20": {"page": "20"}}


def made_up_word(number):
    """The same word for the same number, of letters alone."""
    word = SYLLABLES[number % len(SYLLABLES)]
    while number := number // len(SYLLABLES):
        word += SYLLABLES[number % len(SYLLABLES)]
    return word if len(word) > 2 else word * 2


def made_up_text(at):
    """Twenty pages whose words are as unevenly frequent as those of a language; a tenth Chinese, a tenth Arabic."""
    dice = random.Random(at)

    def numbers(known, of_a_page):
        return (int(known ** dice.random()) for _one in range(PAGES_OF_A_DOCUMENT * of_a_page))

    if at % 10 == 0:
        return "".join(chr(0x4E00 + sign - 1) for sign in numbers(SIGNS, SIGNS_OF_A_PAGE))
    words = " ".join(made_up_word(number) for number in numbers(WORDS, WORDS_OF_A_PAGE))
    if at % 10 == 1:
        words = words.translate({ord(sign): ARABIC[n % len(ARABIC)] for n, sign in enumerate("bdfgklmnprstvzaeiou")})
    return f"telecommunication {words}"


def fill_documents(number, subjects):
    """Documents of the archive, each with one file of which only the text is there, and two subjects."""
    from iscg_portal.models import StoredFile
    from iscg_portal.search.folding import keys_of
    from iscg_portal.search.models import FileText
    from meetings.models import Document, DocumentFile, DocumentSubject

    texts = [made_up_text(at) for at in range(min(number, TEXTS))]
    keys = [" ".join(keys_of([text])) for text in texts]
    documents = Document.objects.bulk_create(
        Document(number=f"MADE/UP/{at}", slug=f"made-up-{at}", sort_key=f"{at:06}", title_en=f"A title {at}, made up")
        for at in range(1, number + 1)
    )
    hashes = [hashlib.sha256(str(at).encode()).hexdigest() for at in range(number)]
    StoredFile.objects.bulk_create(StoredFile(sha256=one, size=1, kind="pdf") for one in hashes)
    for begin in range(0, number, TEXTS):
        FileText.objects.bulk_create(
            FileText(
                sha256=hashes[at], text=f"{texts[at % TEXTS]} rare{at}", keys=f"{keys[at % TEXTS]} rare{at} rare {at}"
            )
            for at in range(begin, min(begin + TEXTS, number))
        )
    DocumentFile.objects.bulk_create(
        DocumentFile(document=one, language="en", stored_id=sha256, name="made-up.pdf")
        for one, sha256 in zip(documents, hashes, strict=True)
    )
    DocumentSubject.objects.bulk_create(
        DocumentSubject(document=one, subject=subjects[(at + step) % len(subjects)])
        for at, one in enumerate(documents)
        for step in (0, 7)
    )


def measured_searches():
    """{what is searched: what `measured_search` says of it}."""
    from django.db import connection

    asked = {name: {"q": typed} for name, typed in SEARCHES.items()}
    frequent = SEARCHES["a frequent word"]
    asked |= {f"a frequent word, {name}": {"q": frequent, **more} for name, more in FILTERS.items()}
    pids = ["self"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
    return {name: measured_search(query, pids) for name, query in asked.items()}


def measured_search(asked, pids):
    """Of a page that is made anew: its queries, and the median seconds on a clock and of the processes' processors."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from iscg_portal.web.page_cache import kept_pages

    client, seconds, processor = Client(), [], []
    for _time in range(TIMES):
        kept_pages.clear()
        began, used = time.perf_counter(), seconds_used_by(pids)
        assert client.get("/en/search/", asked).status_code == 200
        seconds.append(time.perf_counter() - began)
        processor.append(seconds_used_by(pids) - used)
    kept_pages.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/search/", asked)
    return {"seconds": median(seconds), "processor": median(processor), "queries": len(queries)}


def seconds_used_by(pids):
    """Of the processors. /proc/PID/stat would count in hundredths."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


def main(number=DOCUMENTS):
    """Fill, make the index from nothing, and search."""
    from django.db import connection

    from bench.record import fill_mapping
    from iscg_portal.search.indexing import make_anew
    from subjects.models import Subject

    subjects = list(Subject.objects.order_by("pk"))
    fill_mapping(subjects, UNITS, LINKS)
    fill_documents(number, subjects)
    began, used = time.perf_counter(), time.process_time()
    entries = make_anew()
    took, used = time.perf_counter() - began, time.process_time() - used
    connection.cursor().execute("ANALYZE")
    found = {"kind": connection.display_name, "entries": entries, "index": took, "processor": used}
    print(json.dumps(found | {"searches": measured_searches()}))


if __name__ == "__main__":
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    main()
