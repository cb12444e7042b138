"""Reading a report back: the figures that its text states, ours or an old one's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from wenlan.annual_report.errors import NotAReport
from wenlan.annual_report.policies.numbers import PrintedNumber, numbers_in

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure found in a text, with the sentence that states it."""

    number: PrintedNumber
    sentence: str

    def as_json(self) -> dict[str, object]:
        """Return what programs read."""
        return {
            "text": self.number.text,
            "value": str(self.number.value),
            "unit": self.number.unit,
            "approximate": self.number.approximate,
            "sentence": self.sentence,
        }


def read(path: Path) -> tuple[ReadFigure, ...]:
    """Return every figure with a unit that a docx or text file states. Raises NotAReport."""
    return figures_in(text_of(path))


def figures_in(text: str) -> tuple[ReadFigure, ...]:
    """Return the figures of a text, sentence by sentence."""
    return tuple(
        ReadFigure(number=number, sentence=sentence[0].strip())
        for sentence in _SENTENCE.finditer(text)
        for number in numbers_in(sentence[0])
    )


def text_of(path: Path) -> str:
    """Return the words of a docx (its tables row by row) or of a text file. Raises NotAReport."""
    if path.suffix.lower() == ".docx":
        return "\n".join(_lines_of_docx(path))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise NotAReport(name=path.name) from failure
    return re.sub(r"(?<![。：；])\n+(?=[^\n一二三四五六七八九十（【\d])", "", text)  # lines broken at the end of a page


def _lines_of_docx(path: Path) -> Iterator[str]:
    from docx import Document  # loaded for this alone: it takes 20 MB, and every process knows this module
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(path))
    except (OSError, BadZipFile, PackageNotFoundError, KeyError, ValueError) as failure:
        raise NotAReport(name=path.name) from failure
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield part.text
