"""What python-docx has no words for: East Asian fonts, fields, rules, three-line tables, bookmarks."""

from collections.abc import Iterable, Sequence
from hashlib import sha1
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shape import InlineShape
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from wenlan.annual_report.documents.charts import INK, INK_2, VERMILION

# Names that Chinese offices have: Word finds them, and others take their nearest serif and sans.
SERIF, SANS = ("Times New Roman", "宋体"), ("Arial", "黑体")

BODY, PLAIN, NOTE, UNIT, CELL, GAP = "Body Text", "Cover", "Report Note", "Report Unit", "Table Text", "Report Gap"
TABLE_CAPTION, CHART_CAPTION, ENTRY, FIGURE = "Table Caption", "Chart Caption", "Chronicle", "Figure"
HEAD, FOOT, CONTENTS, TITLE, THREE_LINE = "Header", "Footer", "Contents Heading", "Title", "Three-Line Table"


class Look(NamedTuple):
    """How a style is set: faces, size and line in points, space before and after."""

    faces: tuple[str, str]
    size: float
    line: float | None
    before: float
    after: float


STYLES: dict[str, Look] = {
    BODY: Look(SERIF, 11, 17.6, 0, 0),
    PLAIN: Look(SERIF, 11, None, 0, 0),
    NOTE: Look(SERIF, 9, 14, 3, 0),
    UNIT: Look(SERIF, 9, 14, 0, 2),
    CELL: Look(SERIF, 9.5, 15, 1.5, 1.5),
    GAP: Look(SERIF, 5, 8, 0, 0),
    TABLE_CAPTION: Look(SANS, 9.5, 15, 12, 3),
    CHART_CAPTION: Look(SANS, 9.5, 15, 3, 6),
    ENTRY: Look(SERIF, 11, 17.6, 2, 2),
    HEAD: Look(SERIF, 8.5, None, 0, 0),
    FOOT: Look(SERIF, 8.5, None, 0, 0),
    CONTENTS: Look(SANS, 16, 26, 0, 10),
    TITLE: Look(SERIF, 19, 30, 0, 0),
    "Heading 1": Look(SANS, 16, 26, 22, 10),
    "Heading 2": Look(SANS, 12.5, 20, 14, 6),
    "Heading 3": Look(SANS, 11, 18, 10, 4),
    "TOC 1": Look(SANS, 11, 20, 8, 0),
    "TOC 2": Look(SERIF, 11, 18, 0, 0),
}
KEPT_WITH_NEXT = {UNIT, TABLE_CAPTION, CONTENTS, TITLE, "Heading 1", "Heading 2", "Heading 3"}
CENTERED = {TABLE_CAPTION, CHART_CAPTION, FOOT, TITLE}


def prepare(document: WordDocument, *, title: str, author: str) -> None:
    """Set page, styles and properties of a new document."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(28)
    section.left_margin = section.right_margin = Mm(26)
    section.header_distance = section.footer_distance = Mm(15)
    document.core_properties.title, document.core_properties.author = title, author
    document.core_properties.comments, document.core_properties.language = "", "zh-CN"
    _fonts(document.styles["Normal"], SERIF, 11)
    for name, look in STYLES.items():
        _style(document, name, look)
    figure = document.styles.add_style(FIGURE, WD_STYLE_TYPE.CHARACTER)
    figure.base_style = document.styles["Default Paragraph Font"]
    _indent(document.styles[BODY], first_line_characters=2)
    _indent(document.styles[ENTRY], hanging_characters=2)
    document.styles["TOC 2"].paragraph_format.left_indent = Pt(22)
    document.styles[UNIT].paragraph_format.alignment = ALIGN.RIGHT
    for name in (NOTE, UNIT, HEAD, FOOT):
        document.styles[name].font.color.rgb = _rgb(INK_2)
    _bottom_rule(document.styles[HEAD])
    document.styles.element.append(parse_xml(_THREE_LINE_XML))


def _style(document: WordDocument, name: str, look: Look) -> None:
    known = {style.name for style in document.styles}
    style: Any = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in known:
        style.base_style = document.styles["Normal"]
    _fonts(style, look.faces, look.size)
    style.font.bold, style.font.italic = look.faces is SANS or name == TITLE, False
    style.font.color.rgb = _rgb(INK)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next = name in KEPT_WITH_NEXT
    form.line_spacing = None if look.line is None else Pt(look.line)
    form.alignment = ALIGN.CENTER if name in CENTERED else None
    for tag in ("w:pBdr", "w:tabs"):
        for inherited in style.element.findall(f".//{qn(tag)}"):
            inherited.getparent().remove(inherited)


def _fonts(style: Any, fonts: tuple[str, str], size: float) -> None:
    latin, chinese = fonts
    style.font.size, style.font.name = Pt(size), latin
    named = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(named.attrib):
        if attribute.endswith("Theme"):
            del named.attrib[attribute]
    for script, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        named.set(qn(f"w:{script}"), font)


def _indent(style: Any, *, first_line_characters: int = 0, hanging_characters: int = 0) -> None:
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    if first_line_characters:
        indent.set(qn("w:firstLineChars"), str(first_line_characters * 100))
        indent.set(qn("w:firstLine"), str(first_line_characters * 220))
    if hanging_characters:
        indent.set(qn("w:leftChars"), str(hanging_characters * 100))
        indent.set(qn("w:left"), str(hanging_characters * 220))
        indent.set(qn("w:hangingChars"), str(hanging_characters * 100))
        indent.set(qn("w:hanging"), str(hanging_characters * 220))


def _rgb(colour_hex: str) -> RGBColor:
    return RGBColor.from_string(colour_hex.lstrip("#"))


def colour(run: Run, colour_hex: str) -> None:
    """Colour one run."""
    run.font.color.rgb = _rgb(colour_hex)


def strong(run: Run) -> None:
    """Emphasise by weight in the sans face; Chinese has no italic."""
    run.font.bold = True
    _fonts_of_run(run, SANS)


def _fonts_of_run(run: Run, fonts: tuple[str, str]) -> None:
    run.font.name = fonts[0]
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), fonts[1])


def demo_mark(paragraph: Paragraph, text: str, *, size: float) -> None:
    """Add the framed mark of a demonstration."""
    run = paragraph.add_run(f" {text} ")
    run.font.size = Pt(size)
    _fonts_of_run(run, SANS)
    colour(run, VERMILION)
    properties = run._element.get_or_add_rPr()
    frame = f'w:val="single" w:sz="4" w:space="0" w:color="{VERMILION.lstrip("#")}"'
    properties.append(parse_xml(f"<w:bdr {nsdecls('w')} {frame}/>"))


def double_rule(paragraph: Paragraph) -> None:
    """Draw the thick and thin rule of a Chinese page under a paragraph."""
    _border(paragraph._element.get_or_add_pPr(), "bottom", "thickThinSmallGap", 18, INK)


def _bottom_rule(style: Any) -> None:
    _border(style.element.get_or_add_pPr(), "bottom", "single", 4, INK_2)


def _border(properties: Any, side: str, kind: str, size: int, colour_hex: str) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(size)), ("space", "1"), ("color", colour_hex.lstrip("#"))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def right_tab(paragraph: Paragraph, width_mm: float) -> None:
    """Give a header line one tab, at its right end."""
    stops = paragraph.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(width_mm), WD_TAB_ALIGNMENT.RIGHT)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field that the word processor keeps up to date; `shown` stands until it does."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._element.append(code)


def anchor(text: str) -> str:
    """Return the name of the bookmark on a heading."""
    return "_Toc" + sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]


def bookmark(paragraph: Paragraph, name: str) -> None:
    """Mark a paragraph so that the contents lead to it."""
    number = str(int(name[-7:], 16))
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), number)
    paragraph._element.insert(1, start)
    paragraph._element.append(end)


def contents(document: WordDocument, entries: Sequence[tuple[int, str, str]]) -> None:
    """Write the contents as a field over the headings, filled beforehand: it reads right before it is updated."""
    shown = [(level, text, name) for level, text, name in entries if level <= 2]
    for position, (level, text, name) in enumerate(shown):
        paragraph = document.add_paragraph(style=f"TOC {level}")
        if position == 0:
            _field_mark(paragraph, "begin")
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = r' TOC \o "1-2" \n \h \z '
            paragraph.add_run()._element.append(code)
            _field_mark(paragraph, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        run = paragraph.add_run(text)
        link.append(run._element)
        paragraph._element.append(link)
        if position == len(shown) - 1:
            _field_mark(paragraph, "end")


def _field_mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._element.append(mark)


def seal_place(document: WordDocument, text: str) -> None:
    """Leave the dashed place where the seal will be stamped; nothing like a seal is drawn."""
    table = document.add_table(rows=1, cols=1)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    row = table.rows[0]
    row.height = Mm(34)
    cell = row.cells[0]
    _width(table, [34.0])
    sides = "".join(
        f'<w:{side} w:val="dashed" w:sz="6" w:space="0" w:color="{INK_2.lstrip("#")}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    properties = cell._element.get_or_add_tcPr()
    properties.append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>"))
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    paragraph = cell.paragraphs[0]
    paragraph.style = document.styles[PLAIN]
    paragraph.alignment = ALIGN.CENTER
    colour(paragraph.add_run(text), INK_2)


def shape_table(table: Table, *, widths_mm: Iterable[float], keep_together: bool) -> None:
    """Set the widths; repeat the head on each page; keep rows, and a short table, whole."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = list(widths_mm)
    _width(table, widths)
    for position, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if position == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell in row.cells if keep_together and position < len(table.rows) - 1 else ():
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for run in (run for cell in row.cells if position == 0 for run in cell.paragraphs[0].runs):
            strong(run)


def _width(table: Table, widths_mm: Sequence[float]) -> None:
    for grid, width in zip(table._element.tblGrid.findall(qn("w:gridCol")), widths_mm, strict=True):
        grid.set(qn("w:w"), str(int(width * 56.7)))
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def total_row(row: _Row) -> None:
    """Set a row of totals apart: a thin rule above, and weight."""
    line = f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{INK.lstrip("#")}"/>'
    for cell in row.cells:
        cell._element.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))
        for run in cell.paragraphs[0].runs:
            strong(run)


def describe(picture: InlineShape, text: str) -> None:
    """Say in words what a picture shows, for those who cannot see it."""
    picture._inline.docPr.set("descr", text)


_RULE = 'w:space="0" w:color="' + INK.lstrip("#") + '"'
_THREE_LINE_XML = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ThreeLineTable">
  <w:name w:val="{THREE_LINE}"/>
  <w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="99"/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="12" {_RULE}/>
      <w:bottom w:val="single" w:sz="12" {_RULE}/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="110" w:type="dxa"/>
      <w:right w:w="110" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:rFonts w:ascii="{SANS[0]}" w:hAnsi="{SANS[0]}" w:eastAsia="{SANS[1]}"/><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="4" {_RULE}/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""
