"""Whatever stands in another language than its page says so (WCAG 3.1.2): by its script, or as a known original."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps

from iscg_portal.languages import HTML_LANG, LANGUAGE_CODES, PREFIX_OF_LANGUAGE
from iscg_portal.translated import Translated, columns_of
from tests import walks
from tests.walks import part_of
from tests.world import account as create_account

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "use", "path"}
UNREAD = {"script", "style", "code", "pre"}
SPOKEN = ("title", "aria-label", "alt", "placeholder")
LATIN_WORDS = re.compile(r"[A-Za-z][a-z]{2,}[ ,:]+(?:[a-z]{2,}[ ,:]+)+[a-z]{3,}")
OTHER_SCRIPTS = {
    "ar": re.compile(r"[\u0400-\u04ff\u4e00-\u9fff]{3}"),
    "ru": re.compile(r"[\u0600-\u06ff\u4e00-\u9fff]{3}"),
    "zh-Hans": re.compile(r"[\u0600-\u06ff\u0400-\u04ff]{3}"),
}
NOT_LATIN = re.compile(r"[\u0600-\u06ff\u0400-\u04ff]{3}|[\u4e00-\u9fff]{2}")
SMALL_WORDS = {  # of no other of the three
    "en": {*"the of and to for with that is are was were from by which not this".split()},
    "es": {*"el los las del y con por para una esta su".split()},
    "fr": {*"le les des du et pour avec qui dans une est sont par ce cette au aux ne pas".split()},
}
SAMPLE = ["subjects/access/", "resolutions/itu-r-6/", "documents/", "search/?q=spectrum"]
CODES_IN_WORDS = {"data/"}  # it explains values of files, which are English in every language


class _Reader(HTMLParser):
    """Every text of a page with the language in which it is said to be; and the elements that lack its direction."""

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.undirected = [("", "")], [], []

    @property
    def lang(self):
        return next((lang for _tag, lang in reversed(self.open) if lang), "")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("lang", self.lang) != self.lang and not self._has_direction(tag, attrs):
            self.undirected.append(self.get_starttag_text())
        if tag not in VOID:
            self.open.append((tag, attrs.get("lang") or ""))
        lang = attrs.get("lang") or attrs.get("hreflang") or self.lang
        self.texts += [(attrs[name], lang) for name in SPOKEN if attrs.get(name)]

    def _has_direction(self, tag, attrs):
        """A `bdi` has one of its own; a drawing takes it from the style, since SVG has no such attribute."""
        return "dir" in attrs or tag == "bdi" or "svg" in {one for one, _lang in self.open}

    def handle_endtag(self, tag):
        if tag in {one for one, _lang in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if data.strip() and not {tag for tag, _lang in self.open} & UNREAD:
            self.texts.append((data.strip(), self.lang))


def originals():
    """{text: the language of its record} of every title that the record has in one language alone."""
    found = {}
    for model in (model for model in apps.get_models() if issubclass(model, Translated)):
        for record in model.objects.all():
            for field in model.TRANSLATED:
                texts = [text for text in (getattr(record, column) for column in columns_of(field)) if text]
                if len(texts) == 1 and " " in texts[0]:
                    found[texts[0]] = HTML_LANG[record.original_language]
    return found


def unmarked(html, known):
    """The texts of a page that are in another language than they are said to be, and tags that lack a direction."""
    reader = _Reader()
    reader.feed(html)
    return [text for text, lang in reader.texts if _is_other(text, lang, known)] + reader.undirected


def _is_other(text, lang, known):
    if known.get(text, lang) != lang:
        return True
    if lang in OTHER_SCRIPTS:
        return bool(LATIN_WORDS.search(text) or OTHER_SCRIPTS[lang].search(text))
    return bool(NOT_LATIN.search(text)) or _sounds_like(text) not in ("", lang)


def _sounds_like(text):
    """The language of Latin letters whose small words a text has most of; blank where too few tell."""
    words = re.findall(r"[^\W\d_]+", "" if "://" in text else text.lower())
    number = {lang: sum(word in small for word in words) for lang, small in SMALL_WORDS.items()}
    best = max(number, key=number.get)
    return best if number[best] >= 2 and number[best] > sum(number.values()) / 2 else ""


def addresses(client):
    """The sample; on a walk every page of the sitemap."""
    if not walks.whole:
        return SAMPLE
    places = re.findall(r"<loc>[^<]*/en/([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    return [place for place in [*SAMPLE, *places] if place not in CODES_IN_WORDS]


@pytest.mark.walk
@pytest.mark.parametrize("code", part_of(LANGUAGE_CODES, 3))
def test_what_stands_in_another_language_says_so(shipped_record, client, code):
    known, wrong = originals(), {}
    for place in addresses(client):
        answer = client.get(f"/{PREFIX_OF_LANGUAGE[code]}/{place}")
        if found := unmarked(answer.content.decode(), known):
            wrong[place] = found[:5]
    assert wrong == {}


@pytest.mark.parametrize("code", ["ar", "fr"])
def test_the_workspace_marks_what_is_in_another_language(world, client, code):
    client.force_login(create_account("ina@example.org", person=world.ina, language=code))
    wrong = {}
    for place in ("", "subjects/emf/", "subjects/emf/mandates/", "my-data/"):
        answer = client.get(f"/{code}/workspace/{place}")
        assert answer.status_code == 200
        if found := unmarked(answer.content.decode(), {}):
            wrong[place] = found
    assert wrong == {}


def test_the_detector_sees_script_small_words_known_originals_and_what_lacks_a_direction():
    page = '<html lang="{}" dir="auto"><p>{}</p><p lang="en" dir="ltr">Spectrum management of the day</p></html>'
    assert unmarked(page.format("ar", "Spectrum management of the day"), {}) == ["Spectrum management of the day"]
    assert unmarked(page.format("fr", "Spectrum management"), {"Spectrum management": "en"}) == ["Spectrum management"]
    assert unmarked(page.format("fr", "Gestion du spectre"), {"Spectrum management": "en"}) == []
    assert unmarked(page.format("en", "Председатель"), {}) == ["Председатель"]
    for text in ("The day of the list", "Le jour de la liste des sujets"):
        assert unmarked(page.format("es", text), {}) == [text]
    assert unmarked(page.format("ar", '<a lang="fr">Oui</a>'), {}) == ['<a lang="fr">']
