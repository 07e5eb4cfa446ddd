"""`manage.py attention`: prints the findings, and says by its exit status whether anything is open."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from secretariat.checks.seats import BALANCE, SEAT_VACANT
from secretariat.findings import Finding
from secretariat.management.commands import attention as command
from tests.world import terms_of_reference

VACANT = Finding(SEAT_VACANT, "RAG, seat 1: vacant (since 1 May 2024).", "/admin/somewhere/")
REMARK = Finding(BALANCE, "No representative on record comes from Council region A: Americas.")


@pytest.fixture
def found(monkeypatch, db):
    """What the command is to find, and the day on which it was asked."""
    findings = []
    monkeypatch.setattr(command, "attention", lambda day: findings)
    return findings


def run(*arguments):
    """The exit status."""
    try:
        call_command("attention", *arguments)
    except SystemExit as exit:
        return exit.code
    return 0


def test_exit_status_is_one_if_anything_is_open(found):
    found += [VACANT, REMARK]
    assert run("--on", "2025-02-12") == 1


def test_exit_status_is_nought_if_there_are_only_remarks(found):
    found.append(REMARK)
    assert run("--on", "2025-02-12") == 0


def test_text_names_the_day_the_clauses_and_the_sentences(found, capsys):
    found += [VACANT, REMARK]
    run("--on", "2025-02-12")
    assert capsys.readouterr().out.splitlines() == [
        "As on 12 February 2025, by the Terms of Reference as proposed in ISCG/25-1/03",
        "",
        "C1  Two representatives of each of RAG, TSAG and TDAG, with regional balance",
        "  1 seat is vacant (open)",
        "    RAG, seat 1: vacant (since 1 May 2024).",
        "  1 remark on the balance (remark)",
        "    No representative on record comes from Council region A: Americas.",
    ]


def test_text_says_when_nothing_is_open(found, capsys):
    run("--on", "2025-02-12")
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing is open."


def test_json_gives_clause_kind_sentence_and_address(found, capsys):
    found.append(VACANT)
    run("--json", "--on", "2025-02-12")
    finding = {"clause": "C1", "kind": "open", "sentence": VACANT.sentence, "url": "/admin/somewhere/"}
    assert json.loads(capsys.readouterr().out) == {
        "on": "2025-02-12",
        "terms_of_reference": "the Terms of Reference as proposed in ISCG/25-1/03",
        "open": True,
        "findings": [finding],
    }


def test_once_a_text_is_in_effect_the_command_speaks_of_that_text(found, capsys):
    terms_of_reference(date(2025, 2, 12), "ISCG/99-1/01")
    run("--on", "2025-02-12")
    said = "As on 12 February 2025, by the Terms of Reference in ISCG/99-1/01, in effect from 12 February 2025"
    assert capsys.readouterr().out.splitlines()[0] == said


@pytest.mark.parametrize("text", ["tomorrow", "2025-02", "2025-02-30", "by 2025-02-12"])
def test_a_day_that_is_none_is_refused_with_a_sentence(found, text):
    with pytest.raises(CommandError, match=text):
        run("--on", text)


def test_the_command_asks_the_record(world, capsys):
    assert run("--on", "2025-02-12") == 1
    assert "TSAG, seat 2: vacant (since June 2024)." in capsys.readouterr().out
