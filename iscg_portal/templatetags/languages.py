"""Marks of what stands in another language than the page (WCAG 3.1.2); every template has them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from iscg_portal.languages import RIGHT_TO_LEFT, language_in_words
from iscg_portal.terms import term
from iscg_portal.text_origins import marks_in_words

register = template.Library()


@register.filter
def in_language(text):
    """`<td{{ title|in_language }}>`: `lang` and `dir` of a `Text` that is not in the page's language; else nothing."""
    lang = text.get("lang", "") if isinstance(text, dict) else getattr(text, "lang", "")
    if not lang:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', lang, "rtl" if lang in RIGHT_TO_LEFT else "ltr")


register.filter(language_in_words)


@register.filter
def place(name):
    """The place in the language of the page where the table of terms has it; else as it is recorded."""
    return term(f"place/{name}") or (format_html("<bdi>{}</bdi>", name) if name else "")


@register.filter
def marks(record):
    """For staff: which texts of a record are official, and which our own translations."""
    return marks_in_words(getattr(record, "text_origins", {}))
