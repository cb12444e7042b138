"""The report as one self-contained page that looks as printed; each figure leads to what stands behind it."""

import re
from base64 import b64encode
from importlib.resources import files
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from wenlan.annual_report.documents import pages
from wenlan.annual_report.shapes import shape
from wenlan.annual_report.types import EditionView, StoredFigure
from wenlan.ui.typesetting import workshop

STYLE = files("wenlan.annual_report").joinpath("static", "annual_report", "paper.css")


FACES = {
    "NotoSerifSC-Regular": ("Noto Serif SC", 400),
    "NotoSerifSC-Bold": ("Noto Serif SC", 700),
    "NotoSansSC-Regular": ("Noto Sans SC", 400),
    "NotoSansSC-Bold": ("Noto Sans SC", 700),
}


def write_html(edition: EditionView, path: Path) -> None:
    """Write the page to `path`, with the characters it needs. Raises TypesettingFailed."""
    text = re.sub(r"<[^>]*>", "", page(edition))
    with workshop.workshop() as folder:
        workshop.run(folder, faces=dict.fromkeys(FACES, text))
        faces = "".join(_face(folder / f"{name}.woff", *FACES[name]) for name in FACES)
    path.write_text(page(edition, faces), encoding="utf-8")


def _face(path: Path, family: str, weight: int) -> str:
    if not path.exists():
        return ""
    data = b64encode(path.read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("data:font/woff;base64,{data}") format("woff"); }}\n'
    )


def page(edition: EditionView, faces: str = "") -> str:
    """Return the page with the rules of its `faces`; it needs no other file and runs no script."""
    found = pages.elements(edition.document, edition.drawings)
    with translation.override("zh-hans"):
        return render_to_string(
            "annual_report/document.html",
            {
                "edition": edition,
                "document": edition.document,
                "words": edition.document.words,
                "elements": found,
                "headings": pages.headings(found),
                "measures": _by_measure(edition),
                "scopes": shape(edition.shape).scopes,
                "style": faces + STYLE.read_text(encoding="utf-8"),
                "desk": False,
            },
        )


def _by_measure(edition: EditionView) -> list[tuple[StoredFigure, list[StoredFigure]]]:
    """Each measure once, with every figure of it that is printed."""
    found: dict[str, list[StoredFigure]] = {}
    for figure in edition.figures.values():
        found.setdefault(figure.measure, []).append(figure)
    return [(figures[0], figures) for figures in found.values()]
