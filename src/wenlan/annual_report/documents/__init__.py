"""The formats an edition is written in: docx, pdf, html, xlsx."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from wenlan.annual_report.errors import FormatUnknown
from wenlan.annual_report.types import EditionView

# A writer is loaded when it is first asked for: the libraries behind them take 35 MB in each process.
FORMATS = ("docx", "pdf", "html", "xlsx")
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(edition: EditionView, formats: Iterable[str], out_dir: Path) -> tuple[Path, ...]:
    """Write an edition in some formats into a folder (made when missing) and return the files, in that order.

    Findings are never part of a file. Raises FormatUnknown before anything is written, TypesettingFailed.
    """
    wanted = known_formats(formats)
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for name in wanted:
        path = out_dir / filename(edition, name)
        getattr(import_module(f"{__name__}.{name}"), f"write_{name}")(edition, path)
        written.append(path)
    return tuple(written)


def known_formats(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of formats without blanks. Raises FormatUnknown."""
    wanted = tuple(name.strip() for name in names if name.strip())
    for name in wanted:
        if name not in FORMATS:
            raise FormatUnknown(name=name, known=", ".join(FORMATS))
    return wanted


def filename(edition: EditionView, name: str) -> str:
    """Return the name of a file, the same on every machine: code, year and number of the edition."""
    return f"{edition.node_code}-{edition.year}-{edition.number}.{name}"
