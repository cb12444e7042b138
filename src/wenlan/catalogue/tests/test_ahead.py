"""A large file is read by a process of its own; what comes of it is the same."""

import pytest

from wenlan.catalogue import ahead
from wenlan.catalogue.cnmarc import iso2709
from wenlan.catalogue.testing import make_marc


@pytest.fixture
def file(tmp_path):
    """A file of four hundred records: more than one batch."""
    path = tmp_path / "records.mrc"
    path.write_bytes(b"".join(iso2709.encode(make_marc(f"第{number}种"), "utf-8") for number in range(400)))
    return path


def test_what_the_other_process_reads_is_what_is_read_here(file, monkeypatch):
    here = list(ahead.read_ahead(file, encoding="auto", told=None))
    monkeypatch.setattr(ahead, "LARGE", 0)
    there = list(ahead.read_ahead(file, encoding="auto", told=None))

    assert [len(batch.bibliographic) for batch in there] == [300, 100]
    assert there == here


def test_what_goes_wrong_there_is_told_here(tmp_path, monkeypatch):
    monkeypatch.setattr(ahead, "LARGE", 0)

    with pytest.raises(OSError, match=r"irectory|denied"):
        list(ahead.read_ahead(tmp_path, encoding="auto", told=None))


def test_a_run_that_is_broken_off_leaves_no_process_behind(file, monkeypatch):
    started = []
    monkeypatch.setattr(ahead, "LARGE", 0)
    real = ahead.subprocess.Popen
    monkeypatch.setattr(
        ahead.subprocess, "Popen", lambda *args, **more: started.append(real(*args, **more)) or started[0]
    )

    reading = ahead.read_ahead(file, encoding="auto", told=None)
    next(reading)
    reading.close()

    assert started[0].poll() is not None
