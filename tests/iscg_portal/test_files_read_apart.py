"""What somebody sent is read in a process of its own, with limits; what reaches one is refused with a sentence."""

import os
import signal
import tempfile
import time

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.files import apart as reading
from iscg_portal.files.apart import Limits, Stopped, TooMuch, apart, in_child
from iscg_portal.files.checks import kind_of
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.sheet import FileRefused
from iscg_portal.personal_addresses import found_in, personal_in
from meetings.docx_headers import read_header
from tests import made_up_files as made


def work_for_ever():
    while True:
        pass


def take_much_memory():
    return len(bytearray(4 * reading.MOST_MEMORY))


@pytest.mark.parametrize(
    ("limit", "read"), [("MOST_SECONDS", work_for_ever), ("LONGEST_WAIT", lambda: time.sleep(60))], ids=["cpu", "clock"]
)
def test_what_takes_too_long_is_stopped(monkeypatch, limit, read):
    monkeypatch.setattr(reading, limit, 1)
    began = time.monotonic()
    with pytest.raises(TooMuch, match="more time or memory than the portal gives"):
        apart(read)()
    assert time.monotonic() - began < 20


def test_what_takes_too_much_memory_is_stopped():
    with pytest.raises(TooMuch):
        apart(take_much_memory)()


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"  # who adopts it may leave it a zombie
    except FileNotFoundError:
        return False


def test_who_reads_for_a_worker_that_is_killed_ends_with_it():
    told, tell = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.setsid()
        in_child(lambda _tell: os.write(tell, str(os.getpid()).encode()) and time.sleep(60), Limits(30, 60, 10**9))
        os._exit(0)
    reader = int(os.read(told, 20))
    assert is_running(reader)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    end = time.monotonic() + 5
    while is_running(reader) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_running(reader)


def test_a_refusal_and_a_mistake_arrive_as_they_were_raised():
    def refuse():
        raise FileRefused(["One.", "Two."])

    with pytest.raises(FileRefused) as refused:
        apart(refuse)()
    assert refused.value.messages == ["One.", "Two."]
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 / 0)()


def test_a_reader_that_dies_is_a_refusal():
    with pytest.raises(TooMuch):
        apart(lambda: os.kill(os.getpid(), signal.SIGKILL))()


def test_who_waits_hears_what_is_told_on_the_way():
    heard = []
    limits = Limits(seconds=10, wait=20, memory=10**9)

    assert in_child(lambda tell: [tell(20), tell(70)] and "done", limits, heard.append) == "done"
    assert heard == [20, 70]


def test_what_the_sender_makes_is_made_to_its_end_when_it_is_told_to_end():
    def told_to_end(_tell):
        os.kill(os.getpid(), signal.SIGTERM)
        return "done"

    limits = Limits(seconds=10, wait=20, memory=10**9)
    assert in_child(told_to_end, limits, may_be_told_to_end=False) == "done"
    with pytest.raises(Stopped):
        in_child(told_to_end, limits)


def test_the_file_is_whole_afterwards():
    content = bytes(range(256)) * 5_000
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        file.read(10)
        assert apart(lambda file: len(file.read()))(file) == len(content) - 10
        assert file.read() == content


def test_what_reads_files_reads_apart():
    assert all(hasattr(read, "__wrapped__") for read in (kind_of, read_header, found_in))
    reads = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_in_child", lambda read, *rest: reads.append(read))
        read_file(b"a,b\n1,2\n")
    assert len(reads) == 1


def test_many_openings_of_tags_are_searched_in_no_time():
    hostile = made.docx("<w:p><w:r><w:t>" + "&lt;" * 10 + "</w:t></w:r></w:p>", **{"word__notes": "<" * 900_000})
    began = time.process_time()
    found_in.__wrapped__(hostile, "docx")
    assert time.process_time() - began < 3


@pytest.mark.parametrize("text", ["tel" * 100_000, "+" * 300_000, "a@" * 150_000, "tel. (" * 50_000])
def test_a_long_text_is_searched_for_addresses_in_no_time(text):
    began = time.process_time()
    personal_in(text)
    assert time.process_time() - began < 3


def test_a_file_at_the_limit_is_refused_where_it_is_checked(monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_WAIT", 0)
    with pytest.raises(ValidationError, match="more time or memory"):
        kind_of(made.docx(), "paper.docx")
    with pytest.raises(FileRefused, match="more time or memory"):
        read_file(b"a,b\n1,2\n")
