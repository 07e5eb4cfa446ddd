"""Files are made outside the request, each once; what stops halfway is made later."""

import datetime
import hashlib
import os
import signal

import pytest
from django.utils import timezone

from iscg_portal.models import StoredFile
from iscg_portal.tenure.dates import today
from reports import rendering
from reports.models import AnnualReport, Rendition, ReportFile
from reports.models.report_files import GIVEN_UP_AFTER
from reports.rendering import ask_for_renditions, make_due, render
from reports.renditions import RenditionError, canonical
from reports.renditions.pdf import copy_only_what_is_embedded, pdf
from secretariat.attention import attention
from secretariat.checks.reports import FILES_FAILED
from secretariat.checks.seats import team_on
from secretariat.clause_counts import clause_lines
from secretariat.kept_checks import KeptChecks
from tests.reports.made_up_content import made_up_content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder_of_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def frozen():
    """A published report in Chinese, with its frozen content."""
    content = made_up_content()
    content["languages"] = {"zh": content["languages"]["zh"]}
    data = canonical(content)
    return AnnualReport.objects.create(
        code="2025",
        period_from=datetime.date(2024, 12, 31),
        period_to=datetime.date(2025, 12, 31),
        state="published",
        content=data.decode(),
        content_sha256=hashlib.sha256(data).hexdigest(),
    )


def test_every_file_is_made_once_and_belongs_to_the_report(frozen):
    ask_for_renditions(frozen)

    made = make_due(frozen)

    assert {(one.kind, one.state, one.progress) for one in made} == {(k, "made", 100) for k in ("pdf", "docx", "json")}
    assert {file.language for file in ReportFile.objects.filter(report=frozen)} == {"zh-hans"}
    assert frozen.files.get(kind="json").stored_id == frozen.content_sha256
    assert make_due(frozen) == []


def test_two_makers_do_not_take_the_same_file(frozen):
    rendition, now = ask_for_renditions(frozen)[0], timezone.now()

    assert Rendition.objects.claim(rendition.pk, now)
    assert not Rendition.objects.claim(rendition.pk, now)


def test_what_a_killed_maker_left_is_taken_again_later(frozen):
    rendition, now = ask_for_renditions(frozen)[0], timezone.now()
    Rendition.objects.claim(rendition.pk, now)

    assert Rendition.objects.claim(rendition.pk, now + GIVEN_UP_AFTER + datetime.timedelta(seconds=1))


def test_a_failure_says_why_and_can_be_tried_again(frozen, monkeypatch):
    def broken(_content, _lang, _tell):
        raise RenditionError("A picture is damaged.")

    monkeypatch.setitem(rendering.MAKERS, "pdf", broken)
    ask_for_renditions(frozen)
    make_due(frozen)

    failed = frozen.renditions.get(kind="pdf")
    assert (failed.state, failed.error) == ("failed", "A picture is damaged.")
    assert not frozen.files.filter(kind="pdf").exists()
    ask_for_renditions(frozen)
    assert frozen.renditions.get(kind="pdf").state == "to make"


def test_the_page_promises_no_file_that_could_not_be_made_and_the_desk_names_it(report_of_2024, client, monkeypatch):
    Rendition.objects.exclude(kind="pdf", language="en").delete()

    def broken(_content, _lang, _tell):
        raise RenditionError("A picture is damaged.")

    def on_the_desk():
        lines, _all_as_stored = clause_lines(today(), KeptChecks(), team_on(today()))
        counted = {topic: number for line in lines for topic, number in line.counts}
        assert counted.get(FILES_FAILED, 0) == len([one for one in attention() if one.topic == FILES_FAILED])
        return FILES_FAILED in counted

    def is_promised():
        return "they will be here in a few minutes" in client.get("/en/reports/2024/").content.decode()

    monkeypatch.setitem(rendering.MAKERS, "pdf", broken)
    assert is_promised() and not on_the_desk()
    make_due(report_of_2024)
    assert not is_promised() and on_the_desk()
    ask_for_renditions(report_of_2024)
    assert is_promised() and not on_the_desk()


def test_a_killed_renderer_loses_nothing_but_its_own_file(frozen, monkeypatch):
    """Each file has a process of its own; the sender goes on, and the file can be made again."""
    monkeypatch.setitem(rendering.MAKERS, "pdf", lambda *_content: os.kill(os.getpid(), signal.SIGKILL))
    ask_for_renditions(frozen)
    make_due(frozen)

    states = dict(frozen.renditions.values_list("kind", "state"))
    assert states == {"pdf": "failed", "docx": "made", "json": "made"}
    assert frozen.renditions.get(kind="pdf").error.startswith("The file could not be made")
    monkeypatch.undo()
    ask_for_renditions(frozen)
    assert [(one.kind, one.state) for one in make_due(frozen)] == [("pdf", "made")]


def test_a_pdf_copies_no_whole_font(monkeypatch):
    """Two Chinese fonts have 40 MB, of which a report embeds a few characters."""
    copied = []
    copy_only_what_is_embedded()
    from weasyprint.pdf import fonts

    late = fonts.get_hb_object_data

    def noted(face):
        read = late(face)
        return lambda: copied.append(read()) or copied[-1]

    monkeypatch.setattr(fonts, "get_hb_object_data", noted)
    pdf(made_up_content(), "zh")

    assert copied and max(map(len, copied)) < 1_000_000


def test_a_maker_stopped_while_storing_leaves_nothing_half_published(frozen, monkeypatch):
    def stopped(**_facts):
        raise KeyboardInterrupt

    ask_for_renditions(frozen)
    monkeypatch.setattr(ReportFile.objects, "get_or_create", stopped)
    with pytest.raises(KeyboardInterrupt):
        make_due(frozen)

    assert not ReportFile.objects.exists() and not StoredFile.objects.exists()
    assert frozen.renditions.filter(state="made").count() == 0


def test_nothing_is_made_from_damaged_content(frozen):
    """The database changes no frozen content; the disk below it might."""
    frozen.pk, frozen.code, frozen.content_sha256 = None, "2025-damaged", "0" * 64
    frozen.save()
    Rendition.objects.create(report=frozen, language="zh-hans", kind="pdf")

    made = make_due(frozen)

    assert {one.state for one in made} == {"failed"} and not ReportFile.objects.exists()


def test_who_looks_meanwhile_sees_how_far_it_is(frozen, monkeypatch):
    seen, tell = [], rendering._tell

    def slow(_content, _lang, tell):
        tell(20)
        tell(70)
        raise RenditionError("Far enough.")

    def told(rendition, percent):
        tell(rendition, percent)
        seen.append(Rendition.objects.get(kind="pdf").progress)

    ask_for_renditions(frozen).exclude(kind="pdf").delete()
    monkeypatch.setitem(rendering.MAKERS, "pdf", slow)
    monkeypatch.setattr(rendering, "_tell", told)
    make_due(frozen)

    assert seen == [20, 70]


def test_rendering_gives_all_files_and_names_what_is_busy(frozen):
    busy = ask_for_renditions(frozen).get(kind="docx")
    Rendition.objects.claim(busy.pk, timezone.now())

    with pytest.raises(RenditionError, match="Another process is making 2025 zh-hans docx"):
        render(frozen)
    assert {file.kind for file in frozen.files.all()} == {"json", "pdf"}
