"""Pieces of a page that are the same whenever the same values go into them."""

from django import template
from django.conf import settings
from django.template.loader_tags import do_include
from django.utils.translation import get_language

register = template.Library()
MOST = 2_000
_kept = {}


@register.tag
def piece(parser, token):
    """`{% piece "components/_day.html" with day=day only %}`: as `include`, but made once and remembered.

    The template must read nothing but what it is given here and the language.
    """
    include = do_include(parser, token)
    if not include.isolated_context:
        raise template.TemplateSyntaxError("A piece sees only what it is given: end the tag with `only`.")
    include.origin, include.token = parser.origin, token
    return PieceNode(include)


class PieceNode(template.Node):
    """An `include … only` whose result is remembered for its values, where these are hashable."""

    def __init__(self, include):
        self.include = include

    def render(self, context):
        name = self.include.template.resolve(context)
        values = [value.resolve(context) for value in self.include.extra_context.values()]
        # 1 and True, or a text and the same text marked safe, are equal and yet print differently.
        key = (name, get_language(), context.autoescape, *self.include.extra_context, *map(type, values), *values)
        try:
            made = None if settings.DEBUG else _kept.get(key)
        except TypeError:
            return self.include.render(context)
        if made is None:
            made = self.include.render(context)
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = made
        return made
