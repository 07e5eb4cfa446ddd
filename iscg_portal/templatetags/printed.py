"""What a page prints: dates as exactly as they are known, names, sources, heads of tables, pictures, browsers."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from iscg_portal import fixed_terms
from iscg_portal.codes import unbroken
from iscg_portal.history import print_public
from iscg_portal.languages import (
    COLON,
    COMMA,
    FULL_STOP,
    LIST_COMMA,
    SEMICOLON,
    in_a_row,
    in_brackets,
    with_commas,
    with_full_stop,
)
from iscg_portal.sourced import source_cell, source_html
from iscg_portal.templatetags.languages import in_language
from iscg_portal.tenure.dates import print_date, print_moment
from iscg_portal.web.drawing import drawn

register = template.Library()
register.filter(unbroken)
register.filter(in_brackets)


@register.filter
def printed(day, precision="day"):
    """`{{ term.starts_on|printed:term.starts_precision }}`: “March 2016”; nothing for no date."""
    return print_date(day, precision) if day else ""


@register.filter
def named(person):
    """The person as printed, with the name in the own script where it is recorded; nothing for nobody."""
    if not person:
        return ""
    own = person.name_in_own_script
    return format_html('{} <bdi class="own-script">{}</bdi>', person, own) if own else str(person)


@register.filter
def linked_name(person):
    """The same as a link to the person's page."""
    return format_html('<a href="{}">{}</a>', person.get_absolute_url(), named(person)) if person else ""


@register.filter
def initials(code):
    """Those of a body in the language of the page: “GCR”, “КГР” for RAG."""
    return fixed_terms.initials(code)


@register.filter
def in_words(code):
    """A body in a sentence: its initials, or its name with the code where the language has none."""
    return fixed_terms.body_in_words(code)


@register.filter
def numbered(number):
    """The number of a document as the language of the page has it: “ISCG/25-1/03 (Rév.1)”."""
    return fixed_terms.document_number(number)


@register.filter
def sentence(words):
    """With the full stop of the page's language at the end."""
    return unbroken(with_full_stop(words))


@register.simple_tag
def colon():
    """`{{ group }}{% colon %}{{ name }}`: the colon of the page's language, with its spaces."""
    return COLON.get(get_language(), ": ")


@register.simple_tag
def comma():
    """`{{ day }}{% comma %}{{ place }}`: the comma of the page's language, with its space."""
    return COMMA.get(get_language(), ", ")


@register.simple_tag
def list_comma():
    """The same between things of one kind: names, codes."""
    return LIST_COMMA.get(get_language(), ", ")


@register.simple_tag
def full_stop():
    """The full stop of the page's language, with the space before the next sentence."""
    return FULL_STOP.get(get_language(), ". ")


@register.simple_tag
def semicolon():
    """The same between parts that have commas themselves."""
    return SEMICOLON.get(get_language(), "; ")


@register.filter
def commas(words):
    """`{{ activity.regions_shown|commas }}`: the words with the comma of the page's language between them."""
    return in_a_row(words)


@register.filter
def spoken(text):
    """A `TextShown`, marked with its language where that is not the page's."""
    marks = in_language(text)
    return format_html("<span{}>{}</span>", marks, text) if marks else conditional_escape(text)


@register.filter
def written_in(reason, language):
    """A reason for the public, marked with the language in which it was written where that is not the page's."""
    return spoken(print_public(reason, language))


@register.filter
def printed_at(moment):
    """“12 February 2025, 14:03”, Geneva time; nothing for no moment."""
    return print_moment(moment) if moment else ""


@register.filter
def state_on(term, day):
    """`{{ term|state_on:day }}`: “in office”, “ended”, “upcoming”, or what an inexact date allows to say."""
    return term.print_state(day)


@register.filter
def office_state(office):
    """`{{ subject.office|office_state }}`: “held”, “vacant since June 2024”, “not recorded”, each in its colour."""
    mark, since = format_html('<span class="state {}">{}</span>', office.css, office.label), office.since
    return format_html("{} <small>{}</small>", mark, since) if since else mark


@register.filter
def old_evidence(tenure, day):
    """`{{ term|old_evidence:day }}`: “last confirmed 23 January 2025”, where that is old on the day."""
    words = tenure.old_evidence(day)
    return format_html('<small class="old-evidence">{}</small>', words) if words else ""


@register.filter
def links(text):
    """A source as a text, its web addresses as links."""
    return source_html(text)


@register.filter
def isolated(text):
    """A name in other letters than those around it, such as “2025-2028” in Arabic: it keeps its own order of signs."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def source(record):
    """Where the fact stands, with links, and that it is not official where it is not; for a table's cell."""
    return source_cell(record)


@register.simple_tag
def drawing(picture, caption):
    """`{% drawing lanes caption %}`: the SVG of a picture that a `draw_…` function described."""
    return drawn(picture, caption)


@register.simple_tag
def table_head(heads, id, caption, day=None, note=""):
    """`{% table_head table.heads id="terms" caption=caption day=day %}`: components/_table.html."""
    context = {"columns": heads, "id": id, "caption": caption, "day": day, "note": note}
    return render_to_string("components/_table.html", context)


@register.filter
def sectors(letters):
    """`{{ subject.scope|sectors }}`: the marks of Sectors, each by hue, shape and letter together."""
    marks = (f'<span class="sector {letter.lower()}">{fixed_terms.initials(letter)}</span>' for letter in letters)
    return mark_safe(f'<span class="sectors">{"".join(marks)}</span>')


# The first that is found counts: most browsers also name those that they resemble.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser(said):
    """`Firefox, Windows`, from what the browser says of itself; its own words where nothing is known in them."""
    named = (next((name for sign, name in known.items() if sign in said), "") for known in (BROWSERS, SYSTEMS))
    return with_commas(named) or said
