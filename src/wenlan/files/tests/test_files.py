"""Photographs are kept sealed, once, and as long as was said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from wenlan.files import operations, policies, queries
from wenlan.files.errors import FileGone, FileKindUnknown, FileTooLarge
from wenlan.files.models import StoredFile
from wenlan.files.types import NewFile
from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_node

PHOTO = b"\xff\xd8\xff\xe0 the page of March, with names"
NEW = NewFile(content=PHOTO, name="page.jpg", owner="paper:1", keep_until=date(2021, 3, 4))


@pytest.fixture
def act(db, settings, tmp_path):
    """An act at a node, in an installation whose media are empty."""
    settings.MEDIA_ROOT = tmp_path
    at = datetime(2019, 3, 4, 2, tzinfo=UTC)
    return Act(at=at, node=make_node().id, channel=Channel.PAPER, key="keep-1", staff=None)


def test_a_photograph_is_sealed_and_comes_back_as_it_was(act):
    kept = operations.keep(act, new=NEW)
    again = operations.keep(act, new=NEW)
    with default_storage.open(policies.address(kept.digest)) as lying:
        on_the_disk = lying.read()

    assert (kept, kept.content_type, kept.size) == (again, "image/jpeg", len(PHOTO))
    assert b"names" not in on_the_disk
    assert queries.content(queries.file(kept.uid)) == PHOTO
    assert queries.files_of(["paper:1"]) == {"paper:1": (kept,)}


def test_what_was_changed_on_the_disk_is_not_shown(act):
    kept = operations.keep(act, new=NEW)
    place = Path(default_storage.path(policies.address(kept.digest)))
    with place.open("r+b") as lying:
        lying.seek(20)
        lying.write(b"x")

    with pytest.raises(FileGone):
        queries.content(kept)


def test_a_file_goes_when_its_time_is_over_and_no_other_needs_it(act):
    first = operations.keep(act, new=NEW)
    second = operations.keep(replace(act, key="keep-2"), new=replace(NEW, owner="paper:2", keep_until=None))

    gone = [operations.let_go(datetime(2021, 3, day, 12, tzinfo=UTC)) for day in (3, 4, 5)]

    assert gone == [0, 1, 0]
    assert queries.content(second) == PHOTO
    with pytest.raises(FileGone):
        queries.content(queries.file(first.uid))


@pytest.mark.parametrize(
    ("content", "refused"),
    [(b"MZ a program called page.jpg", FileKindUnknown), (b"", FileKindUnknown), (PHOTO * 400_000, FileTooLarge)],
)
def test_what_is_no_photograph_is_refused(act, content, refused):
    with pytest.raises(refused):
        operations.keep(act, new=replace(NEW, content=content))

    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg onload=alert(1)>", ""),
    ],
)
def test_the_first_bytes_say_what_a_file_is(beginning, kind):
    assert policies.content_type(beginning) == kind
