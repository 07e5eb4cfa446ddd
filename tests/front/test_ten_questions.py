"""Ten questions of a journalist, a delegate and a researcher: each is answered at most two steps from the first page.

A step is a link that stands on the page before, or a form there that is sent.
"""

import html
import io
import re
from datetime import date, timedelta

import pytest

from front.models import Synonym
from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep
from iscg_portal.tenure.dates import today
from reports.models import ReportFile
from tests import world as build

pytestmark = pytest.mark.django_db
HOME = "/en/"
QUESTIONS = {
    "who represents Africa": (["/en/composition/"], "D: Africa.*?Nana Testperson"),
    "who coordinates cybersecurity": (["/en/search/?q=cybersecurity", "/en/subjects/emf/"], "Ms Ina Sample"),
    "when the next meeting is": ([], "/en/meetings/99-9/"),
    "what was decided on accessibility": (
        ["/en/search/?q=decided+accessibility", r"/en/meetings/25-1/#decision-\d+"],
        "Captions for all, made up",
    ),
    "who sat for TDAG in 2018": (["/en/composition/", "/en/composition/?on=2018-06-01"], "Nana Testperson"),
    "which resolution is behind a subject": (["/en/subjects/", "/en/subjects/emf/"], "WTDC Res. 9"),
    "how to take part": (["/en/join/"], "Your e-mail address|E-mail"),
    "where the last report in French is": (["/reports/2024/fr.pdf"], ""),
    "where all data are": (["/en/data/", "/en/data.zip"], ""),
    "how to cite a day": (["/en/composition/", "/en/composition/?on=2018-06-01"], r"Cite this page.*?1 June 2018"),
}


@pytest.fixture
def asked(world):
    """A record in which each question has an answer."""
    nana = build.person("Nana Testperson")
    build.representative("TDAG2", nana, date(2016, 1, 1), country=build.country("CM", council_region="D"))
    Synonym.objects.create(subject=world.subjects["EMF"], words_en="cybersecurity")
    build.mandate(world.subjects["EMF"], build.resolution("WTDC", 9))
    build.taken(build.meeting("25-1"), "Captions for all, made up: accessibility")
    build.meeting("99-9", today() + timedelta(days=30))
    stored = keep(io.BytesIO(b"%PDF-1.4 made up %%EOF"), KINDS["pdf"])
    ReportFile.objects.create(report=build.published_report(), language="fr", kind="pdf", stored=stored)
    return world


def step(client, page, wanted):
    """Go where a link or a form of the page leads; it must be there."""
    if "?" in wanted:
        path, _mark, query = wanted.partition("?")
        name = query.partition("=")[0]
        assert f'name="{name}"' in page and re.search(rf'<form[^>]*action="{path}"', page), wanted
        return client.get(wanted)
    links = [html.unescape(href) for href in re.findall(r'href="([^"]*)"', page)]
    [link, *_more] = [link for link in links if re.fullmatch(wanted, link)] or pytest.fail(f"no link: {wanted}")
    return client.get(link)


def test_no_question_takes_more_than_two_steps():
    assert max(len(steps) for steps, _answer in QUESTIONS.values()) == 2


def test_each_question_is_answered_where_its_steps_lead(asked, client):
    unanswered = []
    for question, (steps, answer) in QUESTIONS.items():
        response = client.get(HOME)
        for wanted in steps:
            response = step(client, response.content.decode(), wanted)
        assert response.status_code == 200, question
        if answer and not re.search(answer, response.content.decode(), re.DOTALL):
            unanswered.append(question)
    assert unanswered == []
