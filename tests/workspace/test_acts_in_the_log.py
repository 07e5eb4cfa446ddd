"""What is done in the workspace stands in the log of changes too: who, when, which record, from what to what.

A record with a history has its lines from it; here are those of the workspace and of reports that have none.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry

from iscg_portal.tenure.dates import today
from reports.acts import comments
from reports.acts.annual_reports import open_report
from secretariat.log.admin_acts import models_without_history
from secretariat.log.entries import Log, LogFilters
from tests import world as w
from workspace.access import invitations
from workspace.drafts import acts as drafts
from workspace.drafts.own_reports import asked_report
from workspace.handover.acts import freeze
from workspace.models import Invitation

pytestmark = pytest.mark.django_db
# Models without a history of which no line stands in the log, each with the reason.
NO_LINES = {
    "workspace.Follow": "on no list that anyone sees",
    "workspace.JoinRequest": "of nobody until the address is confirmed; the participant then has a history",
    "workspace.ProposedChange": "a part of its proposal, which has a history",
    "workspace.Reminder": "planned by the portal itself",
    "workspace.EntryLink": "sent in the admin, which logs it; what it confirms has a history",
    "workspace.ReaderCorrection": "comes from nobody with an account; decided in the admin, which logs it",
    "reports.ReportStep": "says itself who took which step; the report has a history",
    "reports.ReportedEvent": "written with a report that is published",
    "reports.TransmissionMail": "the outbox of a transmission, which has a history",
    "reports.Rendition": "made by the portal itself",
}
TEXTS = {"activities": "Looked at masts, made up.", "duplication": "", "organizations": ""}
TEXTS |= {"guidance": "Not for the log", "results": "", "next_steps": ""}


@pytest.fixture
def people():
    """EMF with its Coordinator Ina, the Chair Gus, staff, and a coming meeting."""
    emf, ina, gus = w.subject("EMF"), w.person("Ina Sample"), w.person("Gus Example")
    term = w.coordinator(emf, ina, today() - timedelta(400))
    w.chair_term(gus, today() - timedelta(400))
    w.meeting("99-1", today() + timedelta(30))
    of_ina, of_gus = w.account("ina@example.org", person=ina), w.account("gus@example.org", person=gus)
    return {"staff": w.staff_account(), "ina": of_ina, "gus": of_gus, "term": term}


def lines(people, label):
    """(who, did, [(field, from, to)], why) of every line on a kind of record, the oldest first."""
    people["staff"].is_superuser = True
    said = [
        (entry.who, entry.did, [(one.field, one.old, one.new) for one in entry.changes], entry.row)
        for entry in Log(models_without_history(people["staff"]), LogFilters(kind=label))
    ]
    return [(who, str(did), changes, row.history_change_reason) for who, did, changes, row in reversed(said)]


def kept(people):
    own = asked_report(people["ina"], "emf", "99-1", today())
    return drafts.keep(own, TEXTS, own.version, "en", by=people["ina"])


def write_report(people):
    draft = drafts.submit(kept(people), by=people["ina"])
    draft = drafts.take_back(draft, by=people["ina"])
    draft = drafts.submit(kept(people), by=people["ina"])
    drafts.refuse(draft, draft.version, reason="Say more", by=people["staff"])
    draft = drafts.submit(kept(people), by=people["ina"])
    drafts.accept(draft, draft.version, by=people["staff"])


def invite(people):
    invitation = invitations.invite(people["term"].person, "ina@example.org", by=people["staff"])
    invitations.accept(invitation)


def hand_over(people):
    freeze(people["term"], "fr", by=people["staff"])


def comment(people):
    said = comments.comment(open_report("2025"), "Say more on regions, made up.", people["gus"])
    comments.answer(said, "Said, made up.", people["staff"])


ACTS = {
    "workspace.ReportDraft": write_report,
    "workspace.Invitation": invite,
    "workspace.Handover": hand_over,
    "reports.ReportComment": comment,
}


def test_every_record_without_a_history_has_lines_or_a_reason_why_not():
    models = [*apps.get_app_config("workspace").get_models(), *apps.get_app_config("reports").get_models()]
    without = {one._meta.label for one in models if not (hasattr(one, "history") or hasattr(one, "history_object"))}
    assert without == {*ACTS, *NO_LINES} and not {*ACTS} & {*NO_LINES}, "Put it in one of the two."


@pytest.mark.parametrize("label", ACTS)
def test_every_act_leaves_a_line_with_who_and_what(people, label):
    ACTS[label](people)
    found = lines(people, label.lower())
    assert [did for _who, did, *_rest in found] == ["added", *["changed"] * (len(found) - 1)]
    assert all(who and changes for who, _did, changes, _why in found)


def test_a_draft_tells_how_far_it_is_and_never_its_texts(people):
    write_report(people)
    found = lines(people, "workspace.reportdraft")
    waits, sent_back = "waits for the secretariat", "sent back"
    ina, staff = str(people["ina"]), str(people["staff"])
    assert [(who, [change[1:] for change in changes]) for who, _did, changes, _why in found] == [
        (ina, [("—", "draft")]),
        (ina, [("draft", waits)]),
        (ina, [(waits, "draft")]),
        (ina, [("draft", waits)]),
        (staff, [(waits, sent_back)]),
        (ina, [(sent_back, "draft")]),
        (ina, [("draft", waits)]),
        (staff, [(waits, "accepted")]),
    ]
    assert found[4][3] == "Say more" and "Not for the log" not in str(found)


def test_an_invitation_names_whom_and_keeps_no_address(people):
    invite(people)
    asked, opened = lines(people, "workspace.invitation")
    assert ("Person", "—", "Ina Sample") in asked[2] and "example.org" not in str(asked)
    assert opened[2] == [("Account", "—", str(people["ina"].name) + " ina@example.org")]


def test_the_log_outlives_a_field_that_the_model_no_longer_has(people):
    invite(people)
    for row in LogEntry.objects.filter(change_message__contains="language"):
        row.change_message = row.change_message.replace("language", "of_an_earlier_release")
        row.save()
    asked, _opened = lines(people, "workspace.invitation")
    assert [field for field, *_values in asked[2]] == ["Person", "Good until"]


def test_no_other_page_tells_what_the_log_keeps(people, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    invite(people)
    client.force_login(people["staff"])
    invitation = f"/admin/workspace/invitation/{Invitation.objects.get().pk}"
    assert [client.get(f"{invitation}/{page}/").status_code for page in ("change", "history")] == [200, 404]


def test_a_comment_and_its_answer_stand_with_their_words(people):
    comment(people)
    said, answered = lines(people, "reports.reportcomment")
    assert ("Comment", "—", "Say more on regions, made up.") in said[2]
    assert answered[2] == [("Answer", "—", "Said, made up.")]


def test_whoever_may_not_see_the_records_finds_no_line(people):
    comment(people)
    assert "reports.reportcomment" not in models_without_history(w.account("looks@example.org", is_staff=True))
