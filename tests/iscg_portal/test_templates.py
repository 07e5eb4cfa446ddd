"""The portal's own template tags say what Django's would, only sooner."""

from datetime import date

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils.safestring import mark_safe
from django.utils.translation import override

EMPTY = '{% load pieces %}{% piece "components/_empty.html" with what=what why=why only %}'
DAY = '{% load pieces %}{% piece "components/_day.html" with day=day today=day path="/" kept=kept only %}'


def rendered(source, language="en", **values):
    with override(language):
        return engines["django"].from_string(source).render(values)


def test_piece_is_what_the_template_says_in_each_language():
    values = {"day": date(2025, 2, 12), "kept": ()}
    assert "12 February 2025" in rendered(DAY, **values)
    assert "12 février 2025" in rendered(DAY, "fr", **values)
    included = DAY.replace("{% piece", "{% include")
    assert rendered(DAY, **values) == rendered(included, **values)


def test_piece_never_takes_a_text_for_the_same_text_marked_safe():
    safe, unsafe = (rendered(EMPTY, what=what, why="") for what in (mark_safe("<b>"), "<b>"))
    assert ("<b>" in safe, "<b>" in unsafe) == (True, False)


def test_piece_may_be_given_what_cannot_be_remembered():
    said = [rendered(DAY, day=date(2025, 2, 12), kept=[("sector", letter)]) for letter in "RT"]
    assert ['value="R"' in said[0], 'value="T"' in said[1]] == [True, True]


def test_piece_sees_only_what_it_is_given():
    with pytest.raises(TemplateSyntaxError, match="only"):
        rendered('{% load pieces %}{% piece "components/_empty.html" with what="x" %}')
