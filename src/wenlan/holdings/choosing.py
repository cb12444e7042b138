"""Which items are meant: by a list of scanned barcodes, by a range of accession numbers, or by what they are."""

from collections import defaultdict
from dataclasses import dataclass, field

from wenlan.holdings.models import Item
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus

MOST_CHOSEN = 5000
CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for. A list of `scans` stands alone; everything else narrows down together.

    `nodes` are where the items have their place; `class_start` is the beginning of the call number; accession numbers
    run from and to, both in.
    """

    scans: tuple[str, ...] = ()
    nodes: frozenset[int] = frozenset()
    department: int | None = None
    class_start: str = ""
    status: str = ""
    number_from: str = ""
    number_to: str = ""
    owner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The items in the order of the scans or of the shelf, and the scans that no item or several items carry.

    `is_cut` says that there were more than `MOST_CHOSEN`.
    """

    ids: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    is_cut: bool = False
    scopes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_scans(text: str) -> tuple[str, ...]:
    """Return the barcodes of a text, one a line or parted by blanks and commas, each once, in their order."""
    words = text.replace(",", " ").replace("，", " ").replace(";", " ").split()
    return tuple(dict.fromkeys(words))


def chosen(selection: Selection) -> Chosen:
    """Return the items that are meant, those that were withdrawn left out."""
    if selection.scans:
        return _scanned(selection.scans)
    rows = Item.objects.exclude(status=ItemStatus.WITHDRAWN)
    narrowing = {
        "shelved_at__in": selection.nodes or None,
        "department": selection.department,
        "call_number__startswith": selection.class_start or None,
        "status": selection.status or None,
        "accession_number__gte": selection.number_from or None,
        "accession_number__lte": selection.number_to or None,
        "owner_node": selection.owner,
    }
    rows = rows.filter(**{name: value for name, value in narrowing.items() if value is not None})
    ids = tuple(rows.order_by("call_key", "id").values_list("id", flat=True)[: MOST_CHOSEN + 1])
    return Chosen(ids=ids[:MOST_CHOSEN], is_cut=len(ids) > MOST_CHOSEN)


def _scanned(scans: tuple[str, ...]) -> Chosen:
    """Return the items of the barcodes; `SCOPE:BARCODE` says which when several carry it."""
    wanted = {scan: barcode_key(scan) for scan in scans[:MOST_CHOSEN]}
    told = {scan: scan.split(":", 1) for scan in wanted if ":" in scan}
    keys = sorted(set(wanted.values()) | {barcode_key(barcode) for _scope, barcode in told.values()})
    carriers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for start in range(0, len(keys), CHUNK):
        rows = Item.objects.filter(barcode_key__in=keys[start : start + CHUNK]).exclude(status=ItemStatus.WITHDRAWN)
        for key, scope, item in rows.values_list("barcode_key", "barcode_scope", "id"):
            carriers[key].append((scope, item))
    found: dict[str, list[tuple[str, int]]] = {}
    for scan, key in wanted.items():
        found[scan] = carriers.get(key, [])
        if not found[scan] and scan in told:
            scope, barcode = told[scan]
            found[scan] = [one for one in carriers.get(barcode_key(barcode), []) if one[0] == scope]
    return Chosen(
        ids=tuple(dict.fromkeys(hits[0][1] for hits in found.values() if len(hits) == 1)),
        unknown=tuple(scan for scan, hits in found.items() if not hits),
        ambiguous=tuple(scan for scan, hits in found.items() if len(hits) > 1),
        is_cut=len(scans) > MOST_CHOSEN,
        scopes={scan: tuple(scope for scope, _ in hits) for scan, hits in found.items() if len(hits) > 1},
    )
