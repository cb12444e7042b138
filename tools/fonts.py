"""Make the four fonts of documents out of the slices that npm carries.

`@fontsource/noto-*-sc` (OFL, locked in frontend/package-lock.json) holds each weight as a hundred small web
fonts. Documents, labels and certificates need one whole TrueType file a weight: here the slices are laid
over each other, the commonest characters first, and named as one family. Layout features are those of the
first slice, which has the vertical forms; kerning between Latin letters is not carried over.

Run by ./dev, before the wheel is built too; needs fonttools.
"""

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "frontend" / "node_modules" / "@fontsource"
TARGET = ROOT / "src" / "wenlan" / "ui" / "fonts"
FAMILIES = {"noto-sans-sc": "Noto Sans SC", "noto-serif-sc": "Noto Serif SC"}
WEIGHTS = {400: "Regular", 700: "Bold"}

NAME_FAMILY, NAME_STYLE, NAME_UNIQUE, NAME_FULL, NAME_POSTSCRIPT = 1, 2, 3, 4, 6
NAMES_OF_THE_VARIABLE_FONT = (16, 17, 21, 22, 25)
BOLD, REGULAR = 1 << 5, 1 << 6  # OS/2 fsSelection


def slices(package: str, weight: int) -> Iterator[Path]:
    """Yield the web fonts of one weight in the order in which they are laid over each other."""
    files = SOURCE / package / "files"
    for subset in ("chinese-simplified", "latin", "latin-ext"):
        yield files / f"{package}-{subset}-{weight}-normal.woff"
    yield from sorted(files.glob(f"{package}-[0-9]*-{weight}-normal.woff"))


def whole_font(package: str, weight: int) -> TTFont:
    """Return one font with every character of every slice."""
    first, *others = slices(package, weight)
    font = TTFont(first)
    for path in others:
        add_characters(font, TTFont(path))
    font.flavor = None
    name(font, FAMILIES[package], weight)
    return font


def add_characters(font: TTFont, other: TTFont) -> None:
    """Copy the characters that `font` does not have yet, their outlines and their widths."""
    known = font.getBestCmap()
    glyphs, order, drawn = font["glyf"], font.getGlyphOrder(), other.getGlyphSet()
    for code, glyph_name in other.getBestCmap().items():
        if code in known:
            continue
        copied = f"uni{code:04X}"
        if copied in glyphs.glyphs:
            copied = f"{copied}.added"
        order.append(copied)
        glyphs.glyphs[copied] = outline(drawn, glyph_name)
        for metrics in ("hmtx", "vmtx"):
            font[metrics][copied] = other[metrics][glyph_name]
        for table in font["cmap"].tables:
            if table.isUnicode() and (code <= 0xFFFF or table.format == 12):
                table.cmap[code] = copied
    font.setGlyphOrder(order)


def outline(glyphs: Mapping[str, Any], glyph_name: str) -> Glyph:
    """Return a glyph that stands on its own: parts resolved, no hinting program."""
    recording = DecomposingRecordingPen(glyphs)
    glyphs[glyph_name].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(pen)
    return pen.glyph()


def name(font: TTFont, family: str, weight: int) -> None:
    """Name one weight of a family; the slices still carry the name of the variable font they were cut from."""
    style = WEIGHTS[weight]
    postscript = f"{family.replace(' ', '')}-{style}"
    table = font["name"]
    for number in NAMES_OF_THE_VARIABLE_FONT:
        table.removeNames(nameID=number)
    for number, text in {
        NAME_FAMILY: family,
        NAME_STYLE: style,
        NAME_UNIQUE: f"Wenlan;{postscript}",
        NAME_FULL: f"{family} {style}",
        NAME_POSTSCRIPT: postscript,
    }.items():
        table.removeNames(nameID=number)
        table.setName(text, number, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]
    is_bold = weight == 700
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~(BOLD | REGULAR) | (BOLD if is_bold else REGULAR)
    font["head"].macStyle = int(is_bold)
    font["post"].formatType = 3.0  # glyph names are of no use to a reader


def gb2312() -> str:
    """Return the 6,763 Chinese characters of GB/T 2312."""
    rows = range(0xB0, 0xF8)
    return "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))


def missing(font: TTFont) -> str:
    """Return what an ordinary document needs and the font lacks."""
    known = font.getBestCmap()
    latin = "".join(map(chr, range(0x20, 0x7F)))
    marks = "《》〈〉“”‘’—…（）、；：，。！？【】·％〇×÷²℃№①②③④⑤⑥⑦⑧⑨⑩ＡＢＣ１２３"
    return "".join(character for character in gb2312() + latin + marks if ord(character) not in known)


def write(package: str, weight: int) -> str:
    """Write one font; return a line about it."""
    font = whole_font(package, weight)
    path = TARGET / f"{FAMILIES[package].replace(' ', '')}-{WEIGHTS[weight]}.ttf"
    font.save(path)
    return f"{path.name}: {len(font.getBestCmap())} characters; lacks {len(missing(font))} that a document may need"


def main() -> int:
    """Write the four files and say what they lack."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as workers:
        packages, weights = zip(*product(FAMILIES, WEIGHTS), strict=True)
        for line in workers.map(write, packages, weights):
            print(line, flush=True)
    (TARGET / "OFL.txt").write_bytes((SOURCE / "noto-sans-sc" / "LICENSE").read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
