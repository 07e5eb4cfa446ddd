"""Every act says what follows: of a subject, an edition and a meeting; a mailbox is judged where it is entered."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from iscg_portal.tenure.dates import today
from members.models import AdvisoryGroup, Person
from subjects.models import Edition, Subject
from tests import world
from tests.admin.conftest import as_sent, complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db


def test_new_subject_says_that_it_is_not_on_the_list_and_why_the_theme_rule_is_not_met(desk):
    page = desk.get(reverse("admin:subjects_subject_add"))
    assert "A new subject is not on the list" in page.text
    data = as_sent(page) | {"code": "NEW", "title_en": "Made-up", "in_r": "on", "in_t": "on"}
    done = desk.post(reverse("admin:subjects_subject_add"), data, follow=True)
    assert "NEW is not on the list today" in done.text and "Theme rule: " in done.text and "Undo this…" in done.text
    page = page_of(Subject.objects.get())
    done = desk.post(page, as_sent(desk.get(page)) | {"title_en": "Made-up, changed"}, follow=True)
    assert "NEW is not on the list today" in done.text and "Theme rule: " in done.text


def test_edition_shows_what_it_takes_and_what_not_before_it_is_adopted(desk):
    world.listing(world.subject("EMF"), date(2020, 1, 1))
    world.subject("OFF")
    data = {"adopted_on": today().isoformat(), "document": "ISCG/99-1/5"}
    for page in (desk.get(list_of(Edition, "add")), desk.post(list_of(Edition, "add"), data | {"_preview": "1"})):
        taken, left = page.text.split("It does not take")
        assert "<li>EMF: " in taken and "<li>OFF: " in left
    assert not Edition.objects.exists()
    assert "with 1 subject." in desk.post(list_of(Edition, "add"), data, follow=True).text


def test_moved_meeting_no_longer_lies_beside_the_one_it_was_held_with(desk):
    rag = world.meeting("RAG-2030", date(2030, 4, 1), body="RAG")
    iscg = world.meeting("30-1", date(2030, 4, 3), together_with=rag)
    assert "It is held together with RAG-2030" in desk.get(page_of(iscg, "postpone")).text
    desk.post(page_of(iscg, "postpone"), {"starts_on": "6 April 2030", "because": "The room"})
    iscg.refresh_from_db()
    assert iscg.together_with == rag
    done = desk.post(page_of(rag, "postpone"), {"starts_on": "13 June 2030", "because": "The room"}, follow=True)
    assert "ISCG 30-1 is no longer held together with RAG-2030" in done.text
    iscg.refresh_from_db()
    assert iscg.together_with is None


def test_mailbox_of_a_person_is_refused_where_it_is_entered(desk):
    world.seat("RAG1")
    group = AdvisoryGroup.objects.get(pk="RAG")
    assert "Give a mailbox of a role" in complaints(save(desk, page_of(group), mailbox="ada.example@itu.int"))
    save(desk, page_of(group), mailbox="brrag@itu.int")
    group.refresh_from_db()
    assert group.mailbox == "brrag@itu.int"


def test_corrected_surname_corrects_the_sort_key(desk):
    person = world.person("Ada Maria Testperson Mistaken")
    person.sort_key = "Testperson Mistaken Ada Maria"
    person.save()
    save(desk, page_of(person), name="Ada Maria Testperson Madeup")
    person.refresh_from_db()
    assert person.sort_key == "Testperson Madeup Ada Maria"
    save(desk, page_of(person), name="Ada Maria Other", sort_key="Kept as typed")
    person.refresh_from_db()
    assert person.sort_key == "Kept as typed"


def test_merging_does_not_offer_the_person_itself(desk):
    ada, _ben = world.person("Ada Testperson"), world.person("Ada Testpersom")
    field = desk.get(page_of(ada, "merge")).context["adminform"].form.fields["duplicate"]
    assert ada not in field.queryset
    asked = {"app_label": "members", "model_name": "representative", "field_name": "person", "term": "Ada"}
    found = desk.get(f"{field.widget.get_url()}&{urlencode(asked)}").json()["results"]
    assert [row["text"] for row in found] == ["Ada Testpersom"]
    assert Person.objects.count() == 2


def test_save_and_add_another_keeps_the_subject(desk):
    listing = world.listing(world.subject("EMF"), date(2020, 1, 1))
    data = as_sent(desk.get(page_of(listing))) | {"_addanother": "1"}
    assert desk.post(page_of(listing), data).url == f"{list_of(type(listing), 'add')}?subject={listing.subject_id}"


def test_old_version_is_in_the_order_of_the_form_and_restored_by_a_button(desk):
    term = world.representative("RAG1", world.person("Ada Testperson"), date(2016, 3, 1), starts_precision="month")
    save(desk, page_of(term), note="changed")
    history = desk.get(page_of(term, "history"))
    oldest = term.history.last()
    assert f'class="button" href="{page_of(term)}?version={oldest.history_id}"' in history.text
    version = reverse("admin:members_representative_simple_history", args=[term.pk, oldest.history_id])
    values = desk.get(version).context["values"]
    assert [label for label, _value in values][:3] == ["Seat", "Person", "Country"]
    assert ("From", "since March 2016") in values
