"""The portal speaks six languages: each catalogue has every message of the code, translated, with its placeholders."""

import ast
import gettext as gettext_module
import re

import pytest
from babel import Locale
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext

from iscg_portal.languages import in_a_row, listed, with_full_stop
from tests.test_architecture import LAYERS, ROOT
from tools import catalogues

PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd](?![A-Za-z0-9_])|\{\w*\}")
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def said():
    """{(context, message)} of the code; the message of a plural is its singular."""
    found = catalogues.said_by_the_code()
    return {(context, message if isinstance(message, str) else message[0]) for message, context, _where in found}


@pytest.fixture(scope="module", params=catalogues.LOCALES)
def catalogue(request):
    return catalogues.read(request.param)


def messages(catalogue):
    return [message for message in catalogue if message.id]


def forms(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def original(message):
    """The English that has every placeholder: of a plural the second."""
    return message.id if isinstance(message.id, str) else message.id[1]


def test_there_is_a_catalogue_for_every_language_but_that_of_the_code():
    others = {code for code, _name in settings.LANGUAGES} - {"en"}
    assert {translation.to_locale(code) for code in others} == set(catalogues.LOCALES)


def test_it_has_the_messages_of_the_code_and_no_others(catalogue, said):
    kept = {(message.context, message.id if isinstance(message.id, str) else message.id[0]) for message in catalogue}
    kept -= {(None, "")}
    assert kept - said == set(), "run: python -m tools.catalogues"
    assert said - kept == set(), "run: python -m tools.catalogues, then translate"


def test_messages_are_said_by_a_name_that_the_catalogues_are_made_of():
    said_as = re.compile(r"^from django\.utils\.translation import \w*gettext\w* as (\w+)$", re.MULTILINE)
    files = [file for app in catalogues.APPS for file in (catalogues.ROOT / app).rglob("*.py")]
    names = {(name, file.name) for file in files for name in said_as.findall(file.read_text())}
    assert {name for name, _file in names} == {"_"}, names


def test_every_message_is_translated(catalogue):
    lacking = [message.id for message in messages(catalogue) if not all(forms(message))]
    assert lacking == []


def test_every_plural_has_all_forms_of_the_language(catalogue):
    plurals = [message for message in messages(catalogue) if not isinstance(message.id, str)]
    assert plurals
    assert {len(forms(message)) for message in plurals} == {catalogue.num_plurals}


def test_placeholders_and_tags_stand_in_the_translation_too(catalogue):
    wrong = []
    for message in messages(catalogue):
        wanted, *rest = (original(message), *forms(message))
        if sorted(PLACES.findall(wanted)) != sorted(PLACES.findall(rest[-1])):
            wrong.append(message.id)
        if any(not set(PLACES.findall(form)) <= set(PLACES.findall(wanted)) for form in rest):
            wrong.append(message.id)
        if any(sorted(TAGS.findall(form)) != sorted(TAGS.findall(wanted)) for form in rest):
            wrong.append(message.id)
    assert wrong == []


def test_a_message_keeps_the_spaces_at_its_ends(catalogue):
    def ends(text):
        return text[:1].isspace(), text[-1:].isspace()

    wrong = [
        message.id
        for message in messages(catalogue)
        for form in forms(message)
        if ends(form)[1] != ends(original(message))[1]
    ]
    assert wrong == []


ARABIC_SEATS = ("مقاعد شاغرة", "مقعداً شاغراً", "مقعداً شاغراً", "مقعد شاغر", "مقعداً شاغراً")
NUMBERS = (*range(201), 1_000, 1_000_000)


def test_each_number_takes_the_form_of_its_kind_in_cldr(catalogue):
    """Two numbers of two kinds never share the place of a form, whatever the order in the header."""
    kinds = Locale.parse(str(catalogue.locale)).plural_form
    choose = gettext_module.c2py(catalogues.with_millions(catalogue).plural_expr)
    assert len({(kinds(number), choose(number)) for number in NUMBERS}) == len({kinds(n) for n in NUMBERS})
    assert len({choose(number) for number in NUMBERS}) == len({kinds(number) for number in NUMBERS})


@pytest.mark.parametrize("language", [language for language, _name in settings.LANGUAGES if language != "en"])
def test_every_plural_is_printed_in_the_form_of_each_number(language):
    """By Django, which knows catalogues of its own beside ours, each with another order of forms."""
    catalogue = catalogues.with_millions(catalogues.read(translation.to_locale(language)))
    choose = gettext_module.c2py(catalogue.plural_expr)
    wrong = []
    with translation.override(language):
        for message in messages(catalogue):
            if isinstance(message.id, str):
                continue
            for number in NUMBERS:
                args = (*message.id, number)
                said = npgettext(message.context, *args) if message.context else ngettext(*args)
                if said != message.string[choose(number)]:
                    wrong.append((number, said))
    assert wrong == []


def test_arabic_counts_from_11_to_99_with_the_noun_in_its_accusative_singular():
    with translation.override("ar"):
        said = [ngettext("%(number)s seat vacant", "%(number)s seats vacant", n) for n in (3, 11, 99, 100, 111)]
    assert said == [f"%(number)s {words}" for words in ARABIC_SEATS]


@pytest.mark.parametrize(
    ("language", "many"), [("fr", "%(number)s de sièges vacants"), ("es", "%(number)s de puestos vacantes")]
)
def test_a_whole_million_takes_a_de(language, many):
    with translation.override(language):
        said = ngettext("%(number)s seat vacant", "%(number)s seats vacant", 1_000_000)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == many


@pytest.mark.parametrize(
    ("locale", "sign"), [("fr", r"[^\W\d_]'[^\W\d_]"), ("ru", r"[а-я,] (?:Вы|Вас|Вам|Вами|Ваш[а-я]*)\b|\S [–—] ")]
)
def test_a_language_is_set_one_way(locale, sign):
    """French has no straight apostrophe, a Russian reader is “вы” within a sentence, a dash at no line's start."""
    found = [form for message in messages(catalogues.read(locale)) for form in forms(message)]
    assert [form for form in found if re.search(sign, form)] == []


@pytest.mark.parametrize(("language", "said"), [("en", "A: B"), ("fr", "A\N{NO-BREAK SPACE}: B"), ("zh-hans", "A：B")])
def test_a_colon_between_two_facts_is_that_of_the_language(language, said):
    with translation.override(language):
        assert Template("{% load printed %}A{% colon %}B").render(Context()) == said


def test_a_sentence_that_ends_with_a_point_gets_no_second_one():
    with translation.override("ru"):
        assert with_full_stop("с 1 апреля 2022 г.") == "с 1 апреля 2022 г."
        assert with_full_stop("с 2022 года") == "с 2022 года."


# “Vous êtes connecté” is said to a man; so a translation says it of the session.
SAID_TO_A_MAN = re.compile(
    r"\b[Vv]ous (?:n’)?(?:êtes|serez|étiez|avez été)(?: (?:plus|pas|de nouveau|déjà))* \w+é\b|vous seul\b"
)


def test_french_speaks_to_a_woman_and_to_a_man_alike():
    found = [form for message in messages(catalogues.read("fr")) for form in forms(message)]
    assert [form for form in found if SAID_TO_A_MAN.search(form)] == []


@pytest.mark.parametrize(("language", "said"), [("en", "A, B"), ("ar", "A، B"), ("zh-hans", "A、B")])
def test_things_of_one_kind_have_the_comma_of_a_list_between_them(language, said):
    with translation.override(language):
        assert in_a_row(["A", "", "B"]) == said
        assert Template("{% load printed %}A{% list_comma %}B").render(Context()) == said


IN_SENTENCES = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{#.*?#}|<script.*?</script>", re.DOTALL)
BETWEEN = re.compile(
    r"(?:\}\}|%\}|\)|>)[,;:] ?(?:\{\{|\{%|<)"
    r"|(?:\}\}|%\}|</a>|</bdi>|</code>)\.(?: |<|\{%|$)"  # a full stop
    r"| \(\{\{[^{}]*\}\}\)",  # brackets
    re.MULTILINE,
)


def test_no_sign_of_english_stands_between_two_facts_of_a_template():
    """Arabic, Chinese and French have signs of their own: the tags `comma`, `colon` and others, `in_brackets`."""
    pages = {path: path.read_text(encoding="utf-8") for path in (catalogues.ROOT / "templates").rglob("*.html")}
    found = {str(path): BETWEEN.findall(IN_SENTENCES.sub("", text)) for path, text in pages.items()}
    assert {path: signs for path, signs in found.items() if signs} == {}


SIGN = re.compile(r"[,;:] | \(")
MAY_HAVE_A_SIGN = re.compile(r"\}(?:[,;:] | \()\{|[,;:] [\"']\.join")  # only then is a file taken apart
NOT_FOR_A_PAGE = {"management", "archive", "migrations", "docx_headers"}  # commands, SQL, and reading of files
# What files, forms, headers and addresses have in every language, and what is read again.
SIGNS_OF_FILES = set(
    """
    front/data_zip.py front/examples.py front/schemas.py front/warming.py iscg_portal/apps.py
    iscg_portal/files/frozen.py iscg_portal/importing/cells.py iscg_portal/importing/registry.py
    iscg_portal/search/full_text.py iscg_portal/search/in_lists.py iscg_portal/tables/files.py
    iscg_portal/tenure/constraints.py
    iscg_portal/tenure/exclusive.py iscg_portal/web/errors.py iscg_portal/web/security_headers.py
    meetings/admin/liaison.py
    meetings/resources.py meetings/tables.py
    secretariat/texts/files.py studies/models/activities.py studies/rules.py subjects/models/resolutions.py
    subjects/tables.py workspace/proposals/activities.py workspace/proposals/acts.py workspace/proposals/fields.py
    """.split()
)


def signs_between_facts(source):
    """The lines on which Python itself puts a comma, a colon or a semicolon between two facts."""
    for node in ast.walk(ast.parse(source)) if MAY_HAVE_A_SIGN.search(source) else ():
        if isinstance(node, ast.JoinedStr):
            signs = [isinstance(one, ast.Constant) and bool(SIGN.fullmatch(one.value)) for one in node.values[1:-1]]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            signs = [isinstance(node.func.value, ast.Constant) and bool(SIGN.fullmatch(str(node.func.value.value)))]
        else:
            continue
        if any(signs):
            yield node.lineno


def test_no_sign_of_english_stands_between_two_facts_of_the_code():
    """The same in Python: `with_commas`, `with_colon`, `with_semicolons`, `listed`."""
    files = {path.relative_to(ROOT): path for app in LAYERS for path in (ROOT / app).rglob("*.py")}
    found = {
        str(name): list(signs_between_facts(path.read_text(encoding="utf-8")))
        for name, path in files.items()
        if not NOT_FOR_A_PAGE & set(name.parts)
    }
    assert {name for name, lines in found.items() if lines} == SIGNS_OF_FILES, found


@pytest.mark.parametrize(("language", "words", "seats"), [("ar", "مقعدان شاغران", 2), ("fr", "3 sièges vacants", 3)])
def test_the_portal_speaks_what_the_catalogue_says(language, words, seats):
    with translation.override(language):
        text = ngettext("%(number)s seat vacant", "%(number)s seats vacant", seats) % {"number": seats}
        assert text.replace("\N{NO-BREAK SPACE}", " ") == words
        assert gettext("Subjects") != "Subjects"


@pytest.mark.parametrize(
    ("last", "said"),
    [("ISCG 25-2", "A e ISCG 25-2"), ('<a href="x">Italia</a>', 'A e <a href="x">Italia</a>'), ("RAG", "A y RAG")]
    + [("hierro", "A y hierro"), ("hilo", "A e hilo")],
)
def test_a_spanish_and_gives_way_to_an_i(last, said):
    with translation.override("es"):
        assert listed(["A", last]) == said
