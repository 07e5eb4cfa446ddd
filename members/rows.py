"""Words of the rows of the changes page."""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fragments import remembered
from members.models.groups import group_of
from members.url_base import url_base

CSS_OF_STATE = {"held": "held", "vacant": "vacant", "not recorded": "unrecorded"}


@remembered
def pages_of_composition(here, day_query=""):
    """Links to the three pages of the composition; `here` is the one that is open."""
    return render_to_string("members/_here.html", {"here": here, "asked": day_query})


def seat_name(code):
    """The name of a seat, with the mark of its Sector."""
    group = group_of(code)
    if not group:
        return _("Chair")
    sector = GroupCode(group).sector
    mark = '<span class="sector {}" aria-hidden="true">{}</span> {}'
    return format_html(mark, sector.lower(), sector, group)


def person_url(person):
    """The address of a person's page."""
    return f"{url_base('members:person-detail')}{person.slug}/"
