"""What an advisory group said of a report has its place in the next one."""

from datetime import date

import pytest
from django.utils.translation import override

from reports.acts import annual_reports as acts
from reports.composing import tree_of
from reports.facts import gather
from reports.models import AnnualReport, Transmission
from tests import world as w


@pytest.mark.django_db
def test_answers_of_the_period_are_told_and_no_others():
    dates = {"period_from": date(2022, 12, 31), "period_to": date(2023, 12, 31)}
    old = AnnualReport.objects.create(code="2023", state="published", content="{}", **dates)
    said = {"reply": "We ask for **more**", "state": "comments", "answered_on": date(2024, 3, 4)}
    meeting = w.meeting("TSAG-2024", date(2024, 5, 6), body="TSAG")
    noted = {"state": "noted", "answered_on": date(2024, 5, 6), "meeting": meeting}
    late = {"state": "noted", "answered_on": date(2025, 1, 2)}
    for code, answer in (("RAG", said), ("TSAG", noted), ("TDAG", late)):
        group = w.advisory_group(code)
        w.saved(Transmission(report=old, group=group, sent_on=date(2024, 1, 5), **answer))
    report = acts.open_report("2024")
    with override("en"):
        tree = tree_of(report, gather(report), {}, "en")
    (block,) = [block for section in tree["sections"] for block in section["blocks"] if block["key"] == "answers"]
    assert "RAG commented on the report" in block["html"] and "<strong>more</strong>" in block["html"]
    assert "TSAG noted the report" in block["html"] and "TSAG-2024" in block["html"]
    assert "TDAG" not in block["html"]
