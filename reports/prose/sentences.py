"""How a sentence of a report is made: whole sentences in gettext, into which facts go escaped, linked and listed."""

import re

from django.conf import settings
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from iscg_portal import languages
from iscg_portal.fixed_terms import term
from iscg_portal.translated import TextShown
from reports.renditions.harmless import harmless_html
from reports.renditions.words import direction_of, isolated

MOST_LISTED = 60  # of one sentence; of the others the number is given
_BLOCK = re.compile(r'<(p|ul|ol|h4|blockquote|pre|table)((?: start="[0-9]+")?)>')
_HEADING = re.compile(r"(</?)h3>")


def said(sentence, **facts):
    """The sentence as HTML, with each fact in its place."""
    return mark_safe(conditional_escape(sentence) % {name: fact(value) for name, value in facts.items()})


def fact(value):
    """A fact as HTML: a text of another language is marked as that, and one of another script kept together."""
    if isinstance(value, (SafeString, int)):
        return value
    if isinstance(value, TextShown) and value.lang:
        return format_html('<span lang="{}" dir="{}">{}</span>', value.lang, direction_of(value), value)
    return conditional_escape(isolated(str(value), get_language()))


def linked(value, url):
    """The fact as a link to its row; the address is a full one, since a file has no address of its own."""
    return format_html('<a href="{}{}">{}</a>', settings.SITE_URL, url, fact(value)) if url else fact(value)


def named(subject):
    """“Human exposure to electromagnetic fields (EMF)”, with a link to the page of the subject."""
    return linked(with_brackets(subject.title_shown, subject.code), subject.get_absolute_url())


def with_brackets(name, more):
    """“ISCG 25-1 (12 February 2025)”, with the brackets of the language."""
    return mark_safe(term("body/in full").format(name=fact(name), code=fact(more)))


def listed(facts):
    """“A, B and C” in the active language; of very many the first, and how many more there are."""
    facts = list(facts)
    shown = [fact(one) for one in facts[:MOST_LISTED]]
    if len(facts) > MOST_LISTED:
        shown.append(how_many_more(len(facts) - MOST_LISTED))
    return mark_safe(languages.listed(shown))


def how_many_more(count):
    """“5 more”, of what a list does not name."""
    return ngettext("one more", "%(count)d more", count) % {"count": count}


def listed_rows(rows, make):
    """The same of rows, of which only those are made that are named."""
    return listed([make(row) for row in rows[:MOST_LISTED]] + list(rows[MOST_LISTED:]))


def together(*sentences):
    """The sentences that there are, one behind the other: after a Chinese full stop without a space."""
    space = "" if get_language() == "zh-hans" else " "
    return format_html_join(space, "{}", ((sentence,) for sentence in sentences if sentence))


def paragraph(*sentences):
    """The same as a paragraph; blank where there are none."""
    there = together(*sentences)
    return format_html("<p>{}</p>", there) if there else ""


def heading(words):
    """A heading inside a section."""
    return format_html("<h3>{}</h3>", words)


def bullets(items):
    """The items as a list."""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items)))


def joined(parts):
    """Paragraphs, headings and lists, one below the other."""
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def rendered(text, lang=""):
    """What somebody wrote in Markdown, with its lists and below the headings of the report, in its own direction."""
    html = _HEADING.sub(r"\1h4>", harmless_html(text))
    spoken = f' lang="{lang or getattr(text, "lang", "")}"' if lang or getattr(text, "lang", "") else ""
    return mark_safe(_BLOCK.sub(rf'<\1\2{spoken} dir="{direction_of(text)}">', html))
