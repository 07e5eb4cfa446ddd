"""The text of a report: sentences from meetings, papers, liaison statements, offices and Coordinators' reports (F3)."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from members.models import ChairTerm
from reports.acts import annual_reports as acts
from reports.acts.blocks import block_of, texts_of_record, write
from reports.acts.transmissions import _asked
from reports.composing import generated
from reports.content import content_of
from reports.facts import gather
from reports.models import AnnualReport
from reports.papers import names_body
from reports.prose.actions import asked_in
from reports.prose.sentences import named
from reports.rendering import ask_for_renditions
from reports.renditions.harmless import harmless_html
from reports.renditions.markdown import markdown_of
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def emf():
    return w.subject("EMF", title="Human exposure, made up")


@pytest.fixture
def meeting():
    texts = {"result": "It agreed:\n\n3. on a list;\n4. on a page.", "title": "Second meeting, made up"}
    return w.meeting("25-2", date(2025, 5, 12), place="Geneva", **texts)


def written(language="en"):
    """The HTML of each block of the report on 2025."""
    report = AnnualReport.objects.filter(code="2025").first() or acts.open_report("2025")
    with override(language):
        return {key: block.get("html", "") for key, block in generated(report, gather(report)).items()}


def test_a_meeting_is_told_with_its_papers_and_its_result_in_one_sentence(emf, meeting):
    item = w.agenda_item(meeting, "2", "Subjects, made up", [emf])
    w.document(meeting, "A <b>calendar</b>, made up", submitted_by="Somebody", agenda_item=item, subjects=[emf])
    w.document(meeting, "Of the secretariat alone", visibility="restricted")
    text = written()
    said = text["by_meeting"]
    assert "At its meeting of <a" in said
    assert ">12 May 2025</a> in Geneva the group considered the contribution <a" in said
    assert ">ISCG/25-2/01</a>, “A &lt;b&gt;calendar&lt;/b&gt;, made up” (Somebody) and came to this result:" in said
    assert '<ol start="3" dir="ltr">' in said
    assert "Item 2, Subjects, made up: <a" in said and "secretariat alone" not in str(text)
    assert "is about it." in text["by_subject"] and "/en/subjects/emf/" in text["by_subject"]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "(12 May 2025)"),
        ({"place": "Geneva"}, "(12 May 2025 in Geneva)"),
        ({"place": "Geneva", "together_with": True}, "(12 May 2025 in Geneva together with RAG 2025)"),
        ({"together_with": True}, "(12 May 2025 together with RAG 2025)"),
        ({"mode": "electronic"}, "(12 May 2025 by electronic means)"),
    ],
)
def test_where_a_meeting_was_held_is_told_with_its_day(known, words):
    if "together_with" in known:
        known = known | {"together_with": w.meeting("RAG-2025", date(2025, 5, 12), body="RAG", title="RAG 2025")}
    w.meeting("25-2", date(2025, 5, 12), **known)
    assert f"The group met {words}; what it considered and agreed is not recorded." in plain(written()["by_meeting"])


def test_what_a_meeting_decided_is_told_and_what_is_not_done_is_asked(emf):
    meeting = w.meeting("25-2", date(2025, 5, 12))
    w.taken(meeting, "One list, made up", number="1")
    w.taken(meeting, "Name a keeper, made up", number="2", owner="ITU-D TDAG", due_on=date(2025, 6, 1))
    done = {"closed_on": date(2025, 7, 1), "closed_because": "It is kept."}
    w.taken(meeting, "Keep the list, made up", number="3", owner="TSAG", **done)
    text = written()
    said = re.sub("<[^>]+>", "", text["by_meeting"])
    assert "came to this result:" in said and "Decision 1: One list, made up" in said
    assert "Action 2 (ITU-D TDAG; due by 1 June 2025; overdue): Name a keeper, made up" in said
    assert "Action 3 (TSAG; closed on 1 July 2025: It is kept): Keep the list, made up" in said
    asked = re.sub("<[^>]+>", "", text["action"])
    assert "Carry out action 2 of ISCG 25-2, which was due by 1 June 2025: Name a keeper, made up" in asked
    assert "Keep the list" not in asked


def test_what_is_in_another_language_keeps_its_direction_among_arabic_words(meeting):
    w.taken(meeting, "One list", number="1", owner="TDAG", closed_on=date(2025, 7, 1), closed_because="It is kept.")
    said = written("ar")["by_meeting"]
    assert '<blockquote dir="ltr">' in said
    assert (
        "\u2067الفريق الاستشاري لتنمية الاتصالات (TDAG)\u2069؛ أُغلق في" in said and ": \u2068It is kept\u2069)" in said
    )


def test_sources_and_owners_are_read_with_the_initials_of_the_language(meeting):
    w.taken(meeting, "One list", number="1", owner="TDAG")
    for source in ("Chair, ISCG", "ITU-T TSAG"):
        w.document(meeting, f"Of {source}", submitted_by=source)
    said = re.sub("<[^>]+>", "", written("fr")["by_meeting"])
    assert "(GCDT&nbsp;; " in said and "(UIT-T GCNT)" in said and "(Président de l’ISCG)" in said


def test_no_fact_is_gathered_in_one_language_alone(emf, meeting):
    ada = w.person("Ada Testperson")
    w.coordinator(emf, ada, date(2024, 1, 1))
    w.coordinator_report(emf, meeting, ada, results="One")
    w.taken(meeting)
    w.representative("RAG1", w.person("Ben Testperson"), date(2024, 3, 1))
    report, found = acts.open_report("2025"), []
    for language in ("en", "ar"):
        with override(language):
            facts = gather(report)
        with override("fr"):
            found.append(generated(report, facts))
    assert found[0] == found[1]


def test_a_report_in_french_has_no_initials_of_another_language():
    w.representative("RAG1", w.person("Ben Testperson"), date(2024, 3, 1))
    subject = w.subject("EMF")
    w.listing(subject, date(2020, 5, 1))
    w.focal_point(subject, w.person("Ada Testperson"), "RAG", date(2025, 5, 1))
    report = acts.open_report("2025")
    with override("fr"):
        blocks = generated(report, gather(report))
    cells = [cell for key in ("composition", "list", "seats", "offices") for row in blocks[key]["rows"] for cell in row]
    assert any("GCR" in cell for cell in cells) and not any("RAG" in cell for cell in cells)


def test_liaison_statements_are_told_with_what_answered_them(emf, meeting):
    asked = w.document(
        meeting, "A question", type="liaison statement", submitted_by="ITU-T SG5", dated_on=meeting.starts_on
    )
    first = w.liaison(asked, date(2025, 9, 1), action=["ISCG"])
    sent = {"submitted_by": "Chair, ISCG", "dated_on": date(2025, 6, 1)}
    reply = w.document(meeting, "A reply", type="liaison statement", **sent)
    w.liaison(reply, in_reply_to=first, comment=["ITU-T TSAG"])
    said = written()["liaison"]
    assert "ITU-T SG5 sent the group the liaison statement" in said and "(for action; 12 May 2025)" in said
    assert "The group answered with <a" in said and "In answer to <a" in said


def statement(meeting, source, in_reply_to=None, variant_of=None, **fields):
    """A liaison statement of a source, with its addressees by purpose; its row."""
    to = {purpose: fields.pop(purpose) for purpose in ("action", "information") if purpose in fields}
    facts = {"type": "liaison statement", "submitted_by": source, "dated_on": meeting.starts_on} | fields
    made = w.variant(variant_of, **facts) if variant_of else w.document(meeting, "A statement, made up", **facts)
    return w.liaison(made, in_reply_to=in_reply_to, **to)


def plain(html):
    return re.sub("<[^>]+>", "", html)


def test_what_others_wrote_to_others_is_not_told_as_sent_by_the_group(meeting):
    statement(meeting, "SG5 & SG9", information=["TSAG"])
    statement(meeting, "ITU-R WP 1C")
    statement(meeting, "ISCG")
    text = written()
    said = plain(text["liaison"])
    assert "was before the group" not in said.split("ISCG/25-2/03")[1].split("ISCG/25-2/01")[0]
    assert (
        "ISCG/25-2/01, “A statement, made up” (source: SG5 &amp; SG9; addressees: TSAG (for information); 12 May 2025)"
        " was before the group." in said
    )
    assert "(source: ITU-R WP 1C; to whom it goes is not recorded; 12 May 2025) was before the group." in said
    assert "The group sent the liaison statement ISCG/25-2/03, “A statement, made up” (to whom it goes" in said
    assert "The group sent the liaison statement ISCG/25-2/03." in plain(text["summary"])


@pytest.mark.parametrize(
    ("named", "bodies"),
    [
        ("Inter-Sector Coordination Group (ISCG)", {"ISCG"}),
        ("Inter\u2011Sector Coordination Group", {"ISCG"}),
        ("TSAG/RAG", {"TSAG", "RAG"}),
        ("ISCG;TSAG:", {"ISCG", "TSAG"}),
        ("UIT-T GCNT", {"TSAG"}),
        ("КГСЭ", {"TSAG"}),
        ("电信标准化顾问组", {"TSAG"}),
        ("ISC-TF", set()),
        ("FRAGMENT", set()),
    ],
)
def test_a_body_is_found_in_a_text_by_code_initials_or_name_between_any_signs(named, bodies):
    assert {body for body in ("ISCG", "RAG", "TSAG", "TDAG") if names_body(named, body)} == bodies


def test_an_answer_to_a_revision_or_one_that_is_not_public_is_an_answer(meeting):
    first = statement(meeting, "ITU-T SG5", action=["ISCG"])
    revised = statement(meeting, "ITU-T SG5", variant_of=first.document, action=["ISCG"])
    statement(meeting, "ISCG", in_reply_to=revised, information=["SG5"])
    second = statement(meeting, "ITU-T SG9", action=["ISCG"])
    statement(meeting, "ISCG", in_reply_to=second, information=["SG9"], visibility="restricted")
    said = plain(written()["liaison"])
    assert "The group answered with ISCG/25-2/02." in said and "An answer is on record; it is not public." in said
    assert "No answer" not in said and "ISCG/25-2/04" not in said


def test_what_came_says_what_it_answers_and_who_answered_it(meeting):
    sent = statement(meeting, "ISCG", action=["TSAG"])
    came = statement(meeting, "TSAG", in_reply_to=sent, action=["ISCG"])
    statement(meeting, "ITU-D SG1", in_reply_to=came, information=["TSAG"])
    said = plain(written()["liaison"])
    assert "(for action; 12 May 2025). It answers ISCG/25-2/01. The answer is ISCG/25-2/03." in said


def test_meetings_of_the_advisory_groups_are_told_with_what_came_of_them(emf, meeting):
    facts = {"title": "TSAG 2025", "result": "It asked for one list.", "place": "Geneva"}
    tsag = w.meeting("TSAG-2025", date(2025, 5, 26), body="TSAG", **facts)
    w.taken(tsag, "A list is kept, made up", number="1")
    w.agenda_item(tsag, "7", "Coordination, made up", [emf])
    for number, month in enumerate((4, 9), 1):
        w.meeting(f"RAG-2025-{number}", date(2025, month, 7), body="RAG")
    w.meeting("TDAG-2025", date(2025, 5, 12), body="TDAG", state="cancelled", state_note="No room")
    statement(meeting, "ITU-T TSAG", action=["ISCG"])
    text = written()
    said = plain(text["by_meeting"]).split("Meetings of RAG")[1]
    assert "At its meeting of 26 May 2025 in Geneva TSAG came to this result:" in said
    assert "It asked for one list." in said and "Decision 1: A list is kept, made up" in said
    assert "TSAG sent the group the liaison statement ISCG/25-2/01." in said
    assert "RAG met (7 April 2025 and 7 September 2025); the results are not recorded." in said
    off = "The meeting was announced for 12 May 2025 and did not take place then (cancelled: No room)"
    assert f"Meeting TDAG-2025, made up: {off}" in said
    met = "The advisory groups met: RAG (7 April 2025 and 7 September 2025) and TSAG (26 May 2025)."
    assert met in plain(text["summary"])
    assert "It was on the agenda of TSAG 2025." in plain(text["by_subject"])
    assert not {"TSAG-2025", "RAG-2025", "TDAG-2025."} & set(plain(str(text)).split())


def test_a_meeting_that_was_called_off_is_told_as_that(meeting):
    w.meeting("25-3", date(2025, 9, 1), state="postponed", state_note="Until 2026")
    text = plain(written()["by_meeting"])
    assert "announced for 1 September 2025 and did not take place then (postponed: Until 2026)." in text


def test_key_issues_and_decisions_are_told_under_their_subject(emf, meeting):
    issue = w.key_issue("No keeper, made up", subject=emf, answer="One is named", answered_on=date(2025, 6, 1))
    w.taken(meeting, "One list, made up", number="1", subject=emf)
    w.taken(meeting, "Name a keeper, made up", number="2", subject=emf, owner="TSB")
    said = written()["by_subject"]
    assert f"key-issues/?issue={issue.pk}" in said and "#decision-" in said
    said = plain(said)
    assert "A key issue was raised with the Director of BR (answered): No keeper, made up The answer: One is" in said
    assert "ISCG 25-2, decision 1: One list, made up" in said
    assert "ISCG 25-2, action 2 (TSB; open): Name a keeper, made up" in said


def test_papers_of_no_meeting_or_of_one_that_was_perhaps_held_are_told():
    w.document(None, "A letter, made up", number="ISCT-18/12", dated_on=date(2025, 3, 4))
    w.document(w.meeting("25-3", date(2025, 9, 1), state="planned"), "A plan, made up")
    said = plain(written()["by_meeting"])
    assert "The paper ISCT-18/12, “A letter, made up” belongs to no meeting." in said
    assert "The paper ISCG/25-3/01, “A plan, made up” was submitted to it." in said


def test_a_subject_is_named_by_its_title_where_it_is_told_first(emf, meeting):
    w.listing(emf, date(2020, 1, 1))
    emf.recorded_from = date(2024, 1, 1)
    emf.save()
    text = written()
    assert "nobody coordinated Human exposure, made up (EMF)." in plain(text["summary"])
    assert "Coordinator for the subject Human exposure, made up (EMF), which" in plain(text["action"])
    with override("zh-hans"):
        assert named(emf).endswith('<span lang="en" dir="ltr">Human exposure, made up</span>（EMF）</a>')


WITHOUT_A_ROW = (  # sentences that are about the record, or about nothing
    "The advisory groups are invited",
    "Nothing is open that",
    "No change in the seven seats",
    "No liaison statement",
    "Among the points",
    "The meeting decided",
    "The meeting agreed on",
    "Meetings decided about it",
    "Item ",
    "The meeting was announced for",
)


def test_each_sentence_of_a_full_record_has_a_link_to_its_row(world, meeting):
    emf = world.subjects["EMF"]
    w.key_issue("An issue of none, made up")
    w.key_issue("An issue, made up", subject=emf)
    w.taken(meeting, "One list, made up", number="1", subject=emf)
    w.taken(meeting, "Keep it, made up", number="2", owner="TDAG, ISCG")
    w.coordinator_report(emf, meeting, world.ina, starts_on=date(2025, 1, 1), guidance="Inside", results="")
    w.meeting("EMF-25", date(2025, 3, 3), body="Coordinators", subject=emf)
    w.meeting("RAG-2025", date(2025, 4, 7), body="RAG")
    w.meeting("25-3", date(2025, 9, 1), state="cancelled")
    w.activity(starts_on=date(2025, 5, 5), subjects=[emf])
    statement(meeting, "ITU-T SG5", action=["ISCG", "TSAG"])
    ChairTerm.objects.filter(ends_on=None).update(ends_on=date(2025, 4, 1), ends_precision="day")
    bare = [
        plain(part)
        for key, html in written().items()
        for part in re.findall("<(?:p|li)>(.*?)</(?:p|li)>", re.sub("(?s)<blockquote.*?</blockquote>", "", html))
        if "<a " not in part and key not in ("introduction", "terms")
    ]
    assert [part for part in bare if part and not part.startswith(WITHOUT_A_ROW)] == []


def test_what_is_open_is_asked_of_the_group_that_can_do_it(emf, meeting):
    w.listing(emf, date(2020, 1, 1))
    emf.recorded_from = date(2024, 1, 1)
    emf.save()
    w.seat("TSAG1", date(2024, 1, 1))
    question = w.document(meeting, "A question", type="liaison statement", dated_on=meeting.starts_on)
    w.liaison(question, date(2025, 9, 1), action=["TSAG"], information=["RAG"])
    w.key_issue("An issue, made up", addressee="TSB")
    report = acts.open_report("2025")
    content = content_of(report, gather(report))
    asked = {group: asked_in(content, "en", group) for group in ("RAG", "TSAG", "TDAG")}
    assert asked["TDAG"] == ["Nothing is open that TDAG is asked to do: it is invited to note this report."]
    assert [line.split(",")[0].split(":")[0] for line in asked["TSAG"]] == [
        "Appoint a representative",
        "Appoint",
        "Act on the liaison statement ISCG/25-2/01",
        "Follow the key issue that is open with the Director of TSB",
    ]
    assert len(asked["RAG"]) == 1 and "EMF" in asked["RAG"][0]


def test_groups_that_are_asked_nothing_share_a_sentence_and_each_finds_it():
    report = acts.open_report("2025")
    content = content_of(report, gather(report))
    said = "Nothing is open that RAG, TSAG and TDAG are asked to do: they are invited to note this report."
    assert [asked_in(content, "en", group) for group in ("RAG", "TSAG", "TDAG")] == [[said]] * 3
    with override("en"):
        action = generated(report, gather(report), only="action")["action"]["html"]
    assert "act on what is open below" not in action


def test_the_composition_says_of_each_seat_who_held_it_or_that_nobody_did():
    w.representative("RAG1", w.person("Ada Testperson"), date(2024, 3, 1))
    w.seat("TSAG1", date(2024, 1, 1))
    report = acts.open_report("2025")
    block = generated(report, gather(report))["composition"]
    assert block["columns"] == ["Seat", "Name", "For"]
    assert [row[1] for row in block["rows"]].count("not recorded") == 5
    assert ["TSAG", "vacant since 1 January 2024", ""] in [list(row) for row in block["rows"]]


def test_who_follows_another_is_told_in_one_sentence(emf):
    w.coordinator(emf, w.person("Zoe Testperson"), date(2024, 1, 1), date(2025, 5, 1))
    w.coordinator(emf, w.person("Ada Testperson"), date(2025, 5, 1), starts_decision="TSAG/12")
    said = written()["by_subject"]
    assert "took the place of Zoe Testperson as its Coordinator (1 May 2025; TSAG/12)." in said
    assert "ceased" not in said


def test_a_coordinators_report_is_rendered_without_its_guidance(emf, meeting):
    ada = w.person("Ada Testperson")
    w.coordinator(emf, ada, date(2024, 1, 1))
    w.coordinator_report(emf, meeting, ada, activities="# Head\n\n* One\n* Two", guidance="Inside the group")
    text = written()
    assert '<h4 dir="ltr">Head</h4>' in text["by_subject"] and "<li>One</li>" in text["by_subject"]
    assert "Inside the group" not in str(text)
    assert "Ada Testperson</a>, Coordinator of <a" in text["by_meeting"]


def test_a_coordinator_and_a_focal_point_are_spoken_of_as_a_woman_or_a_man(emf, meeting):
    ada = w.person("Ada Testperson", honorific="Ms")
    w.coordinator(emf, ada, date(2024, 1, 1))
    w.focal_point(emf, w.person("Eva Testperson", honorific="Ms"), "RAG", date(2025, 3, 1))
    w.coordinator_report(emf, meeting, ada, results="One")
    text = written("fr")
    assert "Coordonnatrice du sujet EMF, a rendu compte à la réunion" in plain(text["by_meeting"])
    assert "en est devenue le Point de contact" in plain(text["by_subject"])


def test_two_of_a_group_of_whom_the_same_is_said_share_a_sentence():
    for seat, name, honorific in (("RAG1", "Ada", "Ms"), ("RAG2", "Eva", "Ms"), ("TSAG1", "Ben", "Mr")):
        w.representative(seat, w.person(f"{name} Testperson", honorific=honorific), date(2025, 3, 1))
    w.representative("TSAG2", w.person("Zoe Testperson", honorific="Ms"), date(2025, 3, 2))
    said = plain(written()["appointments"])
    assert "Ms Ada Testperson and Ms Eva Testperson became the representatives of RAG (1 March 2025)." in said
    assert "Mr Ben Testperson became a representative of TSAG (1 March 2025)." in said
    assert "Ms Zoe Testperson became a representative of TSAG (2 March 2025)." in said
    french, arabic = (plain(re.sub("[\u2066-\u2069]", "", written(one)["appointments"])) for one in ("fr", "ar"))
    assert "Ms Ada Testperson et Ms Eva Testperson sont devenues représentantes du GCR" in french
    assert "تولت Ms Ada Testperson وMs Eva Testperson منصبي ممثلتَي" in arabic


def test_a_meeting_says_which_statements_came_and_which_it_sent(meeting):
    statement(meeting, "ITU-T SG5", action=["ISCG"])
    statement(meeting, "ISCG", action=["TSAG"])
    statement(meeting, "ITU-D SG2", action=["TSAG"])
    said = plain(written()["by_meeting"])
    assert "The group received the liaison statement ISCG/25-2/01, “" in said and "(ITU-T SG5)." in said
    assert "The group sent the liaison statement ISCG/25-2/02, “" in said and "(ISCG)" not in said
    assert "(ITU-D SG2) was before the group." in said and "dealt with" not in said


def test_a_statement_of_an_advisory_group_has_the_article_of_the_group(meeting):
    for source in ("TSAG", "ITU-D TDAG", "TSAG Rapporteur Group"):
        statement(meeting, source, action=["ISCG"])
    said = plain(written("fr")["liaison"])
    assert "Le GCNT a adressé au Groupe" in said and "Le GCDT a adressé au Groupe" in said
    assert "; source&nbsp;: GCNT Rapporteur Group." in said and "Le GCNT Rapporteur" not in said


def test_what_the_task_force_is_asked_is_to_answer(emf):
    w.key_issue("No keeper, made up", addressee="ISC-TF", subject=emf)
    said = written()["action"]
    assert "<h3>Inter-Sectoral Coordination Task Force</h3>" in said
    assert "Answer the key issue on the subject Human exposure, made up (EMF): No keeper, made up" in plain(said)


def test_the_references_give_each_resolution_in_full_with_its_title():
    w.revision(w.resolution("PP", 191, title="A strategy, made up"), 2022, "Bucharest", revised=True)
    said = written()["references"]
    whole = "Resolution 191 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, “A strategy, made up”"
    assert whole in plain(said)


def test_a_period_without_anything_says_what_is_not_recorded():
    text = written()
    assert "No meeting is recorded as held in the period." in text["by_meeting"]
    assert "No liaison statement of the period is on record." in text["liaison"]
    assert "Nothing is on record of any subject for the period." in text["by_subject"]


def test_texts_of_another_language_are_marked_in_the_six_languages(emf, meeting):
    report = acts.open_report("2025")
    block = report.blocks.get(key="introduction")
    block.mode, block.texts = "edited", {"en": "By hand"}
    block.save()
    content = content_of(report, gather(report))
    assert set(content["languages"]) == {"ar", "en", "es", "fr", "ru", "zh"}
    arabic = {one["key"]: one for part in content["languages"]["ar"]["sections"] for one in part["blocks"]}
    assert (arabic["introduction"]["lang"], bool(arabic["introduction"]["note"])) == ("en", True)
    assert '<span lang="en" dir="ltr">Second meeting, made up</span>' in arabic["by_meeting/25-2"]["html"]


def test_a_text_becomes_markdown_that_gives_the_same_text():
    text = "At:\n\n3. the **work** of [SG5](https://x.org/a_b);\n4. more\n   - inside\n\n#### Head\n\n"
    text += "| A | B |\n|---|---|\n| 1 | \\*2 |\n\n> said\n>\n> - this"
    html = harmless_html(text)
    assert harmless_html(markdown_of(html)) == html


def test_a_transmission_quotes_what_the_report_asks_of_its_group_and_leads_there(client, settings, emf, meeting):
    for group in ("RAG", "TSAG"):
        w.advisory_group(group)
    question = w.document(meeting, "A question", type="liaison statement", dated_on=meeting.starts_on)
    w.liaison(question, action=["TSAG"])
    report = w.published_report("2025")
    mails = {one.group_id: " ".join(_asked(one)) for one in report.transmissions.all()}
    address = f"{settings.SITE_URL}/en/reports/2025/#action-1"
    assert f"The report says of TSAG:\n{address} Act on the liaison statement ISCG/25-2/01" in mails["TSAG"]
    assert "Act on" not in mails["RAG"] and "#action-2" in mails["RAG"]
    page = client.get("/en/reports/2025/").content.decode()
    assert '<h3 id="action-1">TSAG</h3>' in page and '<h3 id="action-2">RAG and TDAG</h3>' in page


def test_who_only_translates_leaves_the_original_to_the_record():
    report = acts.open_report("2025")
    block, record = report.blocks.get(key="summary"), texts_of_record(report, "summary")
    shown = record["en"]
    write(block, "edited", {"en": shown, "fr": "Le texte"}, shown=shown)
    assert report.blocks.get(key="summary").texts == {"fr": "Le texte"}
    trees = content_of(report, gather(report))["languages"]
    summaries = {lang: tree["sections"][0]["blocks"][0] for lang, tree in trees.items()}
    assert "Le texte" in summaries["fr"]["html"] and "the seven seats" in summaries["en"]["html"]


def test_a_part_that_an_older_draft_lacks_is_written_all_the_same():
    report = acts.open_report("2025")
    report.blocks.get(key="liaison").delete()
    block = block_of(report, "liaison")
    write(block, "edited", {"en": "By hand"}, shown=texts_of_record(report, "liaison")["en"])
    assert report.blocks.get(key="liaison").texts == {"en": "By hand"}
    assert block_of(report, "of-old") is None


def test_the_data_is_one_file_for_all_languages(client):
    report = w.published_report("2025")
    asked = ask_for_renditions(report)
    assert [one.language for one in asked if one.kind == "json"] == ["en"]
    assert len([one for one in asked if one.kind == "pdf"]) == 6
    page = client.get("/ar/reports/2025/").content.decode()
    assert page.count(".json") == 1 and page.index('class="report-contents"') < page.index("SHA-256")
    french, english = (b"".join(client.get(f"/reports/2025/{lang}.json")) for lang in ("fr", "en"))
    assert french == english and english
    assert client.get("/reports/2025/xx.json").status_code == 404


def test_a_chinese_text_has_its_own_brackets_and_no_space_between_sentences(meeting):
    w.coordinator(w.subject("EMF"), w.person("Ada Testperson"), date(2024, 1, 1))
    chinese = written("zh-hans")
    assert "。 " not in str(chinese) and "</a>（2025年5月12日）" in chinese["summary"]
