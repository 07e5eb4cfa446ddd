"""Small pages that other websites show in a frame, and the page that gives the code for them (clause W5).

The hosts of `EMBED_ANCESTORS` may frame them, nobody else; no other page of the portal can be framed at all.
"""

from functools import wraps
from typing import NamedTuple

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt

from iscg_portal.tables import ROWS_A_PAGE, read_choice
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page, takes
from meetings.models import Meeting
from members.composition import composition, terms_with_successors
from members.pictures.composition import draw_composition
from subjects.models import Subject

THEMES = {"light": _("light"), "dark": _("dark")}


class Block(NamedTuple):
    """One of the blocks: its page, its title, and a height in pixels that fits it."""

    page: str
    title: str
    height: int

    @property
    def path(self):
        """Where it is, in the page's language."""
        return reverse(self.page)


BLOCKS = [
    Block("front:embedded-composition", _("Composition of the ISCG"), 700),
    Block("front:embedded-subjects", _("Subjects of the ISCG and their Coordinators"), 520),
    Block("front:embedded-next-meeting", _("Next meeting of the ISCG"), 260),
]


def embeddable(view):
    """Let the hosts of `EMBED_ANCESTORS`, and the portal itself, show the page in a frame; its 304 and 404 too."""

    @wraps(view)
    def page(request, *args, **kwargs):
        framed = csp_replace({"frame-ancestors": [SELF, *settings.EMBED_ANCESTORS]})(xframe_options_exempt(view))
        return framed(request, *args, **kwargs)

    return page


@csp_update({"frame-src": [SELF]})
@public_page
@takes("theme")
def embedding(request):
    """The code of each block, and what it looks like; `?theme=` light or dark, else as the reader's system is."""
    context = {
        "blocks": BLOCKS,
        "theme": read_choice(request, "theme", THEMES),
        "themes": THEMES.items(),
        "hosts": settings.EMBED_ANCESTORS,
    }
    return render(request, "front/embedding.html", context)


@embeddable
@public_page
@takes("theme")
def embedded_composition(request):
    """The management team as it is today, with the successors on record. Three queries."""
    on = today()
    composed = composition(on, terms_with_successors(on))
    context = {"composition": composed, "picture": draw_composition(composed, rtl=get_language_bidi())}
    return _block(request, "composition", context)


@embeddable
@public_page
@takes("theme")
def embedded_subjects(request):
    """The subjects on today's list with their Coordinators, as many as a page of the list has."""
    on = today()
    subjects = Subject.objects.public().on_the_list(on).read_coordinator(on)
    shown = list(subjects.order_by("code")[: ROWS_A_PAGE + 1])
    return _block(request, "subjects", {"subjects": shown[:ROWS_A_PAGE], "has_more": len(shown) > ROWS_A_PAGE})


@embeddable
@public_page
@takes("theme")
def embedded_next_meeting(request):
    """The next meeting of the group, and those before it that are called off. One query."""
    return _block(request, "next_meeting", {"announced": Meeting.objects.public().announced(today())})


def _block(request, name, context):
    common = {"theme": read_choice(request, "theme", THEMES), "on": today()}
    return render(request, f"front/embedded_{name}.html", context | common)
