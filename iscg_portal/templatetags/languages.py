"""Marks of what stands in another language than the page (WCAG 3.1.2); every template has them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from iscg_portal.fixed_terms import term
from iscg_portal.languages import direction_of_language, language_in_words
from iscg_portal.text_origins import marks_in_words

register = template.Library()


@register.filter
def in_language(text):
    """`<td{{ title|in_language }}>`: `lang` and `dir` of a `TextShown` in another language than the page's."""
    lang = text.get("lang", "") if isinstance(text, dict) else getattr(text, "lang", "")
    if not lang:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', lang, direction_of_language(lang))


@register.filter
def spoken_in(code):
    """`<div{{ lang|spoken_in }}>`: `lang` and `dir` of what is in the language with this code; nothing for none."""
    return format_html(' lang="{}" dir="{}"', code, direction_of_language(code)) if code else ""


register.filter(language_in_words)


@register.filter
def place(name):
    """The place in the language of the page where the table of terms has it; else as it is recorded."""
    return term(f"place/{name}") or (format_html("<bdi>{}</bdi>", name) if name else "")


@register.filter
def marks(record):
    """For staff: which texts of a record are official, and which our own translations."""
    origins = getattr(record, "text_origins", None)
    return marks_in_words(type(record), origins) if origins else ""
