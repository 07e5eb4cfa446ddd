"""The words of a page that lead to the glossary."""

from django import template

from front.glossary import WORDS

register = template.Library()


@register.inclusion_tag("front/_words.html")
def words(*keys):
    """`{% words "seat" "vacant" %}`: one small line with the words that a page uses; KeyError for an unknown one."""
    return {"words": [WORDS[key] for key in keys]}
