"""The report as docx: Word's own styles, heading levels, fields and table rows, so that it can be worked on."""

from collections.abc import Iterable
from pathlib import Path

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from wenlan.annual_report.documents import word
from wenlan.annual_report.types import (
    Block,
    Chapter,
    Chart,
    ChronicleEntry,
    Document,
    EditionView,
    FigureRun,
    Note,
    Paragraph,
    Run,
    Table,
)
from wenlan.ui.typesetting import workshop

TEXT_WIDTH_MM = 158
SIDES = {"l": ALIGN.LEFT, "c": ALIGN.CENTER, "r": ALIGN.RIGHT}


def write_docx(edition: EditionView, path: Path) -> None:
    """Write the edition to `path`. Raises TypesettingFailed when a drawing cannot be made into a picture."""
    with workshop.workshop() as folder:
        for number, drawing in edition.drawings.items():
            (folder / f"chart-{number}.svg").write_text(drawing, encoding="utf-8")
        if edition.drawings:
            workshop.run(folder, pictures=True)
        _Writer(edition.document, folder).write().save(str(path))


class _Writer:
    """Writes one document from the cover to the last appendix."""

    def __init__(self, document: Document, pictures: Path) -> None:
        self.document, self.pictures, self.words = document, pictures, document.words
        self.word: WordDocument = new_document()
        word.prepare(self.word, title=document.title, author=document.library)

    def write(self) -> WordDocument:
        self._cover()
        self._inner_pages()
        self._contents()
        self._title()
        self._blocks(self.document.opening)
        for chapter in self.document.chapters:
            self._chapter(chapter)
        return self.word

    # ---- the pages before the text ----

    def _cover(self) -> None:
        document = self.document
        mark = self.word.add_paragraph(style=word.PLAIN)
        mark.alignment = ALIGN.RIGHT
        if document.demo:
            word.demo_mark(mark, self.words["demo"], size=10.5)
        self._spaced(150)
        self._cover_line(document.library, size=22, after=14)
        rule = self.word.add_paragraph(style=word.PLAIN)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(20)
        word.double_rule(rule)
        self._cover_line(document.cover_title, size=40, bold=True, before=18)
        self._spaced(120)
        word.seal_place(self.word, self.words["seal"])
        self._cover_line(document.library, size=13, before=14)
        self._cover_line(document.dated, size=13, before=4)
        if document.demo:
            line = self._cover_line(self.words["demo_cover"], size=8.5, before=20)
            word.colour(line.runs[0], word.VERMILION)

    def _cover_line(
        self, text: str, *, size: float, bold: bool = False, before: float = 0, after: float = 0
    ) -> WordParagraph:
        line = self.word.add_paragraph(style=word.PLAIN)
        line.alignment = ALIGN.CENTER
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(after)
        run = line.add_run(text)
        run.font.size, run.font.bold = Pt(size), bold
        return line

    def _spaced(self, points: float) -> None:
        self.word.add_paragraph(style=word.PLAIN).paragraph_format.space_before = Pt(points)

    def _inner_pages(self) -> None:
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        head = section.header.paragraphs[0]
        head.style = self.word.styles[word.HEAD]
        word.right_tab(head, TEXT_WIDTH_MM)
        head.add_run(self.document.title)
        if self.document.demo:
            head.add_run("\t")
            word.demo_mark(head, self.words["demo"], size=8)
        foot = section.footer.paragraphs[0]
        foot.style = self.word.styles[word.FOOT]
        before, _page, rest = self.words["page"].partition("{page}")
        between, _pages, after = rest.partition("{pages}")
        foot.add_run(before)
        word.field(foot, "PAGE", "2")
        foot.add_run(between)
        word.field(foot, "NUMPAGES", "1")
        foot.add_run(after)

    def _contents(self) -> None:
        head = self.word.add_paragraph(self.words["contents"], style=word.CONTENTS)
        head.alignment = ALIGN.CENTER
        entries = [
            (chapter.level, chapter.number + chapter.title, word.anchor(chapter.number + chapter.title))
            for chapter in _with_sections(self.document.chapters)
        ]
        word.contents(self.word, entries)
        self.word.add_page_break()

    def _title(self) -> None:
        for text in (self.document.library, self.document.cover_title):
            self.word.add_paragraph(text, style=word.TITLE)
        rule = self.word.add_paragraph(style=word.PLAIN)
        rule.paragraph_format.space_after = Pt(12)
        word.double_rule(rule)

    # ---- the text ----

    def _chapter(self, chapter: Chapter) -> None:
        text = chapter.number + chapter.title
        heading = self.word.add_heading(text, level=chapter.level)
        word.bookmark(heading, word.anchor(text))
        self._blocks(chapter.blocks)
        for section in chapter.chapters:
            self._chapter(section)

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Chart):
                self._chart(block)
            elif isinstance(block, ChronicleEntry):
                self._entry(block)
            else:
                self._runs(self.word.add_paragraph(style=word.NOTE), block.runs)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.word.add_paragraph(style=word.BODY)
        if block.label:
            word.strong(paragraph.add_run(f"【{block.label}】"))
        self._runs(paragraph, block.runs)
        if block.sample:
            mark = paragraph.add_run(f"〔{self.words['sample']}〕")
            mark.font.size = Pt(8)
            word.colour(mark, word.INK_2)

    def _entry(self, block: ChronicleEntry) -> None:
        paragraph = self.word.add_paragraph(style=word.ENTRY)
        word.strong(paragraph.add_run(block.day))
        paragraph.add_run(f"　{block.text}")

    def _runs(self, paragraph: WordParagraph, runs: Iterable[Run]) -> None:
        for run in runs:
            made = paragraph.add_run(run.text)
            if isinstance(run, FigureRun):
                made.style = self.word.styles[word.FIGURE]

    def _caption(self, sign: str, block: Table | Chart) -> None:
        style = word.TABLE_CAPTION if isinstance(block, Table) else word.CHART_CAPTION
        self.word.add_paragraph(f"{sign} {block.number}　{block.caption}", style=style)

    def _unit(self, unit: str) -> None:
        if unit:
            self.word.add_paragraph(f"{self.words['unit']}：{unit}", style=word.UNIT)

    def _notes(self, notes: Iterable[Note]) -> None:
        for note in notes:
            paragraph = self.word.add_paragraph(f"{self.words['note']}：", style=word.NOTE)
            self._runs(paragraph, note.runs)

    def _table(self, block: Table) -> None:
        self._caption(self.words["table"], block)
        self._unit(block.unit)
        table = self.word.add_table(rows=1, cols=len(block.columns), style=word.THREE_LINE)
        table.autofit = False
        short = len(block.rows) <= 16
        for cell, column, side in zip(table.rows[0].cells, block.columns, block.align, strict=True):
            self._cell(cell, side).add_run(column)
        for row in block.rows:
            made = table.add_row()
            for cell, run, side in zip(made.cells, row.cells, block.align, strict=True):
                self._runs(self._cell(cell, side), (run,))
            if row.total:
                word.total_row(made)
        word.shape_table(table, widths_mm=_widths(block), keep_together=short)
        self._notes(block.notes)
        self.word.add_paragraph(style=word.GAP)

    def _cell(self, cell: _Cell, side: str) -> WordParagraph:
        paragraph = cell.paragraphs[0]
        paragraph.style = self.word.styles[word.CELL]
        paragraph.alignment = SIDES[side]
        return paragraph

    def _chart(self, block: Chart) -> None:
        self._unit(block.unit)
        holder = self.word.add_paragraph(style=word.PLAIN)
        holder.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        holder.paragraph_format.keep_with_next = True
        picture = holder.add_run().add_picture(
            str(self.pictures / f"chart-{block.number}.png"), width=Mm(TEXT_WIDTH_MM)
        )
        word.describe(picture, f"{block.caption}：" + "，".join(f"{bar.label}{bar.value}" for bar in block.bars))
        self._caption(self.words["chart"], block)
        self._notes(block.notes)
        self.word.add_paragraph(style=word.GAP)


def _widths(block: Table) -> list[float]:
    whole = sum(block.widths)
    return [TEXT_WIDTH_MM * width / whole for width in block.widths]


def _with_sections(chapters: Iterable[Chapter]) -> Iterable[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _with_sections(chapter.chapters)
