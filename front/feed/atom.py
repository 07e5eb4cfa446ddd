"""The feed as Atom (RFC 4287): the newest entries of every kind, under names that never change."""

import datetime
import uuid
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from front.feed import meetings, offices, papers
from front.feed.entries import NEWEST
from iscg_portal.plain_text import for_xml
from iscg_portal.translated import HTML_LANG

NAMESPACE = uuid.UUID("918eca0b-b49d-4b17-97d0-ac869709dff7")  # of the portal's feeds and their entries, for ever
BEFORE_ALL = datetime.datetime(2013, 1, 1, tzinfo=datetime.UTC)  # stands where there is no entry yet


class _Feed(Atom1Feed):
    """A feed without entries is as old as can be, so that it stays the same from one moment to the next."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def changes_feed(on, token="") -> str:
    """The feed of what was recorded up to the day, in the active language.

    Seven queries; none where the record has the same token as before.
    """
    active = get_language()
    lang = HTML_LANG.get(active, active)
    feed = _Feed(
        title=_("Changes in the record of the ISCG"),
        link=settings.SITE_URL + reverse("front:home"),
        description=None,
        subtitle=_("Who came and who left, meetings, documents and annual reports, the newest first."),
        language=lang,
        author_name="ISCG",
        feed_url=settings.SITE_URL + reverse("front:changes-feed"),
        feed_guid=_name(lang, "changes"),
    )
    for news in _remembered(token, on, active) if token else newest(on):
        told = news.tell()
        feed.add_item(
            title=for_xml(told.title),
            link=settings.SITE_URL + told.path,
            description=for_xml(told.summary),
            unique_id=_name(lang, news.key),
            updateddate=news.at,
        )
    return feed.writeString("utf-8")


@lru_cache(maxsize=12)
def _remembered(_token, on, _language):
    """`newest`, which depends on the record and the day alone; in six languages on one day or the next."""
    return newest(on)


def newest(on):
    """The newest of all kinds, the newest first."""
    found = [*offices.news(on), *meetings.news(), *papers.news_of_documents(), *papers.news_of_reports()]
    return sorted(found, key=lambda news: (news.at, news.key), reverse=True)[:NEWEST]


def _name(lang, key):
    return uuid.uuid5(NAMESPACE, f"{lang}/{key}").urn
