"""The list of what does not fit, as a workbook beside the exports: a sheet of counts and sums, a sheet of lines."""

from pathlib import Path

from django.utils.translation import gettext as _

from wenlan.moving.types import Part, Problem, Report, Totals

FILE = "misfits.xlsx"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def write(folder: Path, report: Report) -> Path | None:
    """Write the lines that do not fit; None, and an older list gone, when all fit."""
    path = folder / FILE
    if not report.found:
        path.unlink(missing_ok=True)
        return None
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("What does not fit"))
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEF", (14, 26, 8, 22, 44, 30), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append([_("Part"), _("File"), _("Line"), _("Barcode or card"), _("What does not fit"), _("In words")])
    for one in report.found:
        label = "" if one.problem == Problem.READER else str(Problem(one.problem).label)
        cells = [str(Part(one.part).label), one.file, one.where or "", one.what, label or one.words]
        sheet.append([*(safe(cell) for cell in cells), safe((one.words if label else "") or one.hidden)])
    second = workbook.create_sheet(_("Counts and sums"))
    second.append(["", _("Old system"), _("Kept out"), _("In Wenlan"), _("Network before"), _("Network after")])
    for name in Totals.__dataclass_fields__:
        sums = [getattr(of, name) for of in (report.stated, report.kept_out, report.here, report.before, report.after)]
        second.append([name.removesuffix("_fen"), *(one / 100 if name.endswith("_fen") else one for one in sums)])
    workbook.save(path)
    return path


def safe(cell: object) -> object:
    """Return a cell that no sheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
