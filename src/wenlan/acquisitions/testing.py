"""Factories for suppliers and for the files they send."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any

from openpyxl import Workbook

from wenlan.acquisitions import operations
from wenlan.acquisitions.types import Receipt, SupplierFacts, SupplierView, Upload
from wenlan.catalogue.cnmarc import MarcRecord, encode, field
from wenlan.catalogue.testing import make_marc
from wenlan.kernel.acts import Act, Channel

AT = datetime(2019, 3, 4, 1, tzinfo=UTC)
_numbers = count(1)


def make_act(node: int, *, key: str = "", staff: int | None = None) -> Act:
    """Return an act of the acquisitions desk, in March 2019."""
    return Act(at=AT, node=node, channel=Channel.DESK, key=key or f"batch-act-{next(_numbers)}", staff=staff)


def make_supplier(node: int, code: str = "XH", **agreed: Any) -> SupplierView:
    """Write down a supplier; nothing is scanned or sampled unless said."""
    facts = SupplierFacts(
        **{"code": code, "name": f"{code}书店", "sample_percent": 0, "scans_parcels": False, **agreed}
    )
    return operations.save_supplier(make_act(node), facts=facts)


def supplied(title: str, *barcodes: str, isbn: str = "", mark: str = "", **stated: str) -> MarcRecord:
    """Return a record as a supplier sends it: 905 with the class and book number, a 986 for each glued barcode."""
    marc = make_marc(title, isbn=isbn, **stated)
    held = [field("905", "  ", ("a", "ZC"), *([("d", mark.split("/")[0]), ("e", mark.split("/")[1])] if mark else []))]
    glued = [field("986", "  ", ("a", barcode)) for barcode in barcodes]
    return MarcRecord(marc.leader, (*marc.fields, *held, *glued))


def marc_file(*records: MarcRecord | bytes, name: str = "新华.iso", codec: str = "gb18030") -> Upload:
    """Return a file of records, in GBK as suppliers write it, with line ends between."""
    parts = [one if isinstance(one, bytes) else encode(one, codec) for one in records]
    return Upload(name=name, content=b"\r\n".join(parts))


def list_file(*rows: Sequence[object], headings: Sequence[str], name: str = "装箱单.xlsx", above: int = 1) -> Upload:
    """Return a packing list; `above` rows of letterhead stand over the headings."""
    book = Workbook()
    sheet = book.active
    for _row in range(above):
        sheet.append(["新华书店发货清单"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return Upload(name=name, content=stream.getvalue())


def receive(node: int, *records: MarcRecord | bytes, packing_list: Upload | None = None, **stated: Any) -> str:
    """Take in a batch of these records from a supplier without conditions; returns its number."""
    supplier = stated.pop("supplier", None) or make_supplier(node).id
    marc = marc_file(*records) if records else None
    receipt = Receipt(supplier=supplier, marc=marc, packing_list=packing_list, **stated)
    return operations.receive(make_act(node), receipt=receipt)
