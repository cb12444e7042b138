"""Uploaded files that wait to be looked at and taken in: in the home, until they are, or for a week."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from wenlan.kernel.errors import NotFound
from wenlan.kernel.ids import new_uid

KEPT_DAYS = 7
SAID = "said.json"
LONGEST_NAME = 200  # bytes: systems take 255, and what is rejected stands beside the file under a longer name


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file, how it is to be read, and which nodes its words for places mean."""

    uid: UUID
    name: str
    node: int
    profile: str = ""
    format: str = "auto"
    encoding: str = "auto"
    scope: str = ""
    places: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it stands; what is said of it stands beside it, so a file of that name gets another."""
        return _folder(self.uid) / (f"_{self.name}" if self.name.casefold() == SAID else self.name)


def keep(chunks: Iterable[bytes], said: WaitingFile, *, at: datetime) -> WaitingFile:
    """Keep an uploaded file and what was said of it; files older than a week go. A name that is too long is cut."""
    _sweep(at)
    kept = replace(said, uid=new_uid(), name=_fitting(Path(said.name).name or "records.iso"))
    kept.path.parent.mkdir(parents=True)
    with kept.path.open("wb") as target:
        for chunk in chunks:
            target.write(chunk)
    change(kept)
    return kept


def _fitting(name: str) -> str:
    """Return the name, cut in the middle when it has too many bytes; how it ends says what it is."""
    if len(name.encode(errors="replace")) <= LONGEST_NAME:
        return name
    suffix = Path(name).suffix[:20]
    room = LONGEST_NAME - len(f"…{suffix}".encode(errors="replace"))
    return f"{name.removesuffix(suffix).encode(errors='replace')[:room].decode(errors='ignore')}…{suffix}"


def change(said: WaitingFile) -> None:
    """Keep what is now said of a file."""
    content = {**asdict(said), "uid": str(said.uid)}
    (_folder(said.uid) / SAID).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def waiting(uid: UUID) -> WaitingFile:
    """Return a file that waits. Raises NotFound when it was taken in or has gone."""
    try:
        said = json.loads((_folder(uid) / SAID).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(what=str(uid)) from error
    return WaitingFile(**{**said, "uid": UUID(said["uid"])})


def forget(uid: UUID) -> None:
    """Take a file away, with what was said of it."""
    shutil.rmtree(_folder(uid), ignore_errors=True)


def _folder(uid: UUID) -> Path:
    return Path(settings.WENLAN_HOME) / "incoming" / str(uid)


def _sweep(at: datetime) -> None:
    oldest = (at - timedelta(days=KEPT_DAYS)).timestamp()
    for folder in (Path(settings.WENLAN_HOME) / "incoming").glob("*"):
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
