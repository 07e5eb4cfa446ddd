"""Who was asked whether the own entry is right and has not answered before the next meeting of the group."""

from django.utils.translation import ngettext_lazy

from secretariat.findings import CARE, Finding, Topic, admin_address
from workspace.models import EntryLink
from workspace.proposals.entries import how_it_stands, unanswered

NOT_ANSWERED = Topic(
    "",
    CARE,
    ngettext_lazy(
        "%(count)d office holder has not confirmed the entry",
        "%(count)d office holders have not confirmed the entry",
        "count",
    ),
)


def ask_entries(on):
    """A finding for each, leading to where a new link is sent; one query, and six more once a meeting is announced."""
    for person, link in unanswered(on):
        url = admin_address(EntryLink, page="add", person=person.pk)
        yield Finding(NOT_ANSWERED, f"{person}: {how_it_stands(link, on)}.", url)
