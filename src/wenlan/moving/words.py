"""The site's own words: a sheet beside the exports, begun by a trial with what nobody knew, completed by librarians."""

from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.catalogue.types import Material
from wenlan.holdings import takeover
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.moving.tables import read_sheet
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons

FILE = "words.xlsx"
TABLES = {
    "category": gettext_lazy("Category of readers"),
    "status": gettext_lazy("State of a card"),
    "place": gettext_lazy("Place"),
    "state": gettext_lazy("State of an item"),
    "kind": gettext_lazy("Kind of an item"),
}
STATUSES = {
    "valid": gettext_lazy("In order"),
    "lost": gettext_lazy("Reported lost"),
    "suspended": gettext_lazy("Suspended"),
    "deregistered": gettext_lazy("Deregistered"),
}
CIRCULATING = (ItemStatus.ON_LOAN, ItemStatus.IN_REPAIR, ItemStatus.AT_BINDERY, ItemStatus.WITHDRAWN)


def read(folder: Path) -> dict[str, dict[str, str]]:
    """Return what the site said its words mean, by table: `{"state": {"27": "locked"}}`; nothing without the sheet."""
    path = folder / FILE
    found: dict[str, dict[str, str]] = {}
    for cells in list(read_sheet(path))[1:] if path.is_file() else ():
        table, word, ours = cells[0].strip(), cells[2], cells[4].strip() if len(cells) > 4 else ""
        if table in TABLES and ours:
            found.setdefault(table, {})[word.strip()] = ours
    return found


def write(
    folder: Path, unknown: Mapping[str, Mapping[str, int]], known: Mapping[str, Mapping[str, str]]
) -> Path | None:
    """Write the words nobody knew below those that were said already; None when there are neither."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    rows = [(table, word, 0, ours) for table, words in known.items() for word, ours in words.items()]
    rows += [
        (table, word, count, "")
        for table, words in unknown.items()
        for word, count in sorted(words.items(), key=lambda pair: -pair[1])
        if table in TABLES and word not in known.get(table, {})
    ]
    if not rows:
        return None
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Words of the old system")
    sheet.append([_("Code of the list"), _("What it is about"), _("Word"), _("How often"), _("Code in Wenlan")])
    for table, word, count, ours in rows:
        sheet.append([table, str(TABLES[table]), word, count or "", ours])
    second = workbook.create_sheet(_("Codes to choose from"))
    second.append([_("Code of the list"), _("Code in Wenlan"), _("What it stands for")])
    for table, codes in choices().items():
        for code, name in codes.items():
            second.append([table, code, name])
    for one in (sheet, second):
        one.freeze_panes = "A2"
        for cell in one[1]:
            cell.font = Font(bold=True)
        for column, width in zip("ABCDE", (12, 22, 30, 16, 24), strict=True):
            one.column_dimensions[column].width = width
    path = folder / FILE
    workbook.save(path)
    return path


def choices() -> dict[str, dict[str, str]]:
    """Return the codes that a word may stand for, with their names, by table."""
    states = [ItemStatus(one) for one in ItemStatus.values if one in takeover.SETTLED] + list(CIRCULATING)
    places = {view.code: view.name for view in network.nodes()}
    places |= {one.code: one.name for one in network.departments()}
    return {
        "category": {one.code: one.name for one in patrons.categories()},
        "status": {code: str(name) for code, name in STATUSES.items()},
        "place": places,
        "state": {one.value: str(one.label) for one in states},
        "kind": {one.value: str(one.label) for one in (*Lending, *Material)},
    }
