"""The registers as bound pages: pdf set by typst, with sums carried from page to page."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from wenlan.catalogue.types import Material
from wenlan.holdings.accounts import queries
from wenlan.holdings.accounts.queries import EntryLine, VolumeLine
from wenlan.holdings.types import Direction, WithdrawalWay
from wenlan.holdings.weeding.types import WeedingReason
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.ui.typesetting import workshop
from wenlan.ui.typography import fen, table_day

ROWS_OF_VOLUMES = 25
ROWS_OF_ENTRIES = 18


def ways() -> dict[str, str]:
    """Return how volumes come and go, in words."""
    origins = {
        "purchase": _("bought"),
        "gift": _("given"),
        "exchange": _("exchanged"),
        "deposit": _("legal deposit"),
        "transfer": _("transferred"),
        "binding": _("bound"),
        "compensation": _("given for a lost one"),
        "correction": _("price corrected"),
    }
    return origins | {way.value: str(way.label) for way in WithdrawalWay}


def pages_of(lines: Iterable[tuple[dict[str, Any], int, int]], rows: int) -> list[dict[str, Any]]:
    """Return (line, units, fen) as pages of so many rows with what is brought and carried forward."""
    pages: list[dict[str, Any]] = []
    units = money = 0
    for line, more, sum_fen in lines:
        if not pages or len(pages[-1]["rows"]) == rows:
            pages.append({"rows": [], "brought": {"units": units, "fen": fen(money)}, "carried": {}})
        pages[-1]["rows"].append(line)
        units, money = units + more, money + sum_fen
        pages[-1]["carried"] = {"units": units, "fen": fen(money)}
    return pages


def volume_pages(lines: Iterable[VolumeLine], rows: int = ROWS_OF_VOLUMES) -> list[dict[str, Any]]:
    """Return the accession register as pages; what left counts against what came."""
    return pages_of(
        (
            (volume_row(line), *((-1, -line.price_fen) if line.direction == Direction.OUT else (1, line.price_fen)))
            for line in lines
        ),
        rows,
    )


def volume_row(line: VolumeLine) -> dict[str, Any]:
    """Return a line of the accession register in words."""
    said = line.said
    return {
        "day": table_day(line.day),
        "number": line.accession_number,
        "title": said.get("title", ""),
        "author": said.get("author", ""),
        "published": " ".join(filter(None, (said.get("publisher", ""), said.get("year", "")))),
        "price": fen(line.price_fen),
        "entry": line.entry,
        "call_number": said.get("call_number", ""),
        "note": _("left: %(reason)s") % {"reason": said_reason(said)} if line.direction == Direction.OUT else "",
    }


def said_reason(said: Mapping[str, Any]) -> str:
    """Return why a volume left, and the paper, in the language being spoken."""
    code, _blank, paper = str(said.get("reason", "")).partition(" ")
    reason = str(WeedingReason(code).label) if code in WeedingReason.values else ways().get(code, code)
    return f"{reason} {paper}".strip()


def entry_row(line: EntryLine) -> dict[str, Any]:
    """Return a line of the batch register in words."""
    materials = {material.value: str(material.label) for material in Material}
    return {
        "day": table_day(line.day),
        "number": line.number,
        "direction": str(Direction(line.direction).label) if line.direction in Direction.values else "",
        "way": ways().get(line.way, line.way),
        "voucher": line.voucher,
        "source": line.source,
        "titles": line.titles,
        "units": line.sums.units,
        "sum": fen(line.sums.fen),
        "paid": fen(line.paid_fen) if line.paid_fen is not None else "",
        "classes": " ".join(f"{letter or '—'} {units}" for letter, units in line.by_class.items()),
        "materials": " ".join(f"{materials.get(name, name)} {units}" for name, units in line.by_material.items()),
        "balance_units": line.balance.units,
        "balance": fen(line.balance.fen),
        "note": _("opening stock") if line.note == "opening" else line.note,
    }


def volumes_pdf(*, owner: int, period: Period) -> bytes:
    """Return the accession register of a period. Raises TypesettingFailed."""
    columns = [
        ("day", _("Day"), "auto"), ("number", _("Accession number"), "auto"), ("title", _("Title"), "2.4fr"),
        ("author", _("Author or editor"), "1.2fr"), ("published", _("Published"), "1.4fr"),
        ("price", _("Price"), "auto"),
        ("entry", _("Batch no."), "auto"), ("call_number", _("Call number"), "1.2fr"), ("note", _("Remark"), "1fr"),
    ]  # fmt: skip
    return typeset(_("Accession register"), owner, period, columns, volume_pages(queries.volumes(owner, period)))


def entries_pdf(*, owner: int, period: Period) -> bytes:
    """Return the batch register of a period. Raises TypesettingFailed."""
    columns = [
        ("day", _("Day"), "auto"), ("number", _("Batch no."), "auto"), ("direction", _("In or out"), "auto"),
        ("way", _("How"), "auto"), ("voucher", _("Voucher"), "1fr"), ("source", _("From whom"), "1fr"),
        ("titles", _("Number of titles"), "auto"), ("units", _("Number of volumes"), "auto"),
        ("sum", _("List price sum"), "auto"), ("paid", _("Sum paid"), "auto"),
        ("classes", _("Volumes by class"), "1.4fr"), ("materials", _("By carrier"), "1fr"),
        ("balance_units", _("Balance, volumes"), "auto"),
        ("balance", _("Balance, sum"), "auto"), ("note", _("Remark"), "0.8fr"),
    ]  # fmt: skip
    signed = [(line, -1 if line.direction == Direction.OUT else 1) for line in queries.entries(owner, period)]
    pages = pages_of(
        ((entry_row(line), sign * line.sums.units, sign * line.sums.fen) for line, sign in signed), ROWS_OF_ENTRIES
    )
    return typeset(_("Batch register"), owner, period, columns, pages)


def typeset(
    title: str, owner: int, period: Period, columns: list[tuple[str, str, str]], pages: list[dict[str, Any]]
) -> bytes:
    """Return a register as pdf."""
    data: Mapping[str, Any] = {
        "title": title,
        "library": network.node(owner).name,
        "period": f"{table_day(period.start)} — {table_day(period.last_day)}",
        "mark": _("Demonstration data") if network.is_demo() else "",
        "columns": [{"key": key, "label": label, "width": width} for key, label, width in columns],
        "pages": pages,
        "words": {"brought": _("Brought forward"), "carried": _("Carried forward"), "units": _("volumes")},
    }
    template = files("wenlan.holdings.accounts").joinpath("register.typ").read_text(encoding="utf-8")
    with workshop.workshop() as folder:
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / "register.typ").write_text(template, encoding="utf-8")
        workshop.run(folder, document="register")
        return (folder / "register.pdf").read_bytes()
