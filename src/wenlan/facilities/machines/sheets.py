"""A spreadsheet of machines: read by its headings, looked at line by line before it is entered, handed out again.

openpyxl takes a quarter of a second to load and is imported when a sheet is first read or written.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.facilities.machines import queries
from wenlan.facilities.machines.errors import MachineSheetUnreadable
from wenlan.facilities.machines.types import MachineFacts, MachineType
from wenlan.kernel.money import read_fen
from wenlan.network import queries as network
from wenlan.registers.values import read_day
from wenlan.ui.spreadsheets import harmless

COLUMNS: Mapping[str, tuple[Any, frozenset[str]]] = {
    "type": (gettext_lazy("Type"), frozenset({"设备类型", "类型", "类别", "资产类别", "Type"})),
    "name": (
        gettext_lazy("Name and model"),
        frozenset({"名称与型号", "名称", "设备名称", "资产名称", "规格型号", "Name"}),
    ),
    "pieces": (gettext_lazy("Pieces"), frozenset({"数量", "台数", "Number", "Quantity"})),
    "node": (gettext_lazy("Place"), frozenset({"馆点", "地点", "使用单位", "所在馆", "Place"})),
    "spot": (gettext_lazy("Where it stands"), frozenset({"放置地点", "存放地点", "位置", "Spot"})),
    "number": (gettext_lazy("Asset number"), frozenset({"资产编号", "编号", "固定资产编号"})),
    "serial": (gettext_lazy("Serial number"), frozenset({"序列号", "出厂编号", "机身号"})),
    "plate": (gettext_lazy("Number plate"), frozenset({"车牌号", "车牌", "Plate"})),
    "since": (gettext_lazy("In use since"), frozenset({"启用日期", "投入使用日期", "Since"})),
    "bought_on": (gettext_lazy("Bought on"), frozenset({"购置日期", "购入日期", "取得日期"})),
    "price": (gettext_lazy("Price in yuan"), frozenset({"价格", "单价", "原值", "金额", "单价（元）", "Price"})),
    "fund": (gettext_lazy("Source of funds"), frozenset({"资金来源", "经费来源", "Funds"})),
    "supplier": (gettext_lazy("Supplied by"), frozenset({"供应商", "供货商", "Supplier"})),
    "warranty_until": (gettext_lazy("Warranty until"), frozenset({"保修期至", "保修到期", "质保期至", "Warranty"})),
    "note": (gettext_lazy("Note"), frozenset({"备注", "说明", "Note"})),
}
MOST_LINES = 2000
MOST_PIECES = 200
LONGEST = {"name": 120, "spot": 120, "number": 40, "serial": 80, "plate": 20, "fund": 120, "supplier": 120, "note": 300}
DEAREST_YUAN = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A line of a sheet: what it says, why it is kept out, or how many of its pieces stand in the register already.

    `facts` is None when `faults` say why; `keys` are those under which its pieces are entered.
    """

    place: int
    said: Mapping[str, str]
    facts: MachineFacts | None
    faults: tuple[str, ...]
    keys: tuple[str, ...]
    known: int = 0

    @property
    def is_new(self) -> bool:
        """Whether entering it would add a machine."""
        return self.facts is not None and self.known < len(self.keys)


def read(file: BinaryIO) -> list[dict[str, str]]:
    """Return the lines of an xlsx file by column. Raises MachineSheetUnreadable."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        lines = sheet.iter_rows(values_only=True)
        columns = [code_of(heading) for heading in next(lines, ())]
        if not {"type", "name"} <= set(columns):
            raise MachineSheetUnreadable(reason=_("it has no columns for the type and the name"))
        rows = [
            {code: text for code, value in zip(columns, line, strict=False) if code and (text := plain(value))}
            for line in lines
        ]
    except (BadZipFile, InvalidFileException, KeyError, OSError, IndexError, SyntaxError, ValueError) as wrong:
        raise MachineSheetUnreadable(reason=_("it is no xlsx file")) from wrong
    rows = [row for row in rows if row]
    if len(rows) > MOST_LINES:
        raise MachineSheetUnreadable(reason=_("it has more than %(most)d lines") % {"most": MOST_LINES})
    return rows


def code_of(heading: object) -> str:
    """Return the column under a heading; '' for one that is not taken in (a running number, a keeper's name)."""
    text = str(heading or "").strip()
    for code, (label, words) in COLUMNS.items():
        if text == code or text in words or text == str(label):
            return code
    return ""


def plain(value: Any) -> str:
    """Return a cell as text: a day as ISO, a whole number without its fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def looked_at(
    rows: Iterable[Mapping[str, str]], *, nodes: Collection[int], home: int, today: date
) -> tuple[SheetLine, ...]:
    """Return what each line would become (four statements). A line without a place belongs to `home`, one without a
    day of use was in use since it was bought, or since today.

    The same line again is the same machine: it is known by its asset number, or by its words, the place and how often
    they came.
    """
    types, places, seen = types_by_word(), places_by_word(nodes), Counter[str]()
    lines = []
    for place, row in enumerate(rows, 2):
        words = repr([*sorted(row.items()), *([] if row.get("node") else [home])])
        seen[words] += 1
        digest = hashlib.sha256(f"{words}#{seen[words]}".encode()).hexdigest()[:40]
        faults: list[str] = []
        pieces = pieces_of(row, faults)
        facts = facts_of(row, types, {"": home} | places, today, faults)
        keys = tuple(f"sheet:{digest}:{piece}" for piece in range(pieces))
        lines.append(SheetLine(place=place, said=row, facts=None if faults else facts, faults=tuple(faults), keys=keys))
    return marked(lines)


def marked(lines: list[SheetLine]) -> tuple[SheetLine, ...]:
    """Return the lines with those that stand in the register already, and asset numbers that come twice."""
    taken = queries.keys_taken([key for line in lines for key in line.keys])
    numbers = [line.said["number"] for line in lines if line.said.get("number")]
    standing, often = queries.numbers_taken(numbers), Counter(numbers)
    found = []
    for line in lines:
        number = line.said.get("number", "")
        known = sum(key in taken for key in line.keys)
        if not known and number in standing:
            known = len(line.keys)
        if number and (often[number] > 1 or len(line.keys) > 1):
            fault = _("The asset number %(number)s stands for several machines.") % {"number": number}
            line = replace(line, facts=None, faults=(*line.faults, fault))
        found.append(replace(line, known=known))
    return tuple(found)


def pieces_of(row: Mapping[str, str], faults: list[str]) -> int:
    """Return how many machines a line stands for."""
    text = row.get("pieces", "1").removesuffix("台").removesuffix("辆").strip()
    if text.isdecimal() and 0 < int(text) <= MOST_PIECES:
        return int(text)
    faults.append(_("The number of pieces is a whole number up to %(most)d.") % {"most": MOST_PIECES})
    return 1


def facts_of(
    row: Mapping[str, str],
    types: Mapping[str, MachineType],
    places: Mapping[str, int],
    today: date,
    faults: list[str],
) -> MachineFacts | None:
    """Return what a line says of its machine; what cannot be read is added to the faults."""
    kind, node = types.get(row.get("type", "").lower()), places.get(row.get("node", ""))
    if kind is None:
        faults.append(_("There is no type of machine “%(type)s”.") % {"type": row.get("type", "")})
    if node is None:
        faults.append(_("You may not write for the place “%(place)s”, or there is none.") % {"place": row["node"]})
    if not row.get("name"):
        faults.append(_("The name is missing."))
    faults += [_("%(column)s is too long.") % {"column": COLUMNS[name][0]} for name, most in LONGEST.items()
               if len(row.get(name, "")) > most]  # fmt: skip
    days = {name: day_of(row, name, faults) for name in ("since", "bought_on", "warranty_until")}
    price = price_of(row, faults)
    if kind is None or node is None:
        return None
    since = days["since"] or days["bought_on"] or today
    if since > today:
        faults.append(_("It is in use only from a day that has not come yet."))
    texts: dict[str, Any] = {name: row.get(name, "") for name in LONGEST}
    return MachineFacts(
        type=kind.code,
        node=node,
        since=since,
        bought_on=days["bought_on"],
        warranty_until=days["warranty_until"],
        price_fen=price,
        **texts,
    )


def day_of(row: Mapping[str, str], name: str, faults: list[str]) -> date | None:
    """Return a day of a line, None when it has none or none that can be read."""
    try:
        return date.fromisoformat(read_day(row[name])) if row.get(name) else None
    except ValueError:
        faults.append(_("%(column)s is no day.") % {"column": COLUMNS[name][0]})
    return None


def price_of(row: Mapping[str, str], faults: list[str]) -> int | None:
    """Return a price in fen, None when the line has none."""
    try:
        return read_fen(row.get("price", ""), below=DEAREST_YUAN)
    except ValueError:
        faults.append(_("The price is no sum of money."))
        return None


def types_by_word() -> dict[str, MachineType]:
    """Return the types by their codes and their names in either language, in lower case."""
    known = queries.machine_types().values()
    return {word.lower(): one for one in known for word in (one.code, *one.words.values())}


def places_by_word(nodes: Collection[int]) -> dict[str, int]:
    """Return the places one may write for by their codes and names."""
    views = (view for view in network.nodes() if view.id in nodes)
    return {word: view.id for view in views for word in (view.code, *view.names.values())}


def empty_sheet() -> bytes:
    """Return a sheet with the headings and the types that are known, to be filled in."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    sheet = workbook.active
    sheet.append([str(label) for label, _words in COLUMNS.values()])
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    types = workbook.create_sheet(str(_("Types")))
    for one in queries.machine_types().values():
        types.append([harmless(one.name)])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()
