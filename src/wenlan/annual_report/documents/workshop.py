"""The folder and the short-lived process in which drawings and the pdf are made."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from wenlan.annual_report.errors import TypesettingFailed

PATIENCE_SECONDS = 120


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="wenlan-report-") as folder:
        yield Path(folder)


def run(
    folder: Path,
    *,
    charts: Mapping[str, Any] | None = None,
    pictures: bool = False,
    report: bool = False,
    faces: Mapping[str, str] | None = None,
) -> None:
    """Run the typesetting process over a folder. Raises TypesettingFailed with its last words."""
    job = {
        "charts": dict(charts or {}),
        "pictures": pictures,
        "report": report,
        "faces": dict(faces or {}),
        "fonts": font_folders(),
    }
    (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "wenlan.annual_report.typesetting", str(folder)]
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
