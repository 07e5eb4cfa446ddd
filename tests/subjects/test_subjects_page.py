"""The list of subjects on a day: filters, order, pages, the theme rule and the picture beside it (clause F1)."""

import re
from datetime import date

import pytest

from iscg_portal.tenure.dates import today
from subjects.acts import adopt_edition
from subjects.models import Subject
from subjects.models.counts import ScopeCount
from tests import world as build

pytestmark = pytest.mark.django_db


def page(client, query="?on=2025-02-12"):
    response = client.get(f"/en/subjects/{query}")
    assert response.status_code == 200
    return response.content.decode()


def codes(text):
    """The codes in the first cells of the table."""
    return re.findall(r"<tr><td>([A-Z0-9-]+)</td>", text)


def row(text, code):
    return re.search(rf"<tr><td>{code}</td>.*?</tr>", text, re.DOTALL)[0]


def test_lists_every_subject_with_its_state_that_day(world, client):
    text = page(client)
    assert codes(text) == ["ACC", "EMF", "IOT", "OLD"]
    assert "since 1 May 2020" in row(text, "EMF")
    assert "taken off in 2023" in row(text, "OLD")


def test_subject_whose_first_day_is_not_recorded_says_so(world, client):
    assert "day not recorded" in row(page(client, "?on=2022-01-01"), "OLD")


def test_before_its_first_evidence_a_subject_is_not_said_to_be_on_the_list(world, client):
    text = page(client, "?on=1990-01-01")
    assert ">not recorded</td>" in row(text, "OLD") and "picture-subjects" not in text
    assert codes(page(client, "?state=not-recorded&on=1990-01-01")) == ["OLD"]
    said = client.get("/en/subjects.json?on=1990-01-01").json()["subjects"]
    assert {one["code"]: (one["state"], one["listed_on"]) for one in said}["OLD"] == ("not-recorded", None)
    assert "OLD" not in client.get("/en/coordinators.csv?on=1990-01-01").content.decode()


def test_subject_of_the_future_says_from_when(world, client):
    build.listing(build.subject("NEW"), today().replace(year=today().year + 1, day=1))
    assert "to be listed from 1" in row(page(client, ""), "NEW")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sector=GS", ["ACC"]),
        ("?sector=R", ["ACC", "EMF", "OLD"]),
        ("?state=listed", ["ACC", "EMF", "IOT"]),
        ("?state=delisted", ["OLD"]),
        ("?state=not-listed-yet", []),
        ("?vacancy=held", ["EMF"]),
        ("?vacancy=vacant", ["ACC"]),
        ("?vacancy=not-recorded", ["IOT", "OLD"]),
        ("?sector=T&state=listed&vacancy=not-recorded", ["IOT"]),
        ("?sector=&state=&vacancy=", ["ACC", "EMF", "IOT", "OLD"]),
        ("?sort=-code", ["OLD", "IOT", "EMF", "ACC"]),
    ],
)
def test_filters_and_order(world, client, query, found):
    assert codes(page(client, f"{query}&on=2025-02-12")) == found


def test_on_the_list_counts_those_whose_first_day_is_not_recorded(world, client):
    assert codes(page(client, "?state=listed&on=2022-01-01")) == ["ACC", "EMF", "IOT", "OLD"]
    assert codes(page(client, "?state=day-not-recorded&on=2022-01-01")) == ["OLD"]


def test_titles_are_sorted_as_they_are_printed(world, client):
    subject = world.subjects["OLD"]
    subject.title_en, subject.title_fr, subject.original_language = "", "aaa", "fr"
    subject.save()
    assert codes(page(client, "?sort=title&on=2025-02-12"))[0] == "OLD"


def test_theme_rule_stands_beside_each_subject(world, client):
    text = page(client)
    assert "<strong>met</strong>: PP Res. 191 calls for coordination on it" in row(text, "EMF")
    assert "<strong>cannot be told</strong>: no resolution of a Plenipotentiary Conference is on record" in row(
        text, "ACC"
    )
    assert "<strong>cannot be told</strong>: no mandates are recorded" in row(text, "IOT")


def test_coordinator_is_held_vacant_or_not_recorded(world, client):
    text = page(client)
    assert "Ms Ina Sample" in row(text, "EMF") and "/en/people/ina-sample/" in row(text, "EMF")
    assert "vacant" in row(text, "ACC") and "since 1 May 2023" in row(text, "ACC")
    assert "not recorded" in row(text, "IOT")


def test_untranslated_title_is_marked_with_its_language(world, client):
    text = client.get("/fr/subjects/").content.decode()
    assert re.search(r'lang="en" dir="ltr">Subject EMF, made up</a>', text)


def test_translated_title_is_not_marked(world, client):
    subject = world.subjects["EMF"]
    subject.title_fr = "Titre inventé"
    subject.save()
    assert re.search(r'/fr/subjects/emf/">Titre inventé</a>', client.get("/fr/subjects/").content.decode())


def test_links_of_another_day_lead_to_that_day(world, client):
    assert "/en/subjects/emf/?on=2025-02-12" in page(client)
    assert '"/en/subjects/emf/"' in page(client, "")


def test_says_once_that_all_are_indicative_and_else_at_each(world, client):
    assert row(page(client), "IOT").count(">indicative: inferred<") == 1
    only = page(client, "?vacancy=not-recorded&state=listed&on=2025-02-12")
    assert "indicative, not the official list" in only and "indicative" not in row(only, "IOT")


def test_fifty_stand_on_a_page(world, client):
    for number in range(60):
        build.subject(f"X{number:02}", "RD")
    first, second = page(client), page(client, "?page=2&on=2025-02-12")
    assert (len(codes(first)), len(codes(second))) == (50, 14)
    assert not set(codes(first)) & set(codes(second))


def test_picture_shows_subjects_on_the_list_one_by_one(world, client):
    picture = re.search(r"<figure.*?</figure>", page(client), re.DOTALL)[0]
    assert "Subject EMF, made up: Coordinator appointed" in picture
    assert "Subject ACC, made up: Coordinator vacant" in picture
    assert "Subject OLD" not in picture


def test_picture_of_a_long_list_counts(world, client):
    for number in range(60):
        build.listing(build.subject(f"X{number:02}", "RD"), date(2020, 5, 1))
    picture = re.search(r"<figure.*?</figure>", page(client), re.DOTALL)[0]
    assert "stretch unrecorded" in picture and ">60<" in picture


def test_empty_selection_says_what_would_stand_there(world, client):
    assert "No subject on record matches on this day." in page(client, "?state=not-listed-yet&on=2025-02-12")


def test_editions_are_listed_or_their_absence_is_told(world, client):
    assert "no edition has been adopted on this portal yet" in page(client)
    adopt_edition(world.day, "ISCG/99-1/05")
    text = page(client)
    assert "/en/subjects/editions/2025-02-12/" in text and "Edition of 12 February 2025" in text


def test_counts_are_by_scope_and_state_of_the_coordinator(world):
    counts = Subject.objects.public().counts(world.day)
    assert (counts.on_the_list, counts.held, counts.vacant, counts.unrecorded, counts.unknown) == (3, 1, 1, 1, 0)
    assert ScopeCount(("R", "T", "D"), held=1) in counts.scopes


def test_counts_are_of_the_selection(world):
    counts = Subject.objects.public().concerning("GS").counts(world.day)
    assert (counts.unknown, counts.scopes) == (0, [ScopeCount(("R", "T", "D", "GS"), vacant=1)])
