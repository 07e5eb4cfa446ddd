"""A search among many documents with the text of their files, and making its index from nothing.

`python -m bench.searching` fills a database that has subjects, and prints what it took as JSON.
"""

import hashlib
import json
import random
import time
from statistics import median

PAGES_OF_A_DOCUMENT, WORDS_OF_A_PAGE = 20, 450
WORDS = 30_000  # that are known, the frequent ones in every text
SEARCHES = (
    "telecommunication",
    "res 191",
    "wordx123 wordx77",
    "documents about accessibility",
    "AI",
    "wordx5 title",
    "无障碍",
)


def made_up_text(at):
    """Twenty pages whose words are as unevenly frequent as those of a language."""
    dice = random.Random(at)
    number = PAGES_OF_A_DOCUMENT * WORDS_OF_A_PAGE
    found = (int(WORDS ** dice.random()) for _word in range(number))
    return "telecommunication " + " ".join(f"wordx{word}" for word in found)


def fill_documents(number, subjects):
    """Documents of the archive, each with one file of which only the text is there, and two subjects."""
    from iscg_portal.models import StoredFile
    from iscg_portal.search.folding import keys_of
    from iscg_portal.search.models import FileText
    from meetings.models import Document, DocumentFile, DocumentSubject

    texts = [made_up_text(at) for at in range(min(number, 200))]
    keys = [" ".join(keys_of([text])) for text in texts]
    documents = Document.objects.bulk_create(
        Document(number=f"MADE/UP/{at}", slug=f"made-up-{at}", sort_key=f"{at:06}", title_en=f"A title {at}, made up")
        for at in range(1, number + 1)
    )
    hashes = [hashlib.sha256(str(at).encode()).hexdigest() for at in range(number)]
    StoredFile.objects.bulk_create(StoredFile(sha256=one, size=1, kind="pdf") for one in hashes)
    for at in range(0, number, 200):
        some = hashes[at : at + 200]
        FileText.objects.bulk_create(FileText(sha256=one, text=texts[n], keys=keys[n]) for n, one in enumerate(some))
    DocumentFile.objects.bulk_create(
        DocumentFile(document=one, language="en", stored_id=sha256, name="made-up.pdf")
        for one, sha256 in zip(documents, hashes, strict=True)
    )
    DocumentSubject.objects.bulk_create(
        DocumentSubject(document=one, subject=subjects[(at + step) % len(subjects)])
        for at, one in enumerate(documents)
        for step in (0, 7)
    )


def seconds_of_search(times=5):
    """{what is searched: median seconds of a page that is made anew}."""
    from django.test import Client

    from iscg_portal.web.page_cache import kept_pages

    client, found = Client(), {}
    for typed in SEARCHES:
        took = []
        for _time in range(times):
            kept_pages.clear()
            began = time.perf_counter()
            assert client.get("/en/search/", {"q": typed}).status_code == 200
            took.append(time.perf_counter() - began)
        found[typed] = median(took)
    return found


def main(number=5_000):
    """Fill, make the index from nothing, and search."""
    from iscg_portal.search.indexing import make_anew
    from subjects.models import Subject

    fill_documents(number, list(Subject.objects.order_by("pk")))
    began, used = time.perf_counter(), time.process_time()
    entries = make_anew()
    took, used = time.perf_counter() - began, time.process_time() - used
    print(json.dumps({"entries": entries, "index": took, "processor": used, "searches": seconds_of_search()}))


if __name__ == "__main__":
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    main()
