"""What is asked: the words of a search, with all that means the same."""

from dataclasses import dataclass, field
from typing import NamedTuple

from front.models import Synonym
from iscg_portal.plain_text import cleaned
from iscg_portal.search.folding import compact, is_arabic, is_han, pairs_of, parts_of, words_of
from iscg_portal.search.full_text import Term, Wanted
from iscg_portal.search.sources import of_subject

# Words of questions, left out where other words remain: our own choice, folded as the index is.
_ENGLISH = """
who whom whose what which when where why how is are was were be been am do does did done has have had the a an of on in
at to for from by with about and or this that these those it its there their they he she we you i me my can could may
will would should please tell show find list group iscg say says said decide decides decided
"""
_FRENCH = """
qui que quoi quel quelle quels quelles quand où pourquoi comment est sont était le la les l un une des du de d au aux à
en dans sur pour par avec et ou ce cette ces c s se son sa ses leur leurs il elle ils elles nous vous je groupe décide
décidé a t
"""
_SPANISH = """
quién quiénes qué cuál cuáles cuándo dónde cómo por es son era fue el la los las un una unos unas de del al a en sobre
para con y o este esta estos estas su sus lo se grupo decide decidió ha
"""
_RUSSIAN = """
кто кого кому что чего какой какая какие какое когда где почему как это есть был была были и или в во на о об по для с
со от из к у за его её их группа группы решила решил принял
"""
_ARABIC = """
من ما ماذا متى أين كيف لماذا هل هو هي هم في على عن إلى مع أو و هذا هذه ذلك التي الذي أي قرر قررت الفريق
"""
# Chinese has no spaces: a question is taken apart at these words, and at those that mean the same as others.
_CHINESE = set("谁 什么 哪些 哪个 哪里 何时 如何 怎么 关于 的 是 在 了 吗".split())
_CHINESE_LEFT_OUT = set("小组 决定".split())
_CHINESE_ASKED_FOR = set("代表 协调 协调人 协调员 主席 副主席 会议 决议 报告 文件 联系人".split())
_LONGEST_CHINESE = 12

QUESTION_WORDS = frozenset(
    {word for text in (_ENGLISH, _FRENCH, _SPANISH, _RUSSIAN, _ARABIC) for word in words_of(text)} | _CHINESE_LEFT_OUT
)


def parts_of_chinese(run, known):
    """A run of Chinese taken apart at the words that are known, the longest first; without the words of questions.

    `known` has terms as tuples of words. The run itself, where nothing else would remain.
    """
    words = _CHINESE | _CHINESE_ASKED_FOR | _CHINESE_LEFT_OUT
    parts, rest, at = [], "", 0
    while at < len(run):
        pieces = (run[at : at + length] for length in range(min(_LONGEST_CHINESE, len(run) - at), 0, -1))
        piece = next((one for one in pieces if one in words or (one,) in known), "")
        if piece:
            parts, rest = [*parts, rest, piece], ""
        else:
            rest += run[at]
        at += len(piece) or 1
    parts = [part for part in (*parts, rest) if part]
    return [part for part in parts if part not in _CHINESE] or [run]


LONGEST = 200  # characters of what is asked that are looked at
MOST_WORDS = 10
FEWEST_LETTERS_OF_A_BEGINNING = 4
FEWEST_LETTERS_OF_A_STEM = 4
FEWEST_LETTERS_OF_A_KEY = 3
RUSSIAN_ENDINGS = (
    *("ами", "ями", "ими", "ыми", "его", "ого", "ему", "ому"),
    *("ах", "ях", "их", "ых", "ам", "ям", "им", "ым", "ем", "ом", "ев", "ов"),
    *"аеиоуыэюяьй",
)
LONGEST_TERM = 8  # words


@dataclass(frozen=True)
class Asked:
    """A search that was understood.

    `exact` are the spellings under which a number or name is it, `words` what is marked in what is found, `any_of` each
    word by itself, `near` what terms of several words mean of which one was typed; `left_out` says that some words are
    not looked for.
    """

    typed: str
    wanted: Wanted
    exact: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    left_out: bool = False
    any_of: tuple[Wanted, ...] = field(default=(), repr=False)
    near: tuple[Wanted, ...] = field(default=(), repr=False)

    def __bool__(self):
        return bool(self.wanted.groups)


def understand(typed) -> Asked:
    """What somebody typed. One query, for the synonyms; none where there is no word in it."""
    text = cleaned(typed)[:LONGEST]
    words = words_of(text)
    if not words:
        return Asked(text, Wanted(()))
    rings = _rings()
    words = [part for word in words for part in (parts_of_chinese(word, rings) if is_han(word) else [word])]
    terms = list(_terms_in(words, rings))
    kept = {"iscg"} if any(word.isdigit() for word in words) else set()  # of a number of a document or meeting
    asked = [one for one in terms if one.rings or one.words[0] in kept or one.words[0] not in QUESTION_WORDS] or terms
    looked_for = asked[:MOST_WORDS]
    groups = [tuple(_alternatives(one)) for one in looked_for]
    without = " ".join(word for one in asked for word in one.words)
    return Asked(
        text,
        Wanted(tuple(groups)),
        tuple(dict.fromkeys([compact(text), compact(without), *_subjects_named_by(asked)])),
        tuple(dict.fromkeys(word for one in looked_for for word in _marked(one))),
        len(cleaned(typed)) > LONGEST or len(asked) > MOST_WORDS,
        tuple(Wanted((group,)) for group in groups),
        tuple(_near(looked_for, rings)),
    )


class _Named(NamedTuple):
    """A word, or several that are one term; and the rings that have it, with the codes of their subjects."""

    words: tuple[str, ...]
    rings: list


def _terms_in(words, rings):
    """The words one after the other, of which several may be one term: the longest that is known."""
    at = 0
    while at < len(words):
        lengths = range(min(LONGEST_TERM, len(words) - at), 0, -1)
        length = next((one for one in lengths if _key(words[at : at + one]) in rings), 1)
        named = tuple(words[at : at + length])
        yield _Named(named, rings.get(_key(named), []))
        at += length


def _subjects_named_by(asked):
    """The subjects whose words are all that is asked for, as if their codes had been typed."""
    return [compact(code) for _terms, code in asked[0].rings if code] if len(asked) == 1 else []


def _alternatives(named):
    """The ways in which it may stand in an entry, each once."""
    found = {_all_of(named.words): None}
    if len(named.words) == 1:
        found |= dict.fromkeys(_other_ways(named.words[0]))
    for ring in named.rings:
        found |= dict.fromkeys(_ways_of(ring))
    return found


def _near(looked_for, rings):
    """For “espectro”, which is no term by itself, what “espectro radioeléctrico” stands for."""
    for one in looked_for:
        (key, *more), word = _key(one.words), one.words[0]
        if one.rings or more or len(word) < FEWEST_LETTERS_OF_A_STEM:
            continue
        having = [ring for term, of_term in rings.items() if key in term for ring in of_term]
        if having:
            ways = dict.fromkeys(way for ring in having for way in _ways_of(ring))
            yield Wanted((tuple(ways),))


def _ways_of(ring):
    """The ways in which what a ring means may stand in an entry."""
    terms, code = ring
    yield from map(_all_of, terms)
    if code:
        yield (Term(of_subject(code)),)


def _marked(named):
    """The words that a reader may see in what is found."""
    yield from (stem_of(word) for word in named.words)
    for terms, _code in named.rings:
        yield from (stem_of(word) for term in terms for word in term if len(word) > 1 and word not in QUESTION_WORDS)


def _rings():
    """{key of a term: [(the words of every term of its ring, code of its subject)]}. One query."""
    found = {}
    for synonym in Synonym.objects.select_related("subject").only(*_columns()).order_by("pk"):
        terms = dict.fromkeys(tuple(words_of(term))[:LONGEST_TERM] for term in synonym.terms)
        terms.pop((), None)
        for key in dict.fromkeys(map(_key, terms)):
            found.setdefault(key, []).append((list(terms), synonym.subject.code if synonym.subject_id else ""))
    return found


def _key(words):
    """What the forms of a term share: “кибербезопасности” is “кибербезопасность”."""
    return tuple(
        _stem_of_russian(word, FEWEST_LETTERS_OF_A_KEY) if _is_russian(word) else stem_of(word) for word in words
    )


def _columns():
    return [field.name for field in Synonym._meta.concrete_fields if field.name != "note"] + ["subject__code"]


def _all_of(words):
    return tuple(term for word in words for term in _terms(word))


def _terms(word):
    """The terms that must all be there for a word: of Chinese each two neighbours."""
    if is_han(word):
        return [Term(pair) for pair in pairs_of(word)[:-1]] or [Term(word, is_beginning=True)]
    stem = stem_of(word)
    return [Term(stem, is_beginning=len(stem) >= FEWEST_LETTERS_OF_A_BEGINNING and not stem.isdigit())]


def _other_ways(word):
    """“sg5” for “SG 5”."""
    parts = parts_of(word)
    return [tuple(Term(part) for part in parts)] if len(parts) > 1 else []


def stem_of(word) -> str:
    """The beginning that the forms of a word share: “coordinates” and “coordinator” begin with “coordinat”."""
    stems = ()
    if word.isascii() and word.isalpha() and not word.endswith("ss"):
        stems = (word.removesuffix(ending) for ending in ("ies", "es", "s", "y") if word.endswith(ending))
    elif _is_russian(word):
        stems = (_stem_of_russian(word, FEWEST_LETTERS_OF_A_STEM),)
    elif is_arabic(word) and word.endswith(("ات", "ون", "ين")):
        stems = (word[:-2],)
    return next((stem for stem in stems if len(stem) >= FEWEST_LETTERS_OF_A_STEM), word)


def _is_russian(word):
    return "\u0400" <= word[:1] <= "\u04ff"


def _stem_of_russian(word, fewest):
    """Without the endings of its cases, as long as so many letters are left: “полей” and “полям” are “пол”."""
    while ending := next((one for one in RUSSIAN_ENDINGS if word.endswith(one) and len(word) - len(one) >= fewest), ""):
        word = word.removesuffix(ending)
    return word
