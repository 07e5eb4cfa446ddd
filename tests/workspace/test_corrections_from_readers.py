"""Readers suggest corrections with a source, without an account; staff decide; nothing is public by itself."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from iscg_portal import record_version
from iscg_portal.mail.models import Mail
from tests import world as w
from workspace.corrections import acts
from workspace.models import ReaderCorrection

pytestmark = pytest.mark.django_db
FORM = "/en/corrections/new/"
SENT = {"about": "/en/subjects/emf/", "text": "It is “fields”, made up", "source": "ISCG/99-1/05"}


@pytest.fixture(autouse=True)
def counts():
    """Nothing was tried before."""
    cache.clear()


def waiting():
    return list(ReaderCorrection.objects.waiting())


def test_a_page_leads_to_the_form_with_what_it_is_about_and_stays_everyones(client):
    w.subject("EMF")
    page = client.get("/en/subjects/emf/?on=2025-02-12")
    link = re.search(r'href="(/en/corrections/new/[^"]+)"', page.content.decode())[1].replace("&amp;", "&")
    assert "public" in page["Cache-Control"] and not page.cookies
    assert 'value="/en/subjects/emf/?on=2025-02-12"' in client.get(link).content.decode()
    assert "corrections/new" not in client.get("/en/join/").content.decode()


def test_it_waits_for_staff_once_and_changes_no_page(client):
    token = record_version.current()
    for _twice in range(2):
        assert client.post(FORM, SENT)["Location"] == "/en/corrections/sent/"
    assert [one.text for one in waiting()] == ["It is “fields”, made up"]
    assert record_version.current() == token
    assert "fields" not in client.get("/en/corrections/sent/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"source": ""}, "required"),
        ({"text": "x" * 2001}, "2000"),
        ({"text": "https://a.example " * 100}, "Your text has 100 links; at most 5 are accepted."),
        ({"email": "nobody"}, "valid e"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence_and_kept(client, typed, said):
    answer = client.post(FORM, SENT | typed)
    assert (answer.status_code, waiting()) == (400, [])
    assert said in answer.content.decode() and "/en/subjects/emf/" in answer.content.decode()


def test_a_robot_and_a_flood_get_nowhere(client, settings, monkeypatch):
    assert client.post(FORM, SENT | {"website": "https://spam.example"}).status_code == 302
    assert waiting() == []
    monkeypatch.setattr(acts, "MOST_WAITING", 1)
    client.post(FORM, SENT)
    answer = client.post(FORM, SENT | {"text": "Another"})
    assert "Too many suggestions wait" in answer.content.decode() and len(waiting()) == 1
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"correction_network": "1/h/key"}
    answers = [client.post(FORM, SENT | {"text": f"No. {number}"}) for number in range(3)]
    assert answers[-1].status_code == 429 and "No. 2" in answers[-1].content.decode()


def test_staff_see_it_as_text_and_the_reader_hears_the_outcome_once(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.post(FORM, SENT | {"text": "<b>Bold</b>", "email": "reader@example.org"})
    correction = ReaderCorrection.objects.get()
    client.force_login(w.staff_account())
    address = f"/admin/workspace/readercorrection/{correction.pk}"
    for page in ("/admin/", f"{address}/change/", f"{address}/take-up/"):
        text = client.get(page).content.decode()
        assert "&lt;b&gt;Bold" in text and "<b>Bold" not in text, page
    client.post(f"{address}/take-up/", {"answer": "With thanks"})
    correction.refresh_from_db()
    assert (correction.state, correction.email) == ("taken up", "")
    assert Mail.objects.get().to == "reader@example.org" and "With thanks" in Mail.objects.get().text
    late = client.post(f"{address}/refuse/", {"answer": "No"}).content.decode()
    assert "This was decided in the meantime: taken up." in late and Mail.objects.count() == 1


def offered(client, about, **more):
    """{what is offered in words: its key} in the form about the page, and the one chosen."""
    form = client.get(FORM, {"about": about, **more}).content.decode()
    options = re.findall(r'<option value="(\w+)"( selected)?>([^<]*)<', form)
    return {text: key for key, _is_chosen, text in options}, [text for _key, is_chosen, text in options if is_chosen]


def test_a_row_leads_to_the_form_about_its_fact_as_it_stands(client):
    ada = w.person("Ada Testperson")
    w.representative("RAG1", ada, date(2020, 3, 1))
    w.representative("TSAG1", ada, date(2016, 3, 1), date(2018, 3, 1))
    page = client.get(f"/en/people/{ada.slug}/").content.decode()
    link = re.findall(r'href="(/en/corrections/new/[^"]+;fact=[^"]+)"', page)[0].replace("&amp;", "&")
    about = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert about["about"] == f"/en/people/{ada.slug}/"
    (chosen,) = offered(client, **about)[1]
    assert "1 March 2020" in chosen and "2016" not in chosen


def test_every_fact_of_a_page_is_offered_under_its_heading(client):
    emf = w.subject("EMF")
    meeting = w.meeting("25-1", place="Geneva")
    document = w.document(meeting, title_en="A made-up title", subjects=[emf])
    for page, facts in {
        meeting.get_absolute_url(): ["Dates: 12 February 2025", "Place: Geneva"],
        document.get_absolute_url(): ["A made-up title"],
        emf.get_absolute_url(): ["Sectors: R T", "RAG: not recorded"],
    }.items():
        texts = offered(client, f"/en{page.removeprefix('/en')}")[0]
        for fact in facts:
            assert any(text.startswith(fact) for text in texts), (fact, list(texts))
    assert not any("Suggest a correction" in text or "Cite" in text for text in texts)


def test_what_the_page_told_is_kept_beside_what_is_suggested(client, settings):
    about = f"/en{w.meeting('25-1', place='Geneva').get_absolute_url().removeprefix('/en')}"
    key = offered(client, about)[0]["Place: Geneva"]
    assert client.post(FORM, SENT | {"about": about, "on_record": key}).status_code == 302
    assert [one.on_record for one in waiting()] == ["Place: Geneva"]
    late = client.post(FORM, SENT | {"about": about, "on_record": "0" * 16, "text": "Not lost"})
    assert late.status_code == 400 and "Not lost" in late.content.decode()
    assert "The facts have changed since this page was opened." in late.content.decode()
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    assert "Place: Geneva → It is" in client.get("/admin/").content.decode()
    its_page = client.get(f"/admin/workspace/readercorrection/{waiting()[0].pk}/change/").content.decode()
    assert '<dt>On record</dt><dd dir="auto">Place: Geneva</dd>' in its_page


def test_an_address_puts_no_words_into_the_form_that_no_page_has(client):
    for about in (
        *("/admin/", "//bad.example/", "https://bad.example/", "/en/subjects/none/", "Words", "//[", "/en/%00/"),
        *("/en/search/?q=%00", "/en/%FF%FE/", "/en/corrections/new/?about=/en/", "/en/composition.json"),
        *("/en/composition/?on=9999999", "/en/subjects/?page=0", "/en/search/?q=Chair+resigned", "/en/composition.pdf"),
        *("/en/changes/?from=2025-02-01&to=2025-01-01", "/en/subjects.xlsx"),
    ):
        page = client.get(FORM, {"about": about, "fact": "Made-up words"}).content.decode()
        form = page.partition('<form class="form"')[2]
        assert 'name="text"' in form and about not in form and "Made-up words" not in form, about
