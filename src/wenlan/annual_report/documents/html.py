"""The report as one self-contained page that looks as printed; each figure leads to what stands behind it."""

from importlib.resources import files
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from wenlan.annual_report.documents import pages
from wenlan.annual_report.shapes import shape
from wenlan.annual_report.types import EditionView

STYLE = files("wenlan.annual_report").joinpath("static", "annual_report", "paper.css")


def write_html(edition: EditionView, path: Path) -> None:
    """Write the page to `path`."""
    path.write_text(page(edition), encoding="utf-8")


def page(edition: EditionView) -> str:
    """Return the page; it needs no other file and runs no script."""
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
                "figures": edition.figures.values(),
                "scopes": shape(edition.shape).scopes,
                "style": STYLE.read_text(encoding="utf-8"),
                "desk": False,
            },
        )
