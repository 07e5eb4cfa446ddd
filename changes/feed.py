"""The feed as Atom (RFC 4287): the newest events of every kind, under names that never change.

What an entry's day and moment are is in docs/decisions/0010-feed-of-changes.md.
"""

import datetime
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from changes.events import NEWEST, newest_of_each_kind
from iscg_portal.plain_text import for_xml
from iscg_portal.translated import HTML_LANG

NAMESPACE = uuid.UUID("918eca0b-b49d-4b17-97d0-ac869709dff7")  # of the portal's feeds and their entries, for ever
BEFORE_ALL = datetime.datetime(2013, 1, 1, tzinfo=datetime.UTC)  # stands where there is no entry yet


class _Feed(Atom1Feed):
    """A feed without entries is as old as can be, so that it stays the same from one moment to the next."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def changes_feed(on) -> str:
    """The feed of what is news by the day, in the active language. Seven queries."""
    active = get_language()
    lang = HTML_LANG.get(active, active)
    feed = _Feed(
        title=_("Changes in the record of the ISCG"),
        link=settings.SITE_URL + reverse("front:home"),
        description=None,
        subtitle=_("Who came and who left, meetings, documents and annual reports, the newest first."),
        language=lang,
        author_name="ISCG",
        feed_url=settings.SITE_URL + reverse("changes:feed"),
        feed_guid=_name(lang, "changes"),
    )
    for event in newest_events(on):
        feed.add_item(
            title=for_xml(event.title),
            link=settings.SITE_URL + event.url,
            description=for_xml(_paragraphs(event.details)),
            unique_id=_name(lang, event.key),
            updateddate=event.at,
        )
    return feed.writeString("utf-8")


def newest_events(on):
    """The newest of all kinds, the newest first."""
    found = [event for newest in newest_of_each_kind for event in newest(on)]
    return sorted(found, key=lambda event: (event.at, event.key), reverse=True)[:NEWEST]


def _name(lang, key):
    return uuid.uuid5(NAMESPACE, f"{lang}/{key}").urn


def _paragraphs(lines):
    """A paragraph for each line that is not blank, in its own language where it is a `Text`."""
    return format_html_join("", "<p{}>{}</p>", ((_lang(line), line) for line in lines if line))


def _lang(line):
    lang = getattr(line, "lang", "")
    return format_html(' lang="{}"', lang) if lang else ""
