"""Photographs of readers: a folder `photos` beside the exports, each named by the reader's number there."""

from collections.abc import Sequence
from pathlib import Path

from wenlan.files.errors import FileKindUnknown, FileTooLarge
from wenlan.moving.types import FoundFile, Outcome, Part, Problem
from wenlan.moving.work import Work, batches
from wenlan.patrons.intake import slices
from wenlan.patrons.policies import tidy
from wenlan.patrons.portraits.operations import keep_portrait

FOLDER = "photos"
KINDS = {".jpg", ".jpeg", ".png", ".webp"}
PART = Part.PHOTOGRAPHS


def take(work: Work) -> None:
    """Keep the photographs of readers who were taken over; one that is there already is kept as it is."""
    folder = work.order.beside / FOLDER
    if not folder.is_dir():
        return
    paths = sorted(one for one in folder.iterdir() if one.suffix.lower() in KINDS)
    for batch in batches(iter(paths)):
        settled(work, batch)
    work.file = ""
    work.files.append(FoundFile(name=FOLDER, part=PART.value, lines=len(paths)))


def settled(work: Work, paths: Sequence[Path]) -> None:
    """Keep a batch of photographs."""
    known = slices.known_readers(work.source, [path.stem for path in paths])
    for path in paths:
        work.file = f"{FOLDER}/{path.name}"
        reader = known.get(path.stem)
        is_here = (reader is not None and reader.is_open) or (work.is_trial and tidy(path.stem) in work.readers)
        if not is_here:
            work.note(PART, 0, path.stem, Problem.READER_UNKNOWN)
            work.count(PART, Outcome.REJECTED)
        elif work.is_trial or reader is None:
            work.count(PART, Outcome.NEW if reader is None or not reader.has_portrait else Outcome.SAME)
        else:
            kept(work, path, reader)


def kept(work: Work, path: Path, reader: slices.KnownReader) -> None:
    """Keep one photograph; a file that is none is named."""
    act = work.step_of(reader.id)
    try:
        keep_portrait(act, patron=reader.id, content=path.read_bytes(), name=path.name)
    except (FileKindUnknown, FileTooLarge) as refusal:
        work.note(PART, 0, path.stem, Problem.READER, str(refusal))
        work.count(PART, Outcome.REJECTED)
    else:
        work.count(PART, Outcome.SAME if reader.has_portrait else Outcome.NEW)
