"""Where a fact comes from (rule 8): every shipped fact has a source, and says when it is indicative."""

import re
from functools import lru_cache
from operator import attrgetter
from urllib.parse import urlsplit

from django.db import models
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.tables.fields import Field

WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:)])")


@lru_cache(maxsize=1_000)
def source_html(source):
    """The source as a page prints it: web addresses as links by the name of their host."""
    parts = enumerate(WEB_ADDRESS.split(source))  # texts and addresses in turn
    return mark_safe("".join(_link(part) if place % 2 else conditional_escape(part) for place, part in parts))


def source_cell(record):
    """The source in a table's cell, with the word that it is not official where it is not."""
    source = source_html(record.source)
    if not record.indicative:
        return source
    remark = gettext("indicative, not the official list")
    return format_html('{} <em class="indicative">{}</em>', source, remark)


def _link(address):
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return conditional_escape(address)
    return format_html('<a href="{}" rel="external">{}</a>', address, (host or address).removeprefix("www."))


SOURCED_FIELDS = [
    Field("source", _("where the fact stands: a document’s number or a web address"), attrgetter("source")),
    Field("indicative", _("yes where it is not taken from an official list"), attrgetter("indicative")),
]


class Sourced(models.Model):
    """Mixin for models whose data may be shipped."""

    source = models.CharField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("Where this fact stands: a document's number or a web address."),
    )
    indicative = models.BooleanField(
        _("not from an official list"),
        default=False,
        help_text=_("Not taken from an official list; pages say so until this is unticked."),
    )

    class Meta:
        abstract = True
