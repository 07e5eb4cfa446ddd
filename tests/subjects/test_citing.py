"""A resolution is cited as the Union prints it in the language of the page; data files keep one citation for all."""

import pytest
from django.utils.translation import override

from subjects.models import Resolution, Revision
from tests import world as build

FORMS = [
    ("en", "WTSA Res. 44 (Rev. Hammamet, 2016)"),
    ("fr", "Résolution 44 (Rév. Hammamet, 2016) de l’AMNT"),
    ("es", "Resolución 44 (Rev. Hammamet, 2016) de la AMNT"),
    ("ru", "Резолюция 44 (Пересм. Хаммамет, 2016 г.) ВАСЭ"),
    ("zh-hans", "世界电信标准化全会第44号决议（2016年，哈马马特，修订版）"),
    ("ar", "القرار 44 (المراجَع في الحمامات، 2016) للجمعية العالمية لتقييس الاتصالات"),
]


def text(body="WTSA", number=44, place="Hammamet", revised=True, **more):
    return Revision(
        resolution=Resolution(body=body, number=number), place=place, year=2016, revised=revised, number=more.get("of")
    )


@pytest.mark.parametrize(("language", "printed"), FORMS)
def test_a_text_is_cited_in_the_language_of_the_page(language, printed):
    with override(language):
        assert text().cited == printed
        assert text().citation == FORMS[0][1]


def test_the_number_of_a_revision_a_first_text_and_a_place_unknown_to_us_are_cited_too():
    with override("ru"):
        assert text("RA", 6, "Testville", revised=None, of=3).cited == "Резолюция МСЭ-R 6-3 (Testville, 2016 г.)"
        assert text("PP", 71, revised=False).cited == "Резолюция 71 (Хаммамет, 2016 г.) Полномочной конференции"
    with override("zh-hans"):
        assert text("RA", 6, revised=False, of=3).resolution.cited == "ITU-R第6号决议"


@pytest.mark.django_db
def test_pages_cite_in_their_language_and_files_do_not(client):
    made_up = build.resolution("WTSA", 44)
    build.revision(made_up, place="Hammamet", year=2016, revised=True)
    assert "(Rév. Hammamet, 2016) de l’AMNT" in client.get("/fr/resolutions/wtsa-44/").content.decode()
    one = client.get("/fr/resolutions.json").json()["resolutions"]
    assert [row["citation"] for row in one if row["slug"] == "wtsa-44"] == ["WTSA Res. 44"]
