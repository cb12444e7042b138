"""Labels read back: the words in the pdf, its pages and fonts, and the bars by a decoder."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from wenlan.catalogue.testing import make_record
from wenlan.holdings import operations
from wenlan.holdings.labels import choosing, documents
from wenlan.holdings.labels.bars import bars, module_mm
from wenlan.holdings.labels.errors import BarsTooNarrow, NotAsBars, SheetUnknown, SheetWrong
from wenlan.holdings.labels.sheets import sheet, sheets
from wenlan.holdings.labels.types import Label, LabelKind, Layout, Symbology
from wenlan.holdings.testing import make_item
from wenlan.holdings.tests.pictures import scanned
from wenlan.holdings.types import NewItem
from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
FORM = {"kind": "spine", "sheet": "spine-a4-6x12", "way": "scan", "symbology": "code128", "first": "1"}


@pytest.fixture
def places():
    return make_network("CZ", "LC")


def item_marked(node, barcode, mark, *, batch="", volume=""):
    act = Act(at=clock.now(), node=node, channel=Channel.DESK, key=f"mark-{barcode}")
    new = NewItem(
        record=make_record(node, f"书 {barcode}").id, barcode=barcode, call_number=mark, batch=batch, volume=volume
    )
    return operations.accession(act, item=new)


def words(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_every_sheet_lies_on_its_page_and_is_named_in_two_languages():
    for code, one in sheets().items():
        left, top = one.place(one.places - 1)
        assert left + one.label[0] <= one.page[0] + 0.01, code
        assert top + one.label[1] <= one.page[1] + 0.01, code
        assert one.words["zh"] != one.words["en"], code
    assert {kind for one in sheets().values() for kind in one.kinds} == set(LabelKind)


def test_a_library_adds_its_own_sheet(settings, tmp_path):
    settings.WENLAN_HOME = tmp_path
    (tmp_path / "labels").mkdir()
    own = tmp_path / "labels" / "own.toml"
    own.write_text(
        '[own]\nzh = "本馆"\nkinds = ["spine"]\npage = [100, 50]\n'
        "label = [50, 25]\ncolumns = 2\nrows = 2\nstart = [0, 0]\n",
        encoding="utf-8",
    )

    assert sheet("own").place(3) == (50, 25)
    own.write_text(own.read_text(encoding="utf-8").replace("[50, 25]", "[60, 25]"), encoding="utf-8")
    with pytest.raises(SheetWrong):
        sheet("own")
    own.unlink()
    with pytest.raises(SheetUnknown):
        sheet("own")


@pytest.mark.parametrize(
    ("symbology", "code"),
    [(Symbology.CODE128, "ZC0000001"), (Symbology.CODE39, "ZC0000001"), (Symbology.EAN13, "9787536692930")],
)
@pytest.mark.slow
def test_a_scanner_reads_what_was_printed(symbology, code):
    label = Label(head="长治市图书馆", bars=bars(code, symbology), code=code)
    layout = Layout(sheet=sheet("barcode-a4-3x13"), kind=LabelKind.BARCODE, first=38)

    picture = documents.preview(layout, [label, label], title="条码", ppi=203)

    assert [text for _format, text in scanned(picture)] == [code, code]


def test_what_bars_cannot_say_is_refused():
    with pytest.raises(NotAsBars):
        bars("ZC0000001", Symbology.EAN13)
    with pytest.raises(NotAsBars):
        bars("9787536692931", Symbology.EAN13)
    with pytest.raises(NotAsBars):
        bars("条码", Symbology.CODE39)
    with pytest.raises(BarsTooNarrow):
        module_mm(bars("A-VERY-LONG-NUMBER-000000001", Symbology.CODE39), 50, code="A")


@pytest.mark.slow
def test_a_pdf_has_its_pages_its_words_and_its_fonts_inside():
    labels = [Label(head="崇文镇分馆", lines=("I247.55", str(number))) for number in range(1, 101)]

    pdf = documents.pdf(Layout(sheet=sheet("spine-a4-6x12"), kind=LabelKind.SPINE, first=50), labels, title="书标")

    pages = words(pdf)
    assert [page.count("I247.55") for page in pages] == [23, 72, 5]
    assert "崇文镇分馆" in pages[0]
    reader = PdfReader(BytesIO(pdf))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    inside = [one.get_object()["/FontDescriptor"] for font in fonts for one in font["/DescendantFonts"]]
    assert all("/FontFile2" in one.get_object() or "/FontFile3" in one.get_object() for one in inside)


@pytest.mark.capability("D07")
@pytest.mark.slow
def test_spine_labels_of_chosen_items_are_printed(places):
    client = signed_in(places[1].id, "stacks")
    item_marked(places[1].id, "ZC1", "I247.55/12", volume="2")
    item_marked(places[1].id, "ZC2", "K892/3")

    answer = client.post("/desk/labels/labels.pdf", FORM | {"scans": "zc2\nZC1\nZC9"})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert re.findall(r"\S+", words(answer.content)[0]) == ["K892", "3", "I247.55", "12", "2"]
    for address in ("/desk/labels/", "/desk/labels/prints"):
        shown = client.get(address, headers={"accept-language": "zh"}).content.decode()
        assert "书标 × 2" in re.sub(r"<[^>]+>", "", shown)


@pytest.mark.slow
def test_the_preview_counts_and_says_what_is_not_there(places):
    client = signed_in(places[1].id, "stacks")
    item_marked(places[1].id, "ZC1", "I247.55/12")
    item_marked(places[2].id, "LC1", "I247.55/13")

    shown = client.post("/desk/labels/preview", FORM | {"scans": "ZC1 LC1", "first": "72"})
    nothing = client.post("/desk/labels/preview", FORM | {"scans": "LC1"})
    wrong = client.post("/desk/labels/preview", FORM | {"scans": "ZC1", "sheet": "card-roll"})

    assert (shown.status_code, nothing.status_code, wrong.status_code) == (200, 409, 422)
    assert "LC1" in shown.content.decode()
    assert "data:image/png;base64," in shown.content.decode()


def test_items_of_a_batch_in_the_order_of_the_batch(places):
    for number in (1, 2, 10):
        item_marked(places[1].id, f"ZC{number}", "I/1", batch="2019-0001")
    item_marked(places[1].id, "ZC3", "I/1", batch="2019-00010")

    found = choosing.of_batch("2019-0001", [places[1].id])

    assert [one.barcode for one in found.items] == ["ZC1", "ZC2", "ZC10"]


def test_call_numbers_in_shelf_order_and_only_the_span(places):
    for at, mark in enumerate(["I247.5/9", "I247.5/88", "I247.55/1", "I25/1", "I247.5/10", "K892/1"]):
        item_marked(places[1].id, f"ZC{at}", mark)
    item_marked(places[2].id, "LC", "I247.5/11")

    def span(first, last):
        return [one.call_number for one in choosing.of_call_numbers(first, last, [places[1].id]).items]

    assert span("I247.5/9", "I247.5/50") == ["I247.5/9", "I247.5/10"]
    assert span("I247", "I247.55") == ["I247.5/9", "I247.5/10", "I247.5/88", "I247.55/1"]
    assert span("K", "K") == ["K892/1"]


def test_items_of_some_days_of_accession(places):
    for day in (1, 2, 3):
        make_item(node=places[1].id, barcode=f"ZC{day}", on=date(2019, 3, day))

    found = choosing.of_days(date(2019, 3, 2), date(2019, 3, 3), [places[1].id])

    assert [one.barcode for one in found.items] == ["ZC2", "ZC3"]


@pytest.mark.slow
def test_reader_cards_only_for_who_may_see_names(places):
    make_patron(node=places[1].id, name="李明", card="R00000001")
    cards = FORM | {"kind": "card", "sheet": "card-a4-2x5", "scans": "R00000001"}

    allowed = signed_in(places[1].id, "stacks", "circulation").post("/desk/labels/labels.pdf", cards)
    refused = signed_in(places[1].id, "stacks").post("/desk/labels/labels.pdf", cards)

    assert "李明" in words(allowed.content)[0]
    assert refused.status_code == 403
