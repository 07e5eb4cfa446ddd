"""A change that the feed may tell, and the moment at which it is news."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.utils.html import format_html, format_html_join

from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import GENEVA

NEWEST = 50  # entries in the feed, and as many rows at most are looked at of each kind


class Told(NamedTuple):
    """What an entry says: `summary` is safe HTML, `path` the page that says it now."""

    title: str
    summary: str
    path: str


class News(NamedTuple):
    """One change: when it is news, its name for ever, and what puts it into words, since only the newest are told."""

    at: datetime.datetime
    key: str
    tell: Callable[[], Told]


def moment_of(day, recorded_at, reason):
    """When a change was recorded. What was shipped is as old as its day, or as the loading where it has none."""
    return midnight(day) if day and reason == REASON else recorded_at


def midnight(day):
    """The moment at which the day begins in Geneva."""
    return datetime.datetime.combine(day, datetime.time(), GENEVA)


def summary_of(*lines):
    """A paragraph for each line that is not blank, in its own language where it is a `Text`."""
    return format_html_join("", "{}", ((_paragraph(line),) for line in lines if line))


def _paragraph(line):
    lang = getattr(line, "lang", "")
    return format_html('<p lang="{}">{}</p>', lang, line) if lang else format_html("<p>{}</p>", line)
