"""A large file is read by processes of their own; what comes of it is the same."""

import subprocess
import sys

import pytest

from wenlan.catalogue import ahead
from wenlan.catalogue.ahead import Reading
from wenlan.catalogue.batches import batches
from wenlan.catalogue.cnmarc import MarcRecord, element_text, encode, field
from wenlan.catalogue.description import describe
from wenlan.catalogue.testing import make_marc

BROKEN = b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d"
PERSON = MarcRecord("00000nz  a2200000n  4500", (field("100", "1 ", ("a", "Liu, Cixin")),))


@pytest.fixture
def records(monkeypatch):
    """Four hundred records, three of which are none or no bibliographic ones; a turn is of fifty."""
    monkeypatch.setattr(ahead, "TURN", 50)
    found = [encode(make_marc(f"第{number}种"), "utf-8") for number in range(400)]
    found[49:51] = BROKEN, encode(PERSON, "utf-8")
    found[120] = found[119]
    return found


def split(reading):
    """Read as large files are: the turns of both processes, each of which is told the turns by its place."""
    return [list(ahead.read(reading, place)) for place in range(ahead.READERS)]


@pytest.mark.slow
def test_what_the_other_processes_read_is_what_is_read_here(records, tmp_path, monkeypatch):
    file = tmp_path / "records.mrc"
    file.write_bytes(b"".join(records))
    reading = Reading(path=file, reads=describe)

    here = list(ahead.read_ahead(reading))
    monkeypatch.setattr(ahead, "LARGE", 0)
    there = list(ahead.read_ahead(reading))

    assert there == here
    assert [one.position for one in there] == list(range(1, 401))
    assert here[0].read.title_proper == "第0种"
    assert [tuple(map(len, batch)) for batch in batches(there)] == [(298, 1, 1), (100, 0, 0)]


@pytest.mark.parametrize("form", ["iso2709", "marcxml", "table"])
def test_the_turns_of_the_readers_make_the_whole_file(form, records, tmp_path):
    file = tmp_path / "records"
    if form == "iso2709":
        file.write_bytes(b"".join(records))
    elif form == "marcxml":
        said = "".join(element_text(make_marc(f"第{number}种")) for number in range(120))
        file.write_text(f'<collection xmlns="http://www.loc.gov/MARC21/slim">{said}<record>', encoding="utf-8")
    else:
        file.write_text("题名,作者\n" + "".join(f"第{number}种,某某\n" for number in range(120)), encoding="utf-8")
    reading = Reading(path=file)

    first, second = split(reading)

    assert len(first) >= 50
    assert sorted([*first, *second], key=lambda one: one.position) == list(ahead.read(reading))


@pytest.mark.slow
def test_what_goes_wrong_there_is_told_here(tmp_path, monkeypatch):
    monkeypatch.setattr(ahead, "LARGE", 0)

    with pytest.raises(OSError, match=r"irectory|denied"):
        list(ahead.read_ahead(Reading(path=tmp_path)))


@pytest.mark.slow
def test_a_reader_that_dies_is_no_end_of_the_file(records, tmp_path, monkeypatch):
    file = tmp_path / "records.mrc"
    file.write_bytes(b"".join(records))
    monkeypatch.setattr(ahead, "LARGE", 0)
    real = subprocess.Popen
    monkeypatch.setattr(
        ahead.subprocess, "Popen", lambda _command, **more: real([sys.executable, "-c", "input()"], **more)
    )

    with pytest.raises(RuntimeError, match="early"):
        list(ahead.read_ahead(Reading(path=file)))


@pytest.mark.slow
def test_a_run_that_is_broken_off_leaves_no_process_behind(records, tmp_path, monkeypatch):
    file = tmp_path / "records.mrc"
    file.write_bytes(b"".join(records))
    started = []
    monkeypatch.setattr(ahead, "LARGE", 0)
    real = subprocess.Popen
    monkeypatch.setattr(
        ahead.subprocess, "Popen", lambda *args, **more: started.append(real(*args, **more)) or started[-1]
    )

    reading = ahead.read_ahead(Reading(path=file))
    next(reading)
    reading.close()

    assert [one.poll() is not None for one in started] == [True, True]
