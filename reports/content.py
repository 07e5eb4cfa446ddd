"""The content of a report as it will be frozen, or would be: what the page before it shows is what is published."""

from django.conf import settings
from django.utils.translation import override

from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE
from reports.composing import tree_of
from reports.statements import statement_of


def content_of(report, facts):
    """The content: the text in each of the six languages, and what stands in the head of it."""
    blocks = {block.key: block for block in report.blocks.all()}
    original = PREFIX_OF_LANGUAGE[report.original_language]
    trees = {}
    for prefix in sorted(LANGUAGE_OF_PREFIX):
        with override(LANGUAGE_OF_PREFIX[prefix]):
            trees[prefix] = tree_of(report, facts, blocks, prefix)
    return {
        "schema": 2,
        "code": report.code,
        "variant": report.variant,
        "variant_number": report.variant_number,
        "corrects": report.base.code if report.base else "",
        "number": report.number,
        "period": {
            "from": report.period_from.isoformat(),  # the day before the first day
            "first_day": report.first_day.isoformat(),
            "to": report.period_to.isoformat(),
        },
        "kind": report.kind,
        "original_language": original,
        "dated_on": report.dated_on.isoformat() if report.dated_on else "",
        "place": report.place,
        "source": "Chair, ISCG",
        "contact": "iscg@itu.int",
        "purpose": "Information",
        "address": f"{settings.SITE_URL}/{original}/reports/{report.code}/",
        "notices": [],
        "languages": trees,
        "told": {
            "events": [statement_of(event).frozen() for event in facts.own],
            "standing": [statement_of(event).frozen() for event in facts.standing],
            "corrections": [correction.frozen() for correction in facts.corrections],
        },
    }
