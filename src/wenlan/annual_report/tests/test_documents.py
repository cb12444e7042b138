"""One edition in four formats: the same figures in each, the demo's mark on every page, no finding in any."""

import json
import zipfile
from decimal import Decimal

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from wenlan.annual_report import documents, reading
from wenlan.annual_report.documents import charts, html
from wenlan.annual_report.errors import FormatUnknown, NotAReport
from wenlan.annual_report.policies.numbers import numbers_in
from wenlan.annual_report.testing import edition, stated, told
from wenlan.annual_report.types import ChronicleEntry, FigureRun, Paragraph

pytestmark = pytest.mark.embedded

PUBLISHED = {
    "652761册（件）",
    "21861册",
    "8102册",
    "12件",
    "622786册",
    "410000册次",
    "92220册次",
    "132926册次",
    "156854册次",
    "28000册次",
    "143126人次",
    "38644人次",
    "57251人次",
    "18606人次",
    "11793人次",
    "11578人次",
    "5254人次",
    "50万余人次",
    "488次",
    "411车次",
    "12期",
    "35.8万次",
    "754.6万次",
    "365天",
    "826.5小时",
    "29975册（件）",
    "8000条",
    "54000页",
    "15000版",
    "90节",
    "两部",
    "5764人次",
    "8400余次",
    "400余车次",
    "15个",
    "3个",
    "2辆",
    "100余人",
    "65人",
    "800余小时",
    "7人",
    "2400余人次",
    "9期",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    line = ChronicleEntry(day="4月23日", text="举办世界读书日活动。", level="major")
    made = edition(told_by=told(chronicle=[line]))
    paths = documents.write(made, ["docx", "pdf", "html", "xlsx"], folder)
    return made, {path.suffix[1:]: path for path in paths}


def squeezed(text):
    return "".join(text.split())


@pytest.mark.slow
@pytest.mark.capability("T01")
def test_the_figures_read_back_from_the_docx_are_those_of_the_edition(written):
    made, paths = written

    found = {(figure.number.value, figure.number.unit) for figure in reading.read(paths["docx"])}

    stated_runs = [run for block in made.document.blocks() if isinstance(block, Paragraph) for run in block.runs]
    printed = {numbers_in(run.text)[0] for run in stated_runs if isinstance(run, FigureRun)}
    assert {(number.value, number.unit) for number in printed} <= found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docx", "pdf", "html"])
def test_each_published_figure_stands_in_each_format(written, name):
    _made, paths = written
    texts = {
        "docx": lambda path: reading.text_of(path),
        "pdf": lambda path: "".join(page.extract_text() for page in PdfReader(path).pages),
        "html": lambda path: path.read_text(encoding="utf-8").replace('<i class="gap"></i>', ""),
    }

    text = squeezed(texts[name](paths[name]))

    assert {figure for figure in PUBLISHED if figure not in text} == set()


@pytest.mark.slow
@pytest.mark.capability("V31")
def test_every_page_of_a_demonstration_says_so(written):
    _made, paths = written

    pages = [squeezed(page.extract_text()) for page in PdfReader(paths["pdf"]).pages]
    word = docx.Document(str(paths["docx"]))
    sheets = openpyxl.load_workbook(paths["xlsx"])

    assert [number for number, page in enumerate(pages) if "演示数据" not in page] == []
    assert "演示数据" in word.sections[-1].header.paragraphs[0].text
    assert "演示数据" in word.paragraphs[0].text
    assert {sheet["A2"].value for sheet in sheets} == {"演示数据"}
    assert paths["html"].read_text(encoding="utf-8").count("演示数据") >= 2


def test_a_real_library_has_no_demo_mark():
    page = html.page(edition(demo=False, drawn=False))

    assert "演示数据" not in page


@pytest.mark.slow
def test_the_docx_has_headings_captions_fields_and_chinese_faces(written):
    _made, paths = written
    word = docx.Document(str(paths["docx"]))
    names = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    with zipfile.ZipFile(paths["docx"]) as parts:
        styles, footers = (
            parts.read("word/styles.xml").decode(),
            "".join(parts.read(name).decode() for name in parts.namelist() if "footer" in name),
        )

    assert ("Heading 1", "二、2019年业务统计") in names
    assert ("Heading 2", "（一）新增馆藏") in names
    assert ("Table Caption", "表 2-1　2019年新增馆藏") in names
    assert ("Chart Caption", "图 2-1　2019年各部门文献外借册次") in names
    assert 'w:eastAsia="宋体"' in styles
    assert 'w:eastAsia="黑体"' in styles
    assert " PAGE " in footers
    assert " NUMPAGES " in footers
    assert word.core_properties.comments == ""


@pytest.mark.slow
def test_the_pdf_carries_its_chinese_faces(written):
    _made, paths = written
    faces = {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for page in PdfReader(paths["pdf"]).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert {face.partition("-")[0] for face in faces} <= {
        "NotoSerifSC",
        "NotoSansSC",
        "NotoSerifCJKsc",
        "NotoSansCJKsc",
    }


@pytest.mark.slow
def test_the_workbook_has_a_row_for_each_figure_with_what_it_means(written):
    made, paths = written
    sheet = openpyxl.load_workbook(paths["xlsx"])["数据"]

    rows = {row[0]: row for row in sheet.iter_rows(min_row=4, values_only=True)}

    assert set(rows) == set(made.figures)
    (loans,) = [row for row in rows.values() if row[1] == "文献外借"]
    assert loans[2:6] == (410000, "册次", "loans", "loans")
    assert loans[7:11] == ("本馆", "2019-01-01", "2019-12-31", "2020-01-01")


def test_no_finding_enters_a_file():
    theme = stated("theme", "截止到目前为止，举办建国70周年活动。")

    page = html.page(edition(drawn=False, told_by=told(theme=theme)))

    assert "新中国成立70周年" not in page
    assert "proof" not in page


def test_every_figure_of_the_page_leads_to_a_line_that_defines_it():
    made = edition(drawn=False)

    page = html.page(made)

    linked = {run.ref for run in made.document.runs() if isinstance(run, FigureRun)}
    assert linked <= set(made.figures)
    assert [ref for ref in made.figures if f'id="{ref}"' not in page] == []


def test_an_unknown_format_writes_nothing(tmp_path):
    with pytest.raises(FormatUnknown):
        documents.write(edition(drawn=False), ["xlsx", "doc"], tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_chart_says_every_value_in_words():
    made = edition(drawn=False)
    (chart, *_others) = [block for block in made.document.blocks() if type(block).__name__ == "Chart"]

    said = [row["said"] for row in charts.specification(chart)["data"]["values"]]

    assert said == ["92,220", "132,926", "156,854", "28,000"]
    json.dumps(charts.specification(chart))


@pytest.mark.slow
@pytest.mark.capability("T09")
def test_drawings_carry_the_labels_and_the_colours_of_the_house(written):
    made, _paths = written

    assert set(made.drawings) == {"2-1", "2-2"}
    for label in ("综合借阅处", "156,854", charts.CELADON):
        assert label in made.drawings["2-1"]


def test_an_old_report_is_read_sentence_by_sentence(tmp_path):
    path = tmp_path / "old.txt"
    path.write_text("2019 年我馆文献外借 410000 册次，到馆读者 50 万余人次。\n两部宣传片。", encoding="utf-8")

    found = reading.read(path)

    assert [(figure.number.value, figure.number.unit, figure.number.approximate) for figure in found] == [
        (Decimal(410000), "册次", False),
        (Decimal(500000), "人次", True),
        (Decimal(2), "部", False),
    ]


def test_what_is_no_report_is_refused(tmp_path):
    path = tmp_path / "broken.docx"
    path.write_bytes(b"\x00\x01")

    with pytest.raises(NotAReport):
        reading.read(path)
