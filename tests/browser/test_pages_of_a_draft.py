"""The pages of a draft report in a browser: the policy is kept, and axe finds nothing."""

from datetime import date

import pytest

from reports.acts import annual_reports as acts
from reports.acts.blocks import generated_texts, write
from tests import world as w

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft():
    report = acts.open_report("2025")
    write(report.blocks.get(key="seats"), "edited", {"en": "By hand"}, shown=generated_texts(report)["seats"])
    w.representative("RAG1", w.person("Ada Testperson"), date(2025, 3, 1))
    return report


@pytest.mark.parametrize("page_name", ["text/", "text/seats/", "preview/", "preview/?language=ar"])
def test_a_page_of_a_draft_has_no_barriers(open_as_staff, barriers, draft, page_name):
    page = open_as_staff(f"/admin/reports/annualreport/{draft.pk}/{page_name}")
    assert page.complaints == []
    assert barriers(page) == []
