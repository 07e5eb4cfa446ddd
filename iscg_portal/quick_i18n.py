"""`{% load i18n %}` as Django has it, but a text that never changes is looked up once for each language.

A page says some forty texts, and looking one up, escaping and marking it takes Django twenty steps each time.
"""

from django import template
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class QuickTranslateNode(template.Node):
    """A `{% translate %}` of a fixed text, without filters or context."""

    def __init__(self, node):
        self.node, self.asvar, self.kept = node, node.asvar, {}
        node.asvar = None

    def render(self, context):
        key = get_language(), context.autoescape
        value = self.kept.get(key)
        if value is None:
            value = self.kept[key] = self.node.render(context)
        if self.asvar:
            context[self.asvar] = value
            return ""
        return value


@register.tag("translate")
@register.tag("trans")
def translate(parser, token):
    """As Django's tag of this name."""
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    fixed = isinstance(text.var.literal, str) and not text.filters
    return QuickTranslateNode(node) if fixed and not node.message_context else node
