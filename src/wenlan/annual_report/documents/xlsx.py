"""The figures of an edition as a workbook: one row a figure with what it means, and each table of the report."""

from pathlib import Path
from typing import Any

import xlsxwriter

from wenlan.annual_report.documents.charts import INK, INK_2, VERMILION
from wenlan.annual_report.shapes import shape
from wenlan.annual_report.types import EditionView, FigureRun, StoredFigure, Table
from wenlan.kernel.words import say

HEADS = (
    "编号",
    "名称",
    "数值",
    "计量单位",
    "指标代码",
    "指标",
    "限定",
    "范围",
    "起",
    "止",
    "数据完整至",
    "含义",
    "依据",
)
WIDTHS = (8, 26, 14, 10, 24, 22, 26, 12, 12, 12, 12, 60, 40)


def write_xlsx(edition: EditionView, path: Path) -> None:
    """Write the workbook to `path`."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": edition.title, "author": edition.document.library})
        _Sheets(book, edition).write()


class _Sheets:
    def __init__(self, book: xlsxwriter.Workbook, edition: EditionView) -> None:
        self.book, self.edition, self.words = book, edition, edition.document.words
        face = {"font_name": "宋体", "font_size": 10, "font_color": INK, "valign": "vcenter"}
        self.plain = book.add_format(face)
        self.wrapped = book.add_format(face | {"text_wrap": True})
        self.number = book.add_format(face | {"num_format": "#,##0.####", "align": "right"})
        self.head = book.add_format(face | {"bold": True, "top": 2, "bottom": 1, "font_name": "黑体"})
        self.title = book.add_format(face | {"bold": True, "font_size": 14, "font_name": "黑体"})
        self.demo = book.add_format(face | {"font_color": VERMILION, "bold": True})
        self.soft = book.add_format(face | {"font_color": INK_2, "text_wrap": True})

    def write(self) -> None:
        self._figures()
        for block in self.edition.document.blocks():
            if isinstance(block, Table):
                self._table(block)

    def _sheet(self, name: str, heading: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.write(0, 0, heading, self.title)
        if self.edition.document.demo:
            sheet.write(1, 0, self.words["demo"], self.demo)
            sheet.set_header(f'&R&"黑体,Bold"{self.words["demo"]}')
        sheet.set_footer("&C&P / &N")
        sheet.set_paper(9)
        return sheet

    def _figures(self) -> None:
        sheet = self._sheet("数据", self.edition.title)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write(2, column, head, self.head)
        sheet.freeze_panes(3, 2)
        scopes = shape(self.edition.shape).scopes
        for row, figure in enumerate(self.edition.figures.values(), start=3):
            for column, value in enumerate(_row(figure, scopes[figure.scope])):
                if column == 2 and figure.value is not None:
                    sheet.write_number(row, column, float(figure.value), self.number)
                else:
                    sheet.write_string(row, column, value, self.wrapped if column > 10 else self.plain)

    def _table(self, block: Table) -> None:
        sheet = self._sheet(f"{self.words['table']}{block.number}", block.caption)
        for column, (head, width) in enumerate(zip(block.columns, block.widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write(2, column, head, self.head)
        for position, row in enumerate(block.rows, start=3):
            for column, run in enumerate(row.cells):
                stored = self.edition.figures[run.ref].value if isinstance(run, FigureRun) else None
                if stored is not None:
                    sheet.write_number(position, column, float(stored), self.number)
                else:
                    sheet.write_string(position, column, run.text, self.wrapped)
        for offset, note in enumerate(block.notes, start=len(block.rows) + 3):
            text = "".join(run.text for run in note.runs)
            sheet.merge_range(
                offset, 0, offset, max(len(block.columns) - 1, 1), f"{self.words['note']}：{text}", self.soft
            )
            sheet.set_row(offset, 30)


def _row(figure: StoredFigure, scope: str) -> tuple[str, ...]:
    where = "；".join(f"{dimension}={wanted}" for dimension, wanted in figure.where.items())
    return (
        figure.ref,
        figure.name,
        "—",
        say(figure.unit, "zh"),
        figure.measure,
        say(figure.words, "zh"),
        where,
        scope,
        figure.period.start.isoformat(),
        figure.period.last_day.isoformat(),
        figure.complete_until.isoformat() if figure.complete_until else "",
        say(figure.definition, "zh"),
        figure.source,
    )
