"""The books compared: the exports are read once more, and each line is looked up in Wenlan by its own key."""

from collections import Counter
from pathlib import Path

from wenlan.circulation.takeover import queries as loans
from wenlan.holdings import takeover
from wenlan.holdings.policies import barcode_key
from wenlan.moving import keys, policies
from wenlan.moving.steps import readers
from wenlan.moving.tables import Line, opened
from wenlan.moving.types import Part, Problem
from wenlan.moving.work import Work, batches
from wenlan.patrons.intake import slices
from wenlan.patrons.policies import tidy


def recount(work: Work, files: list[tuple[Part, Path]]) -> Counter[str]:
    """Return what stands in Wenlan for the lines of the exports; lines that differ, and were not named, are named."""
    here: Counter[str] = Counter(items=work.by_records)
    for part, path in files:
        work.file = path.name
        if part == Part.READERS:
            here += _readers(work, path)
        elif part == Part.ITEMS:
            here += _items(work, path)
    prefix = keys.prefix(work.source)
    here["loans"] = loans.count_open_under(prefix)
    here["reservations"] = len(loans.reservations_under(prefix))
    return here


def _readers(work: Work, path: Path) -> Counter[str]:
    table = opened(path, readers.form_of(work), encoding=work.profile.encoding)
    here: Counter[str] = Counter()
    for batch in batches(table.lines if table else iter(())):
        lines = [(line, tidy(line.text("source_id") or line.text("card"))[:40]) for line in batch]
        known = slices.known_readers(work.source, [told for _, told in lines])
        for line, told in lines:
            found = known.get(told)
            if (Part.READERS, work.file, line.number) in work.named:
                continue
            if found is None or not found.is_open:
                work.note(Part.READERS, line.number, told, Problem.DIFFERS)
                continue
            here["readers"] += 1
            if work.order.is_last:
                here += Counter(deposit_fen=found.deposit_fen, owed_fen=found.owed_fen)
                _money(work, line, told, found)
    return here


def _money(work: Work, line: Line, told: str, found: slices.KnownReader) -> None:
    """Name a reader whose deposit or unpaid sum is not as the export says."""
    for what, ours in (("deposit", found.deposit_fen), ("owed", found.owed_fen)):
        try:
            theirs = policies.fen(line.text(what), unit=work.profile.money)
        except ValueError:
            theirs = 0
        if theirs != ours:
            words = f"{what}: {theirs / 100:.2f} / {ours / 100:.2f}"
            work.note(Part.READERS, line.number, told, Problem.DIFFERS, words)


def _items(work: Work, path: Path) -> Counter[str]:
    table = opened(path, work.form(Part.ITEMS), encoding=work.profile.encoding)
    here: Counter[str] = Counter()
    seen: set[str] = set()
    for batch in batches(table.lines if table else iter(())):
        lines = [(line, barcode_key(line.text("barcode") or line.text("accession_number"))) for line in batch]
        known = takeover.known_items([key for _, key in lines if key], scope=work.order.scope)
        for line, key in lines:
            if (Part.ITEMS, work.file, line.number) in work.named or key in seen or key in work.withdrawn:
                continue
            seen.add(key)
            if key not in known:
                work.note(Part.ITEMS, line.number, key, Problem.DIFFERS)
                continue
            here += Counter(items=1, price_fen=known[key].list_price_fen or 0)
            _price(work, line, key, known[key].list_price_fen)
    return here


def _price(work: Work, line: Line, key: str, ours: int | None) -> None:
    """Name an item whose price is not as the export says; without a price there it has its record's."""
    try:
        theirs = policies.fen(line.text("price"), unit=work.profile.money) if line.text("price") else None
    except ValueError:
        theirs = None
    if theirs is not None and theirs != (ours or 0):
        work.note(Part.ITEMS, line.number, key, Problem.DIFFERS, f"{theirs / 100:.2f} / {(ours or 0) / 100:.2f}")
