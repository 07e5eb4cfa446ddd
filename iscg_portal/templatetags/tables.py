"""Tables in templates."""

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def table_head(heads, id, caption, day=None, note=""):
    """`{% table_head table.heads id="terms" caption=caption day=day %}`: components/_table.html."""
    context = {"columns": heads, "id": id, "caption": caption, "day": day, "note": note}
    return render_to_string("components/_table.html", context)
