"""Texts as they are searched: without case, accents and marks, in words; Chinese in pairs of characters.

What is kept and what is asked is folded here, so that both databases compare the same plain words.
"""

import re
import unicodedata

from iscg_portal.name_keys import romanized

LONGEST_WORD = 40
# Ways of writing one Arabic letter, and the Persian ones that stand for it.
_ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ە": "ه", "ہ": "ه"})
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_FEWEST_AFTER_ARTICLE = 3
_JOINERS = "\u200c\u200d"
_PARTS = re.compile("[0-9]{1,40}|[^0-9]{1,40}")
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HAN = re.compile(f"[{_HAN}]")
_RUNS = re.compile(f"[{_HAN}]{{1,1000}}|[^{_HAN}]{{1,1000}}")


class _Letters(dict):
    """What each character becomes: letters and digits in their plain form, nothing for a mark, else a space."""

    def __missing__(self, number):
        folded = self[number] = "".join(map(_plain, romanized(romanized(chr(number)).casefold())))
        if not folded and not _is_mark(chr(number)):
            folded = self[number] = " "
        return folded


def _plain(sign):
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return sign.translate(_ARABIC) if unicodedata.category(sign)[0] in "LMN" else " "


def _is_mark(sign):
    return sign in _JOINERS or sign == "\u0640" or unicodedata.category(sign)[0] == "M"


_LETTERS = _Letters()


def folded(text) -> str:
    """The text with plain letters, and a space for everything that is no letter and no digit."""
    return str(text).translate(_LETTERS)


def is_han(word) -> bool:
    """Whether a folded word is of a script that is written without spaces."""
    return bool(_IS_HAN.match(word))


def is_arabic(word) -> bool:
    """Whether a folded word is written in Arabic letters."""
    return "\u0600" <= word[:1] <= "\u06ff"


def words_of(text) -> list[str]:
    """The words of a text as somebody asks for them: “Q7/2” gives q7 and 2, “第191号决议” gives 第, 191, 号决议."""
    found = []
    for word in folded(text).split():
        for run in _RUNS.findall(word) if not word.isascii() and _IS_HAN.search(word) else (word,):
            found.append(plain_number(without_article(run))[:LONGEST_WORD])
    return found


def plain_number(word) -> str:
    """A number without the zeros before it."""
    return (word.lstrip("0") or "0") if word.isdigit() else word


def without_article(word) -> str:
    """An Arabic word without its article."""
    if is_arabic(word):
        for article in _ARTICLES:
            if word.startswith(article) and len(word) - len(article) >= _FEWEST_AFTER_ARTICLE:
                return word[len(article) :]
    return word


def parts_of(word) -> list[str]:
    """The letters and the numbers of a word: “5g” gives 5 and g."""
    return [plain_number(part) for part in _PARTS.findall(word)]


def pairs_of(run) -> list[str]:
    """Each two neighbours of a run of characters, and the last one alone: so any two that stand together are found."""
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def keys_of(texts) -> dict[str, None]:
    """Everything under which the texts are found, each once and in their order."""
    found = {}
    for text in texts:
        for word in words_of(text):
            if is_han(word):
                found.update(dict.fromkeys(pairs_of(word)))
                continue
            found[word] = None
            parts = parts_of(word)
            if len(parts) > 1:
                found.update(dict.fromkeys(parts))
    return found


def compact(text) -> str:
    """A number or name in one spelling: “ISCG/25-1/03” and “iscg 25-1 3” are “iscg-25-1-3”."""
    return "-".join(words_of(text))
