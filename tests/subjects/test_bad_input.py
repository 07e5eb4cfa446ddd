"""Wrong days, unknown addresses, absurd filters and wrong methods: the right status, and a sentence."""

import pytest

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}
PAGES = ["subjects", "coordinators", "resolutions"]


def answer(client, path):
    response = client.get(path, headers=JSON)
    return response.status_code, response.json()["error"]


@pytest.mark.parametrize("path", [*(f"/en/{name}/" for name in PAGES), "/en/subjects/emf/", "/en/resolutions/pp-191/"])
@pytest.mark.parametrize("day", ["", "yesterday", "2025-02-30", "2025-2-1", "20250212", "0001-01-01", "٢٠٢٥-٠٢-١٢"])
def test_nonsense_for_a_day_is_not_found(world, client, path, day):
    status, sentence = answer(client, f"{path}?on={day}")
    assert status == 404 and "2025-02-12" in sentence


@pytest.mark.parametrize("name", PAGES)
def test_nonsense_for_a_day_of_a_file_is_not_found_in_json(world, client, name):
    assert answer(client, f"/en/{name}.json?on=2025-13-01")[0] == 404


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/en/subjects/nope/", "No subject with this address is on record."),
        ("/en/resolutions/pp-0/", "No resolution with this address is on record."),
        ("/en/subjects/editions/2025-02-12/", "No edition of the list was adopted on this date."),
        ("/en/subjects/editions/never/", "No edition of the list was adopted on this date."),
        ("/en/subjects/editions/2025-02-31/", "No edition of the list was adopted on this date."),
    ],
)
def test_unknown_address_is_not_found_with_a_sentence(world, client, path, sentence):
    assert answer(client, path) == (404, sentence)


@pytest.mark.parametrize(
    "query",
    [
        "sector=X",
        "sector=r",
        "state=gone",
        "vacancy=perhaps",
        "sort=colour",
        "sort=-pk",
        "sector=R&sector=T",
        "sector=' OR 1=1 --",
        "vacancy=%F0%9F%92%A9",
        "state=" + "x" * 1500,
    ],
)
@pytest.mark.parametrize("ending", ["/", ".json", ".csv", ".xlsx"])
def test_absurd_filter_is_a_bad_request_with_a_sentence(world, client, query, ending):
    status, sentence = answer(client, f"/en/subjects{ending}?{query}")
    assert status == 400 and len(sentence) > 20


def test_absurd_filter_of_a_page_is_told_in_html(world, client):
    response = client.get("/en/subjects/?sector=<script>")
    assert response.status_code == 400
    assert "&lt;script&gt;" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/en/resolutions/?body=UN", "/en/coordinators/?sector=Z", "/en/resolutions.csv?sort=x"]
)
def test_other_lists_refuse_absurd_filters_too(world, client, path):
    assert answer(client, path)[0] == 400


@pytest.mark.parametrize("page", ["0", "-1", "99", "two", "1.5", "9" * 40])
def test_page_that_does_not_exist_is_not_found(world, client, page):
    assert answer(client, f"/en/subjects/?page={page}")[0] == 404


@pytest.mark.parametrize("path", ["/en/subjects/", "/en/subjects.json", "/en/subjects/emf/", "/en/coordinators/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(world, client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_endless_query_is_refused_and_the_next_request_works(world, client):
    assert client.get("/en/subjects/?sector=" + "R" * 5000).status_code == 414
    assert client.get("/en/subjects/").status_code == 200


@pytest.mark.parametrize("path", ["/en/subjects.xml", "/de/subjects/", "/en/coordinators.pdf"])
def test_what_is_not_offered_is_not_found(world, client, path):
    assert client.get(path).status_code == 404


def test_unknown_parameters_do_no_harm(world, client):
    response = client.get("/en/subjects/?utm_source=mail&sector=R&fbclid=1", follow=True)
    assert (response.status_code, response.redirect_chain) == (200, [("/en/subjects/?sector=R", 301)])
