"""Lists are sorted by the order of the page's language, the same on both databases and across the pages of a list."""

import random
import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import override

from front.data_files import DATA_FILES
from iscg_portal.collation import SORT_KEYS, Collated, in_order, renew_keys, sort_key
from iscg_portal.fixed_terms import place_name
from iscg_portal.record_version import current
from meetings.models import Meeting
from meetings.tables import meetings_table
from members.admin.people import PersonAdmin
from members.models import Country, Person
from reports.pages.key_issues import key_issues_table
from subjects.models import Subject
from tests import world

# Written out by hand, after the rules of each language.
IN_ORDER = {
    # alif with and without hamza is one letter; then ba, ta, tha, ha, ya
    "ar": ["أثر", "إدارة", "اسم", "باب", "تعاون", "ثقة", "حماية", "يوم"],
    # an accent and a capital count only where all else is the same
    "en": ["access", "Access", "Éclair", "edge", "Zone"],
    # ñ is a letter after n; ch and ll are two letters
    "es": ["Ámbito", "anual", "año", "chico", "cielo", "llave", "luz", "nube", "ñandú", "oro"],
    # accents count from the front; œ is o and e
    "fr": ["cote", "coté", "côte", "côté", "Éthique", "étoile", "Œuvre", "ouvrir"],
    # ё stands with е, й is a letter after и
    "ru": ["Арктика", "елка", "ёлка", "ель", "Жизнь", "икра", "йод", "Юг", "яма"],
    # by pinyin: ān, diàn, hù, wèi, wú, xìn, zhōng
    "zh-hans": ["安全", "电信", "互联网", "卫星", "无线电", "信息", "中国"],
}
PREFIX = {"zh-hans": "zh"}
LANGUAGES = sorted(IN_ORDER)


def mixed(words):
    """The words in some other order."""
    return random.Random(1).sample(words, len(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_in_the_order_of_the_language(language):
    with override(language):
        assert in_order(mixed(IN_ORDER[language]), str) == IN_ORDER[language]


def test_a_row_without_a_text_comes_last():
    with override("fr"):
        assert in_order(["", "b", "a"], str) == ["a", "b", ""]


def test_chinese_counts_each_character_by_its_most_common_reading():
    with override("zh-hans"):
        assert in_order(["秘鲁", "冰岛", "缅甸", "蒙古"], str) == ["冰岛", "蒙古", "秘鲁", "缅甸"]


def titled_subjects():
    """In each language the words above as titles, after so many others that they begin on the first page."""
    for number in range(46):
        world.subject(f"NUMBER-{number:02}", title=f"{number:02} made up")
    for place in mixed(range(max(map(len, IN_ORDER.values())))):
        words = {lang: words[place] for lang, words in IN_ORDER.items() if place < len(words)}
        titles = {f"title_{lang.replace('-', '_')}": word for lang, word in words.items()}
        world.subject(f"WORD-{place}", **{"title_en": f"zzz {place}"} | titles)
    for subject in Subject.objects.all():
        world.listing(subject, date(2020, 1, 1))


@pytest.fixture(scope="module")
def kept_subjects(kept):
    return kept(titled_subjects)


@pytest.fixture
def many_subjects(db, kept_subjects):
    kept_subjects.put_back()


@pytest.mark.parametrize("page", ["subjects", "coordinators"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_subjects_stand_in_the_order_of_the_language_across_pages(many_subjects, client, language, page):
    shown = []
    for number in (1, 2):
        answer = client.get(f"/{PREFIX.get(language, language)}/{page}/?sort=title&page={number}")
        shown.append([str(subject.title_shown) for subject in answer.context["table"].rows])
    assert (len(shown[0]), shown[0][46:]) == (50, IN_ORDER[language][:4])
    rest = IN_ORDER[language][4:]
    assert shown[1][: len(rest)] == rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_have_the_same_order(many_subjects, client, language):
    prefix = PREFIX.get(language, language)
    rows = client.get(f"/{prefix}/subjects.json?sort=-title").json()["subjects"]
    titles = [row["title"] for row in rows]
    wanted = [*reversed(IN_ORDER[language])]
    assert [title for title in titles if title in wanted] == wanted


@pytest.fixture
def three_holders(db):
    for number, name in enumerate(["Una Ñandez", "Una Ortega", "Una Nubes"]):
        world.representative("RAG1", world.person(name), date(2011 + number, 1, 1), date(2012 + number, 1, 1))


NAMES = {"en": ["Una Ñandez", "Una Nubes", "Una Ortega"], "es": ["Una Nubes", "Una Ñandez", "Una Ortega"]}


@pytest.mark.parametrize("language", NAMES)
def test_holders_stand_in_the_order_of_the_language(three_holders, client, language):
    rows = client.get(f"/{language}/composition/history.json?sort=holder").json()["terms"]
    assert [row["name"] for row in rows] == NAMES[language]
    rows = client.get(f"/{language}/composition/history.json?sort=-holder").json()["terms"]
    assert [row["name"] for row in rows] == NAMES[language][::-1]


@pytest.mark.parametrize("language", NAMES)
def test_persons_in_the_admin_stand_in_the_order_of_the_language(three_holders, rf, admin_user, language):
    site = import_module("django.contrib.admin").site
    request = rf.get("/admin/members/person/")
    with override(language):
        assert [person.name for person in PersonAdmin(Person, site).get_queryset(request)] == NAMES[language]


def test_a_changed_name_moves_at_once(three_holders):
    person = Person.objects.get(name="Una Ortega")
    person.sort_key = "Aaa Una"
    person.save()
    assert Person.objects.order_by("sorts_es").first() == person


def test_the_keys_are_made_anew_after_migrate(three_holders, django_assert_num_queries):
    Person.objects.update(**dict.fromkeys(SORT_KEYS, b""))
    before = current()
    renew_keys(apps.get_app_config("members"), "default")
    after = current()
    assert after != before
    assert [person.name for person in Person.objects.order_by("sorts_es")] == NAMES["es"]
    renew_keys(apps.get_app_config("members"), "default")
    assert current() == after


def test_the_history_keeps_no_keys():
    models = [model for model in apps.get_models() if issubclass(model, Collated)]
    assert {model.__name__ for model in models} == {"Country", "FormerName", "Person", "Subject"}
    for model in models:
        assert not {field.name for field in model.history.model._meta.fields} & set(SORT_KEYS)


def test_the_keys_are_of_the_language_whatever_the_page(db):
    with override("en"):
        one = world.person("Una Ñandez")
    one.refresh_from_db()
    assert bytes(one.sorts_es) == sort_key("Ñandez Una", "es")
    assert bytes(one.sorts_en) == sort_key("Ñandez Una", "en") != bytes(one.sorts_es)


@pytest.mark.parametrize(
    ("language", "names"),
    {
        "ar": ["آيرلندا", "آيسلندا", "إثيوبيا", "أذربيجان", "أرمينيا", "إريتريا", "إسبانيا", "أستراليا", "إستونيا"],
        "en": ["Congo", "Costa Rica", "Côte d'Ivoire", "Croatia", "Cuba", "Cyprus", "Czechia"],
        "es": ["Belarús", "Bélgica", "Belice", "Benin", "Bhután"],
        "fr": ["Dominique", "Égypte", "El Salvador", "Émirats arabes unis", "Équateur", "Érythrée", "Espagne"],
        "ru": ["Ирландия", "Исландия", "Испания", "Италия", "Йемен", "Кабо-Верде", "Казахстан"],
        "zh-hans": ["北马其顿", "贝宁", "比利时", "冰岛", "波兰", "波斯尼亚和黑塞哥维那", "伯利兹", "博茨瓦纳", "不丹"],
    }.items(),
)
def test_states_stand_in_the_order_of_the_language(shipped_record, language, names):
    with override(language):
        (_heading, states), _under_resolution_99 = Country.objects.groups_to_choose()
    printed = [name for _code, name in states]
    start = printed.index(names[0])
    assert printed[start : start + len(names)] == names


SORTED_AS_RECORDED = re.compile(r"(?:.*__)?(?:code|sector|sort_key|number|place|\w+_on|period_to|sorts_en)")


def test_a_head_of_words_sorts_by_the_words_that_are_shown():
    """Names of columns hold codes, letters, numbers and days; words are sorted by expressions. `place` is of a body."""
    tables = [file.empty_table() for file in DATA_FILES] + [key_issues_table(())]
    terms = {
        (table.name, term)
        for table in tables
        for column in table.columns
        for term in (column.sort if isinstance(column.sort, tuple) else ())
        if isinstance(term, str)
    }
    by_letters = {term for term in terms if not SORTED_AS_RECORDED.fullmatch(term[1])}
    assert by_letters == set(), "Sort words by `in_labels` or `in_order` of iscg_portal.collation."


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_states_places_and_bodies_of_meetings_stand_in_the_order_of_their_words(language):
    states = (*Meeting.State, "planned")  # one of the planned is past
    places, bodies = ("Geneva", "Doha", "Samplecity", "Kigali", "Busan", ""), ("TSAG", "RAG", "ISCG", "Council", "TDAG")
    for number, (state, place, body) in enumerate(zip(states, places, (*bodies, "study unit"), strict=True)):
        day = date(2060 if number == 0 else 2020, 1, number + 1)
        world.meeting(f"M{number}", day, state=state, place=place, body=body)
    read = {"state": lambda row: row.state_in_words, "place": lambda row: place_name(row.place)}
    with override(language):
        orders = {column.key: column.sort for column in meetings_table().columns}
        for key, words in (read | {"body": lambda row: row.whose}).items():
            shown = [words(row) for row in Meeting.objects.order_by(*orders[key])]
            assert shown == sorted(shown, key=sort_key)
