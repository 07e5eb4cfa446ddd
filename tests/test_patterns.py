"""Every regular expression of the portal takes linear time, whatever it is given; so none can hold a worker up."""

import ast
import pkgutil
import re
import signal
import time
from importlib import import_module
from re import _parser

import pytest
from django.apps import apps
from django.core.validators import RegexValidator

from tests import walks
from tests.test_architecture import LAYERS, MODULES, ROOT

LENGTH = 100_000 if walks.whole else 10_000
MOST_SECONDS = 1.0 if walks.whole else 0.05  # of the processor for one attack; a quadratic pattern takes many
INSIDE_FUNCTIONS = {"match", "search", "sub", "fullmatch", "findall", "finditer", "split"}


def modules():
    """Every module of the portal but its migrations."""
    for layer in LAYERS:
        if (ROOT / layer).is_dir():
            package = import_module(layer)
            yield package
            for found in pkgutil.walk_packages(package.__path__, f"{layer}."):
                if ".migrations" not in found.name:
                    yield import_module(found.name)


def patterns_in(value, depth=0):
    """The patterns that a value of a module is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        yield from (one for each in value.values() for one in patterns_in(each, depth + 1))
    elif depth < 4 and isinstance(value, (list, tuple, set, frozenset)):
        yield from (one for each in value for one in patterns_in(each, depth + 1))


def all_patterns():
    """{pattern: where it is}; those of validators too."""
    found = {
        one: module.__name__ for module in modules() for value in vars(module).values() for one in patterns_in(value)
    }
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model.__module__.split(".")[0] in LAYERS else ():
            for validator in field.validators:
                if isinstance(validator, RegexValidator):
                    found[re.compile(validator.regex.pattern, validator.regex.flags)] = str(field)
    return found


def samples(items):
    """For each place of a parsed pattern: what stands before it at the least, and what may stand there."""
    before = ""
    for kind, value in items:
        options = one_of(kind, value)
        if kind not in (_parser.LITERAL, _parser.SUBPATTERN, _parser.BRANCH):
            yield from ((before, option) for option in options)
        if kind in (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT):
            least, _most, inner = value
            yield from ((before + start, option) for start, option in samples(inner))
            before += (options[0] if options else "") * least
        elif kind is _parser.SUBPATTERN:
            yield from ((before + start, option) for start, option in samples(value[-1]))
            before += options[0] if options else ""
        elif kind is _parser.BRANCH:
            for branch in value[1][:4]:
                yield from ((before + start, option) for start, option in samples(branch))
            before += options[0] if options else ""
        else:
            before += options[0] if options else ""
    yield before, ""


OF_CATEGORY = {
    _parser.CATEGORY_SPACE: " ",
    _parser.CATEGORY_DIGIT: "1",
    _parser.CATEGORY_WORD: "a",
    _parser.CATEGORY_NOT_SPACE: "x",
    _parser.CATEGORY_NOT_DIGIT: "x",
    _parser.CATEGORY_NOT_WORD: "!",
}


def one_of(kind, value):
    """A few texts that this part of a pattern takes; none for what only looks."""
    if kind is _parser.LITERAL:
        return [chr(value)]
    if kind in (_parser.ANY, _parser.NOT_LITERAL):
        return ["x"]
    if kind is _parser.CATEGORY:
        return [OF_CATEGORY[value]]
    if kind is _parser.IN:
        return in_class(value)
    if kind in (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT):
        return [least_of(value[2])]
    if kind is _parser.SUBPATTERN:
        return [least_of(value[-1])]
    if kind is _parser.BRANCH:
        return [least_of(branch) for branch in value[1]][:2]
    return []


def in_class(members):
    """Members of a class, or of what is outside of it."""
    if members[0][0] is _parser.NEGATE:
        wanted = [sign for sign in "a <1x-" if not re.match(f"[{sign_class(members[1:])}]", sign)]
        return wanted[:2]
    texts = []
    for kind, value in members:
        texts += [chr(value[0])] if kind is _parser.RANGE else one_of(kind, value)
    return texts[:2]


def sign_class(members):
    written = {_parser.CATEGORY_SPACE: r"\s", _parser.CATEGORY_DIGIT: r"\d", _parser.CATEGORY_WORD: r"\w"}
    written |= {_parser.CATEGORY_NOT_SPACE: r"\S", _parser.CATEGORY_NOT_DIGIT: r"\D", _parser.CATEGORY_NOT_WORD: r"\W"}
    texts = []
    for kind, value in members:
        if kind is _parser.CATEGORY:
            texts.append(written[value])
        elif kind is _parser.RANGE:
            texts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            texts.append(re.escape(chr(value)))
    return "".join(texts)


def least_of(items):
    text = ""
    for kind, value in items:
        options = one_of(kind, value)
        times = value[0] if kind in (_parser.MAX_REPEAT, _parser.MIN_REPEAT) else 1
        text += (options[0] if options else "") * times
    return text


def attacks_on(pattern):
    """Texts that make it begin again and again, or go on and on and then fail."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    pairs = set(
        samples(
            _parser.parse(written, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
        )
    )
    texts = set()
    for before, pump in pairs:
        texts |= {before + pump * LENGTH, pump * LENGTH, (before + pump) * LENGTH, (before + " ") * LENGTH}
    for text in texts:
        if text:
            yield text[:LENGTH] + "\x00"


class TooSlow(Exception):
    pass


def seconds_of(pattern, text):
    """What searching takes of the processor. Errors: TooSlow."""
    text = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        for _found in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


@pytest.fixture
def alarm():
    def stop(*_signal):
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def slow_ones(patterns):
    found = {}
    for pattern, where in patterns.items():
        for text in attacks_on(pattern):
            try:
                seconds_of(pattern, text)
            except TooSlow:
                found[f"{where}: {pattern.pattern}"] = text[:40]
                break
    return found


@pytest.mark.walk
def test_no_pattern_is_slow_on_its_worst(alarm):
    """`make walk` attacks with longer texts."""
    patterns = all_patterns()
    assert len(patterns) > 50
    assert slow_ones(patterns) == {}


@pytest.mark.parametrize("slow", [r"<[^>]*>", r"\s+\(", r"\[\s*(x?)\s*\]", r"tel[a-z]*:\d", r"(a+)+b", r"(?:\w+\s?)*!"])
def test_the_attacks_find_a_slow_pattern(alarm, monkeypatch, slow):
    monkeypatch.setattr("tests.test_patterns.LENGTH", 50_000)  # slow on a fast machine too
    assert slow_ones({re.compile(slow): "here"})


def test_patterns_have_names_where_this_test_finds_them():
    """A pattern written inside a function is found by nobody."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if "import re\n" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in INSIDE_FUNCTIONS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    ]
    assert found == []
