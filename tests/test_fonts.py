"""The fonts of documents: whole, named, and embedded by the typesetter."""

from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

pytestmark = pytest.mark.embedded

FONTS = Path(__file__).resolve().parent.parent / "src" / "wenlan" / "ui" / "fonts"

DOCUMENT = """
#set page(width: 120mm, height: 60mm)
#set text(lang: "zh", region: "cn")
#text(font: "Noto Sans SC")[黑体 Sans 2019 #strong[加粗]]

#text(font: "Noto Serif SC")[《宋体》（Serif）“410,000”册次——年报… #strong[加粗]]
"""


@pytest.mark.slow
def test_the_typesetter_embeds_all_four_fonts():
    if not FONTS.is_dir():
        pytest.skip("the fonts are made by ./dev")

    pdf = typst.compile(DOCUMENT.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True)

    page = PdfReader(BytesIO(pdf)).pages[0]
    embedded = {font.get_object()["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert embedded == {
        "NotoSansSC-Regular",
        "NotoSansSC-Bold",
        "NotoSerifSC-Regular",
        "NotoSerifSC-Bold",
    }
    assert "《宋体》（Serif）“410,000”册次——年报…" in page.extract_text()
