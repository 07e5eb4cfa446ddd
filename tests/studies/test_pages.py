"""The mapping as matrix, list and file, and the page of a unit."""

import re
from datetime import date

import pytest

from iscg_portal.web.page_cache import kept_pages
from studies import matrix, pictures
from studies.models import MappingLink
from studies.pictures import draw_links
from tests import world as build

pytestmark = pytest.mark.django_db
DAY = "2024-06-01"


@pytest.fixture
def mapped():
    """Two Questions of ITU-D below a study group, one of an earlier period, and two parties of ITU-R; three links."""
    made = {"sg2": build.study_unit("SG2", kind="study group")}
    made["q7"] = build.study_unit("Q7/2", parent=made["sg2"])
    made["q10"] = build.study_unit("Q10/2", parent=made["sg2"])
    made["old"] = build.study_unit("Q7/2", "D 2018-2021", title="An older Question")
    made["sg1"] = build.study_unit("SG 1", "R 2023-2027", "study group")
    for number in ("WP 1A", "WP 1C"):
        made[number] = build.study_unit(number, "R 2023-2027", "working party", parent=made["sg1"])
    made["emf"] = build.subject("EMF", "RTD")
    made["link"] = build.link(made["q7"], made["WP 1C"], "Measuring", subject=made["emf"])
    build.link(made["q7"], made["WP 1C"], "Monitoring")
    made["of_subject"] = build.link(made["q10"], None, "", subject=made["emf"])
    return made


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


def test_matrix_and_list_say_the_same(client, mapped):
    page = text_of(client, f"/en/mapping/d-r/?on={DAY}")
    assert page.count('<a class="to-be-confirmed"') == 1 and "to be confirmed (2)" in page
    assert "Measuring" in page and "Monitoring" in page and "2 links" in page
    rows = client.get(f"/en/mapping/d-r.json?on={DAY}").json()["mapping_d_r"]
    assert [(row["first"], row["second"], row["topic"]) for row in rows] == [
        ("Q7/2", "WP 1C", "Measuring"),
        ("Q7/2", "WP 1C", "Monitoring"),
    ]


def test_numbers_sort_as_numbers(client, mapped):
    page = text_of(client, f"/en/mapping/d-r/?on={DAY}")
    heads = re.findall(r'<th scope="row"><a href="/en/units/([^/"]*)/', page.split('<table class="matrix">')[1])
    assert heads[:3] == ["d-2022-2025-sg2", "d-2022-2025-q7-2", "d-2022-2025-q10-2"]


def test_contested_link_shows_in_the_matrix_before_all_others(client, mapped):
    build.confirmation(mapped["link"], "R", "Not ours.")
    assert '<a class="contested"' in text_of(client, f"/en/mapping/d-r/?on={DAY}")
    assert "Not ours." in text_of(client, f"/en/units/{mapped['q7'].slug}/?on={DAY}")


@pytest.mark.parametrize(
    "query, numbers",
    [
        ("", ["Q7/2", "Q7/2", "Q10/2"]),
        ("&subject=EMF", ["Q7/2", "Q10/2"]),
        ("&state=confirmed", []),
        ("&state=to-be-confirmed", ["Q7/2", "Q7/2", "Q10/2"]),
        ("&group=r-2023-2027-sg-1", ["Q7/2", "Q7/2"]),
        ("&period=r-2023-2027", ["Q7/2", "Q7/2", "Q10/2"]),
    ],
)
def test_filters_of_the_list(client, mapped, query, numbers):
    rows = client.get(f"/en/mapping.json?on={DAY}{query}").json()["mapping"]
    assert [row["first"] for row in rows] == numbers


def test_unknown_filter_is_refused_with_a_sentence(client, mapped):
    response = client.get(f"/en/mapping/d-r/?on={DAY}&period=t-2025-2028")
    assert response.status_code == 400 and "can be one of" in response.content.decode()


def test_past_day_shows_the_period_of_the_day(client, mapped):
    party = build.study_unit("Q1/21", "T 2022-2024")
    page = text_of(client, "/en/mapping/d-t/?on=2021-06-01")
    assert "those of one or both are not recorded" in page and str(party.number) not in page


def test_day_after_the_last_period_says_so(client, mapped):
    page = text_of(client, "/en/mapping/d-r/?on=2026-06-01")
    assert "No later study period of ITU-D is recorded" in page and "Measuring" in page


def test_many_units_open_one_study_group_at_a_time(client, mapped, monkeypatch):
    monkeypatch.setattr(matrix, "MOST_UNITS", 3)
    other = build.study_unit("SG1", kind="study group")
    page = text_of(client, f"/en/mapping/d-r/?on={DAY}")
    assert page.count('<table class="matrix">') == 1 and "Open this study group" in page
    page = text_of(client, f"/en/mapping/d-r/?on={DAY}&group={other.slug}")
    assert f"?group={mapped['sg2'].slug}&amp;on={DAY}" in page


def test_study_groups_without_links_are_folded(client, mapped):
    build.study_unit("SG1", kind="study group")
    page = text_of(client, f"/en/mapping/d-r/?on={DAY}")
    groups = re.findall(r'<details class="matrix-group"( open)?><summary>.*(\d links)', page)
    assert sorted(groups) == [("", "0 links"), (" open", "2 links")]


def test_a_wide_matrix_is_cut_into_tables_that_fit_a_sheet(client, mapped, monkeypatch):
    monkeypatch.setattr(matrix, "MOST_COLUMNS", 2)
    page = text_of(client, f"/en/mapping/d-r/?on={DAY}")
    assert page.count('<table class="matrix">') == 2 and page.count('<a class="to-be-confirmed"') == 1
    for number in ("SG 1", "WP 1A", "WP 1C"):
        assert page.split("As a list")[0].count(f">{number}</a></th>") == 1, number


def test_links_of_a_subject_are_drawn_or_it_is_said_why_not(client, mapped, monkeypatch):
    for page in (f"/en/subjects/emf/?on={DAY}", f"/en/mapping/?subject=EMF&on={DAY}"):
        assert "picture-links" in text_of(client, page) and "No picture is drawn" not in text_of(client, page)
    monkeypatch.setattr(pictures, "MOST_LINKS", 0)
    kept_pages.clear()
    shown = text_of(client, f"/en/subjects/emf/?on={DAY}")
    assert "picture-links" not in shown and "No picture is drawn" in shown and "/en/mapping/?subject=EMF" in shown
    for number in range(50):
        build.link(mapped["q7"], mapped["WP 1A"], f"Topic {number}", subject=mapped["emf"])
    assert "No picture is drawn" in text_of(client, f"/en/mapping/?subject=EMF&on={DAY}")
    assert "No picture is drawn" not in text_of(client, f"/en/mapping/?on={DAY}")


def test_the_picture_has_a_line_for_each_link_and_each_unit_once(mapped):
    links = list(MappingLink.objects.with_names().with_state(date(2024, 6, 1)))
    wide, narrow = draw_links(links, lambda unit: unit.sector == "D").geometry
    assert [len(shape.lines) for shape in (wide, narrow)] == [2, 2]
    assert [placed.unit.number for placed in wide.units] == ["Q7/2", "WP 1C"]
    assert "Measuring (to be confirmed)" in wide.lines[0].spoken
    (turned,) = {placed.x for placed in draw_links(links, lambda unit: False, rtl=True).geometry[0].units[:1]}
    assert turned > wide.units[0].x
    assert draw_links([link for link in links if not link.second_id], lambda unit: True) is None


def test_page_of_a_unit_tells_its_life(client, mapped):
    build.ending(mapped["old"], "split", mapped["q7"])
    page = text_of(client, f"/en/units/{mapped['old'].slug}/")
    assert "split" in page and "its other successors are not recorded" in page
    later = text_of(client, f"/en/units/{mapped['q7'].slug}/")
    assert "ITU-D Q7/2 2018-2021" in later and "not recorded" in later


@pytest.mark.parametrize("page", ["mapping", "mapping/d-r", "subjects", "coordinators", "resolutions"])
def test_filters_keep_the_day(client, mapped, page):
    hidden = '<input type="hidden" name="on" value="2024-06-01">'
    assert hidden in text_of(client, f"/en/{page}/?on={DAY}")
    assert '<input type="hidden" name="on"' not in text_of(client, f"/en/{page}/")


def test_what_does_not_stand_on_the_day_is_marked_and_the_day_is_kept(client, mapped):
    assert "not on this day" not in text_of(client, f"/en/units/{mapped['q7'].slug}/?on={DAY}")
    assert text_of(client, f"/en/units/{mapped['q7'].slug}/?on=2026-02-01").count("not on this day") == 2
    build.link(mapped["old"], None, "", subject=mapped["emf"])
    studied = text_of(client, f"/en/subjects/emf/?on={DAY}").split("Studied by")[1].split("</section>")[0]
    assert studied.count("not on this day") == 1 and f'{mapped["old"].slug}/?on={DAY}"' in studied
    assert studied.index(mapped["old"].slug) < studied.index("not on this day")


AUTHORS = [("ITU-D Q7/2", True), ("Rapporteur, ITU-D Question 7/2", True), ("itu-d q 7/2 and others", True)]
AUTHORS += [("ITU-T Q7/2", False), ("ITU-D Q7/20", False), ("ITU-D Q17/2", False), ("Q7/2", False)]
AUTHORS += [("ITU-D Q1/2, ITU-T Q7/2", False), ("ITU-T SG5, ITU-D Q1/2 and Q7/2", True)]


@pytest.mark.parametrize(("author", "is_named"), AUTHORS)
def test_a_paper_is_of_the_unit_that_its_author_names(client, mapped, author, is_named):
    build.document(build.meeting("24-1", date(2024, 2, 12)), "A paper", submitted_by=author, dated_on=date(2024, 2, 1))
    shown = text_of(client, f"/en/units/{mapped['q7'].slug}/").split('id="meetings-and-documents"')[1]
    assert ("from this unit" in shown) == is_named
    assert "from this unit" not in text_of(client, f"/en/units/{mapped['old'].slug}/")


def test_units_and_activities_show_what_is_about_their_subjects(client, mapped):
    acc, meeting = build.subject("ACC"), build.meeting("24-1", date(2024, 2, 12))
    build.document(meeting, "On exposure", subjects=[mapped["emf"]])
    build.document(meeting, "On cranes", subjects=[acc])
    build.agenda_item(meeting, subjects=[mapped["emf"]])
    ours = build.activity("Ours, made up", in_d=True, subjects=[mapped["emf"]])
    build.activity("Of another Sector", in_t=True, subjects=[mapped["emf"]])
    page = text_of(client, f"/en/units/{mapped['q7'].slug}/")
    assert "On exposure" in page and "Ours, made up" in page and "Subject: <bdi>EMF</bdi>" in page
    assert "On cranes" not in page and "Of another Sector" not in page
    page = text_of(client, f"/en/activities/{ours.code}/").split('id="meetings-and-documents"')[1]
    assert "On exposure" in page and "On cranes" not in page and "<bdi>24-1</bdi>" in page


def test_a_paper_of_the_unit_about_its_subject_is_shown_once_with_the_subject(client, mapped):
    author = {"submitted_by": "ITU-D Q7/2", "dated_on": date(2024, 2, 1)}
    build.document(build.meeting("24-1", date(2024, 2, 12)), "On exposure", subjects=[mapped["emf"]], **author)
    shown = text_of(client, f"/en/units/{mapped['q7'].slug}/").split('id="meetings-and-documents"')[1]
    assert shown.count("On exposure") == 1 and "<bdi>EMF</bdi>" in shown and "from this unit" not in shown


def test_unknown_unit_is_not_found(client, mapped):
    response = client.get("/en/units/nonsense/")
    assert response.status_code == 404 and "No study unit" in response.content.decode()


def test_subject_shows_its_units_in_each_sector(client, mapped):
    page = text_of(client, "/en/subjects/emf/").split("Studied by")[1].split("</section>")[0]
    assert [
        name
        for name in ("Q7/2", "Q10/2", "WP 1C")
        if f"<bdi>ITU-{'R' if 'WP' in name else 'D'} {name}</bdi></a>" in page
    ] == [
        "Q7/2",
        "Q10/2",
        "WP 1C",
    ]


def test_who_said_so_is_for_staff(client, mapped):
    build.confirmation(mapped["link"], "D", said_by="Una Secret")
    for address in (f"/en/units/{mapped['q7'].slug}/", "/en/mapping/d-r/", "/en/mapping.json"):
        assert "Una Secret" not in client.get(f"{address}?on={date(2024, 6, 1)}").content.decode()
