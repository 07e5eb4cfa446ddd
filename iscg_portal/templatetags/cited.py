"""How a page is cited: a text in the language of the page, made of whole sentences."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from iscg_portal.templatetags.printed import spoken
from iscg_portal.tenure.dates import print_date, print_moment

register = template.Library()


@register.simple_tag
def citation(title, day, address, query=""):
    """`{% citation page_title day page_address %}`: title, day asked, moment of the record, and the address.

    `day` is None for a page that depends on no single day; `query` then says which days it tells of. The moment is
    left out where the record has none yet.
    """
    moment = address.recorded_at
    if day and moment:
        said = _(
            "Inter-Sector Coordination Group (ISCG): %(title)s, as on %(day)s. As recorded on %(moment)s (Geneva)."
        )
    elif day:
        said = _("Inter-Sector Coordination Group (ISCG): %(title)s, as on %(day)s.")
    elif moment:
        said = _("Inter-Sector Coordination Group (ISCG): %(title)s. As recorded on %(moment)s (Geneva).")
    else:
        said = _("Inter-Sector Coordination Group (ISCG): %(title)s.")
    names = {"day": day and print_date(day), "moment": moment and print_moment(moment)}
    where = address.on(day) if day else f"{address.site}{address.path}{query}" if query else address.full
    # The address keeps its own order of signs in Arabic.
    return format_html("{} <bdi>{}</bdi>", mark_safe(said % (names | {"title": spoken(title)})), where)
