"""The sheets that come with Wenlan, and those of the installation: one table a sheet in TOML files."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from wenlan.holdings.labels.errors import SheetUnknown, SheetWrong
from wenlan.holdings.labels.types import LabelKind, Sheet

SHIPPED = files("wenlan.holdings.labels").joinpath("sheets")


def sheets() -> dict[str, Sheet]:
    """Return every sheet by code. Raises SheetWrong for a file of the installation that cannot be used."""
    own = Path(settings.WENLAN_HOME) / "labels"
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in _sorted(SHIPPED.iterdir())]
    if own.is_dir():
        texts += [(one.name, one.read_text(encoding="utf-8")) for one in _sorted(own.glob("*.toml"))]
    return {sheet.code: sheet for name, text in texts for sheet in _read(name, text)}


def sheet(code: str) -> Sheet:
    """Return a sheet. Raises SheetUnknown, SheetWrong."""
    found = sheets().get(code)
    if found is None:
        raise SheetUnknown(name=code)
    return found


def _sorted(paths: Any) -> list[Any]:
    return sorted((path for path in paths if path.name.endswith(".toml")), key=lambda path: path.name)


def _read(name: str, text: str) -> Iterator[Sheet]:
    try:
        for code, told in tomllib.loads(text).items():
            yield _sheet(code, told)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise SheetWrong(file=name, reason=str(wrong)) from wrong


def _sheet(code: str, told: Mapping[str, Any]) -> Sheet:
    sheet = Sheet(
        code=code,
        words={"zh": told["zh"], "en": told.get("en", told["zh"])},
        kinds=tuple(LabelKind(kind) for kind in told["kinds"]),
        page=_pair(told["page"]),
        label=_pair(told["label"]),
        columns=int(told["columns"]),
        rows=int(told["rows"]),
        start=_pair(told["start"]),
        gap=_pair(told.get("gap", (0, 0))),
    )
    last = sheet.place(sheet.places - 1)
    if min(sheet.columns, sheet.rows, *sheet.label) < 1:
        raise ValueError(f"{code}: a label has columns, rows and a size")
    if last[0] + sheet.label[0] > sheet.page[0] + 0.01 or last[1] + sheet.label[1] > sheet.page[1] + 0.01:
        raise ValueError(f"{code}: the labels go over the edge of the page")
    return sheet


def _pair(told: Any) -> tuple[float, float]:
    first, second = told
    return float(first), float(second)
