"""A code such as “PP-26” stays on one line of a page: browsers part it at its hyphen."""

import pytest

from iscg_portal.codes import unbroken
from iscg_portal.sourced import source_html
from iscg_portal.templatetags.printed import sentence


def test_each_code_in_a_sentence_stays_on_one_line():
    said = unbroken("After PP-26, <WTDC-25> and TSAG-2022-2024-4")
    assert said.count('<bdi class="code">') == said.count("</bdi>") == 3
    assert '<bdi class="code">PP-26</bdi>, &lt;<bdi class="code">WTDC-25</bdi>&gt;' in said
    assert said.endswith('<bdi class="code">TSAG-2022-2024-4</bdi>')
    assert sentence("It follows RA-27") == 'It follows <bdi class="code">RA-27</bdi>.'


@pytest.mark.parametrize("words", ["/en/meetings/RAG-2014/", "2025-02-12", "a-1", "ITU-R", "ISCG/25-1/03", "A-BC-1x"])
def test_what_is_no_code_is_left_as_it_is(words):
    assert unbroken(words) == words


def test_each_code_in_a_source_stays_on_one_line():
    said = source_html("Decided at WTSA-24, https://example.org/RAG-2014/a")
    assert '<bdi class="code">WTSA-24</bdi>' in said and 'href="https://example.org/RAG-2014/a"' in said
