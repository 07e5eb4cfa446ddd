"""A source is printed as it stands, its web addresses as links by the name of their host (rule 8)."""

import pytest
from django.utils.html import conditional_escape

from iscg_portal.sourced import source_cell, source_html
from members.models import Person


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("Document ISCG/25-1/03-E", "Document ISCG/25-1/03-E"),
        ("https://www.example.org/?b&c", '<a href="https://www.example.org/?b&amp;c" rel="external">example.org</a>'),
        ("see https://example.org/a.", 'see <a href="https://example.org/a" rel="external">example.org</a>.'),
        ("<b>", "&lt;b&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("http://[broken", "http://[broken"),
        ("", ""),
    ],
)
def test_web_addresses_become_links(source, printed):
    assert source_html(source) == printed


@pytest.mark.parametrize("indicative", [True, False])
def test_links_stay_links_in_a_table(indicative):
    assert "<a href=" in conditional_escape(source_cell(Person(source="https://example.org/", indicative=indicative)))


def test_indicative_fact_says_so():
    assert "indicative, not the official list" in source_cell(Person(source="X", indicative=True))
    assert "indicative" not in source_cell(Person(source="X"))
