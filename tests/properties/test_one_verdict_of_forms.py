"""The pages of the admin give the oracle's verdict on every overlap: what is sent, or a page with sentences."""

from itertools import permutations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.admin.conftest import as_sent
from tests.properties.drawn import MODELS, allowed_rows, day, drawn_rows, rolled_back, steady
from tests.properties.oracle import is_allowed
from tests.world import staff_account

# A page of the admin: the kinds of its rows, which places are its own, and its address.
PAGES = {
    "group": (("Representative",), ("RAG1", "RAG2"), lambda stage: ("members_advisorygroup", "RAG")),
    "subject": (
        ("Coordinator", "FocalPoint"),
        ("ONE", "ONE:BR", "ONE:RAG"),
        lambda stage: ("subjects_subject", stage.subjects["ONE"].pk),
    ),
}


@pytest.fixture
def desk(client, stage, settings):
    """The browser of somebody of the secretariat."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(staff_account())
    return client


def cells(stage, row, prefix=""):
    """What a browser sends for a row."""
    where, _, body = row.where.partition(":")
    data = {
        "person": str(stage.persons[row.who].pk),
        "starts_on": day(row.start).isoformat(),
        "starts_precision": "",
        "ends_on": "" if row.end is None else day(row.end).isoformat(),
        "ends_precision": "",
    }
    if row.kind == "Representative":
        data["seat"] = where
    if row.kind == "FocalPoint":
        data["body"] = body
    return {prefix + name: value for name, value in data.items()}


def is_saved(response):
    """A page that was saved leads on; one that was refused is shown again."""
    assert response.status_code in (200, 302)
    return response.status_code == 302


@pytest.mark.walk
@steady(examples=25)
@given(rows=allowed_rows(), row=drawn_rows(("Representative",)))
def test_form_of_a_new_term(stage, desk, rows, row):
    with rolled_back():
        stage.saved(rows)
        response = desk.post(reverse("admin:members_representative_add"), cells(stage, row))
        assert is_saved(response) == is_allowed([*rows, row])


@st.composite
def drawn_pages(draw, kinds, places):
    """Rows on record; those of the page are kept, changed or removed on it, and others are added."""
    own = drawn_rows(kinds).filter(lambda row: row.where in places)
    before, fates = draw(allowed_rows(kinds, most=5)), {}
    for index, row in enumerate(before):
        if row.where in places:
            fate = draw(st.sampled_from(["keep", "change", "remove"]))
            fates[index] = draw(own.filter(lambda new, row=row: new.kind == row.kind)) if fate == "change" else fate
    return before, fates, draw(st.lists(own, min_size=0 if fates else 1, max_size=2))


def standing_after(before, fates, added):
    kept = [row for index, row in enumerate(before) if fates.get(index, "keep") == "keep"]
    return [*kept, *(fate for fate in fates.values() if not isinstance(fate, str)), *added]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.walk
@steady(examples=15)
@given(data=st.data())
def test_page_in_every_order_of_its_new_rows(stage, desk, name, data):
    kinds, places, record = PAGES[name]
    model, key = record(stage)
    address = reverse(f"admin:{model}_change", args=[key])
    before, fates, added = data.draw(drawn_pages(kinds, places))
    expected = is_allowed(standing_after(before, fates, added))
    for order in permutations(added):
        with rolled_back():
            records = stage.saved(before)
            sending = sent(stage, desk.get(address), records, fates, order)
            sitting = on_record()
            assert is_saved(desk.post(address, sending)) == expected
            assert (on_record() == sitting) or expected


def sent(stage, page, records, fates, added):
    """What the page sends when its rows meet their fates and others are added below them."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    prefix = {(type(form.instance), form.instance.pk): form.prefix for formset in formsets for form in formset.forms}
    data = as_sent(page) | {"change_reason": "drawn by chance"}
    for index, fate in fates.items():
        own = prefix[type(records[index]), records[index].pk]
        if fate == "remove":
            data[f"{own}-DELETE"] = "on"
        elif fate != "keep":
            data |= cells(stage, fate, f"{own}-")
    for formset in formsets:
        new = [row for row in added if MODELS[row.kind] is formset.model]
        known = len(formset.initial_forms)
        for place, row in enumerate(new, start=known):
            data |= cells(stage, row, f"{formset.prefix}-{place}-")
        data[f"{formset.prefix}-TOTAL_FORMS"] = str(known + len(new))
    return data


def on_record():
    return [
        list(model.objects.order_by("pk").values_list("pk", "person", "starts_on", "ends_on"))
        for name, model in MODELS.items()
        if name != "Listing"
    ]
