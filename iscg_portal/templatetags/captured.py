"""What a page says of itself, written once in a block and printed in several places."""

from django import template
from django.utils.safestring import mark_safe

register = template.Library()


class Captured(template.Node):
    """The finished text between the two tags, kept under a name. Prints nothing itself."""

    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        # Finished, so escaped already; on one line, since it stands in attributes.
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))
        return ""


@register.tag
def capture(parser, token):
    """`{% capture page_title %}{% block title %}…{% endblock %}{% endcapture %}`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Captured(name, nodelist)
