"""The folder and the short-lived process in which drawings and documents are made."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from wenlan.ui.errors import TypesettingFailed

PATIENCE_SECONDS = 120


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="wenlan-document-") as folder:
        yield Path(folder)


def run(
    folder: Path,
    *,
    charts: Mapping[str, Any] | None = None,
    pictures: bool = False,
    document: str = "",
    preview_ppi: int = 0,
    faces: Mapping[str, str] | None = None,
) -> None:
    """Run the typesetting process over a folder. Raises TypesettingFailed with its last words.

    `document` names a template `NAME.typ` that lies in the folder and becomes `NAME.pdf`, or, with
    `preview_ppi`, one picture a page, `NAME-1.png` and on, with so many dots an inch.
    """
    job = {
        "charts": dict(charts or {}),
        "pictures": pictures,
        "document": document,
        "preview_ppi": preview_ppi,
        "faces": dict(faces or {}),
        "fonts": font_folders(),
    }
    (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "wenlan.ui.typesetting", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    except subprocess.CalledProcessError as failure:
        raise TypesettingFailed(reason=(failure.stderr or "").strip()[-600:]) from failure
    except subprocess.TimeoutExpired as failure:
        raise TypesettingFailed(reason=f"{PATIENCE_SECONDS} s") from failure


def font_folders() -> list[str]:
    """Return the folder of the fonts that come with Wenlan; empty leaves the system's fonts."""
    folder = Path(str(files("wenlan.ui").joinpath("fonts")))
    return [str(folder)] if any(folder.glob("*.ttf")) else []
