"""The report as pdf, set by typst in a short-lived process from `report.typ`."""

import json
import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from wenlan.annual_report.documents import charts
from wenlan.annual_report.trees import to_json
from wenlan.annual_report.types import Document, EditionView
from wenlan.ui.typesetting import workshop

TEMPLATE = files("wenlan.annual_report.documents").joinpath("report.typ")


def write_pdf(edition: EditionView, path: Path) -> None:
    """Write the edition to `path`. Raises TypesettingFailed."""
    with workshop.workshop() as folder:
        for number, drawing in edition.drawings.items():
            (folder / f"chart-{number}.svg").write_text(drawing, encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(data(edition.document), ensure_ascii=False), encoding="utf-8")
        with as_file(TEMPLATE) as template:
            shutil.copy(template, folder / "report.typ")
        workshop.run(folder, document="report")
        shutil.copy(folder / "report.pdf", path)


def data(document: Document) -> Mapping[str, Any]:
    """Return what the template reads: the tree, the title as the cover sets it, and the colours of the house."""
    colours = {"ink": charts.INK, "ink2": charts.INK_2, "vermilion": charts.VERMILION}
    return to_json(document) | {"cover": document.cover_title, "colours": colours}
