"""The typesetting process: draws charts, compiles a document, cuts fonts; then ends and gives its memory back.

Run as `python -m wenlan.ui.typesetting FOLDER`. The folder holds `job.json`:
`{"charts": {NUMBER: Vega-Lite specification}, "pictures": bool, "document": NAME or "", "preview_ppi": int,
"faces": {NAME: text}, "fonts": [folder, ...]}`.
Drawings are left as chart-NUMBER.svg (and .png, when `pictures`), the document as NAME.pdf, made from NAME.typ, or
as NAME-1.png and on when `preview_ppi` is not 0; each face, with the characters of its text only, as NAME.woff.
A drawing that is already there is kept.
"""

import json
import sys
from pathlib import Path
from typing import Any

PICTURE_SCALE = 4


def work(folder: Path) -> None:
    """Do what `job.json` in `folder` asks for."""
    job: dict[str, Any] = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    if job["charts"] or job["pictures"]:
        draw(folder, job)
    if job["fonts"]:
        cut(folder, job["fonts"][0], job["faces"])
    if job["document"]:
        compile_document(folder, job)


def compile_document(folder: Path, job: dict[str, Any]) -> None:
    """Compile the template into a pdf, or into one picture a page."""
    import typst

    name, ppi = job["document"], job["preview_ppi"]
    typst.compile(
        folder / f"{name}.typ",
        output=folder / (f"{name}-{{p}}.png" if ppi else f"{name}.pdf"),
        root=folder,
        font_paths=job["fonts"],
        ignore_system_fonts=bool(job["fonts"]),
        format="png" if ppi else "pdf",
        ppi=ppi or None,
    )


def cut(folder: Path, fonts: str, faces: dict[str, str]) -> None:
    """Write each face with no other characters than those of its text."""
    from fontTools import subset

    for name, text in faces.items():
        options = subset.Options(hinting=False, notdef_outline=True, layout_features=["ccmp", "kern", "locl"])
        font = subset.load_font(str(Path(fonts) / f"{name}.ttf"), options)
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        font.flavor = "woff"
        font.save(folder / f"{name}.woff")


def draw(folder: Path, job: dict[str, Any]) -> None:
    """Draw the charts that are asked for, and pictures of every drawing in the folder."""
    import vl_convert

    for fonts in job["fonts"]:
        vl_convert.register_font_directory(fonts)
    for number, specification in job["charts"].items():
        svg = vl_convert.vegalite_to_svg(specification)
        (folder / f"chart-{number}.svg").write_text(svg, encoding="utf-8")
    for drawing in sorted(folder.glob("chart-*.svg")) if job["pictures"] else ():
        picture = vl_convert.svg_to_png(drawing.read_text(encoding="utf-8"), scale=PICTURE_SCALE)
        drawing.with_suffix(".png").write_bytes(picture)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
