"""Tables in templates."""

from django import template
from django.template.loader import render_to_string

from iscg_portal.fragments import remembered

register = template.Library()


@register.simple_tag
def table_head(heads, id, caption, day=None, note=""):
    """`{% table_head table.heads id="terms" caption=caption day=day %}`: components/_table.html, remembered."""
    return _head(tuple(heads), id, str(caption), day, str(note or ""))


@remembered
def _head(columns, id, caption, day, note):
    context = {"columns": columns, "id": id, "caption": caption, "day": day, "note": note}
    return render_to_string("components/_table.html", context)
