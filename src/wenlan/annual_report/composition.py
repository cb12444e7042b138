"""From a shape and its figures to the tree of a document. Nothing here reads a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from wenlan.annual_report.gathering import FigureSource, Setting
from wenlan.annual_report.policies import numbers
from wenlan.annual_report.policies.proofreading import Bound, ProofFacts, SlotUse
from wenlan.annual_report.sentences import Sentences, joined
from wenlan.annual_report.shapes import BlockSpec, ChapterSpec, Shape, phrases
from wenlan.annual_report.tables import Tables
from wenlan.annual_report.types import (
    Block,
    Chapter,
    ChronicleEntry,
    Document,
    Note,
    Paragraph,
    Run,
    StatedTextView,
    StoredFigure,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people wrote down: stated texts by slot, last year's by slot, and the chronicle's lines."""

    texts: Mapping[str, StatedTextView]
    previous: Mapping[str, str]
    chronicle: tuple[ChronicleEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A composed document, the figures it states and what proof-reading must look at."""

    document: Document
    figures: Mapping[str, StoredFigure]
    facts: ProofFacts


def compose_document(*, shape: Shape, setting: Setting, told: Told, source: FigureSource) -> Composed:
    """Return the whole report of a node and year in a shape; costs a fixed number of questions to `source`."""
    return _Composer(shape, setting, told, source).compose()


class _Composer:
    """Walks through a shape once, numbering chapters as it goes."""

    def __init__(self, shape: Shape, setting: Setting, told: Told, source: FigureSource) -> None:
        self.shape, self.setting, self.told = shape, setting, told
        self.sentences = Sentences(shape, setting, source)
        self.tables = Tables(self.sentences)
        self.slots: list[SlotUse] = []
        self.makers: dict[str, Callable[[BlockSpec], tuple[Block, ...]]] = {
            "stated": self._stated,
            "sentence": self._sentence,
            "note": self._note,
            "chronicle": self._chronicle,
            "parts": self.tables.parts,
            "list": self.tables.listed,
            "months": self.tables.months,
            "years": self.tables.years,
            "chart": self.tables.chart,
            "definitions": self.tables.definitions,
            "outlets": self.tables.outlets,
        }

    def compose(self) -> Composed:
        opening = self._blocks(self.shape.opening)
        chapters = self._chapters()
        document = Document(
            library=self.sentences.fields["library"],
            title=self.sentences.words(self.shape.title),
            year=self.setting.year,
            dated=numbers.month_in_characters(self.setting.on),
            words=self.shape.words,
            opening=opening,
            chapters=chapters,
            demo=self.setting.demo,
        )
        return Composed(document=document, figures=self.sentences.book.figures, facts=self._facts())

    def _facts(self) -> ProofFacts:
        book, figures = self.sentences.book, self.shape.figures
        pairs = [
            (book.single(less), book.single(more), figures[less].measure == figures[more].measure)
            for less, more in self.shape.bounds
        ]
        return ProofFacts(
            year=self.setting.year,
            on=self.setting.on,
            period_end=self.setting.period.end,
            figures=book.figures,
            printed=tuple(self.sentences.printed),
            partitions=tuple(book.partitions),
            bounds=tuple(
                Bound(less=less.ref, more=more.ref, part=part)
                for less, more, part in pairs
                if less is not None and more is not None
            ),
            slots=tuple(self.slots),
            not_held=tuple(self.sentences.not_held),
            phrases=phrases(),
        )

    def _chapters(self) -> tuple[Chapter, ...]:
        found: list[Chapter] = []
        numbered = appendices = 0
        for spec in self.shape.chapters:
            if spec.number:
                number, place = f"{spec.number}　", f"附{appendices + 1}"
            else:
                number, place = f"{numbers.counting(numbered + 1)}、", str(numbered + 1)
            self.tables.chapter(place)
            made = self._chapter(spec, level=1, number=number)
            if not (made.blocks or made.chapters or _awaits_words(spec)):
                continue
            appendices, numbered = appendices + bool(spec.number), numbered + (not spec.number)
            found.append(made)
        return tuple(found)

    def _chapter(self, spec: ChapterSpec, *, level: int, number: str) -> Chapter:
        """A chapter with its sections; one that has nothing to say is left out, and the next takes its number."""
        blocks = self._blocks(spec.blocks)
        sections: list[Chapter] = []
        for section in spec.chapters:
            made = self._chapter(section, level=level + 1, number=f"（{numbers.counting(len(sections) + 1)}）")
            if made.blocks or made.chapters:
                sections.append(made)
        title = self.sentences.words(spec.title)
        return Chapter(level=level, number=number, title=title, blocks=blocks, chapters=tuple(sections))

    def _blocks(self, specs: Iterable[BlockSpec]) -> tuple[Block, ...]:
        return tuple(block for spec in specs for block in self.makers[spec.kind](spec))

    def _stated(self, spec: BlockSpec) -> tuple[Block, ...]:
        slot, text = self.shape.slots[spec.text], self.told.texts.get(spec.text)
        previous = self.told.previous.get(spec.text, "")
        self.slots.append(
            SlotUse(slot=slot.code, words=slot.words, required=slot.required, text=text, previous=previous)
        )
        if text is None:
            return ()
        lines = (line.strip() for line in text.text.splitlines())
        return tuple(Paragraph(runs=(Text(line),), slot=slot.code, sample=text.sample) for line in lines if line)

    def _sentence(self, spec: BlockSpec) -> tuple[Block, ...]:
        clauses = [clause for text in spec.clauses if (clause := self.sentences.runs(text)) is not None]
        if not clauses:
            return ()
        sentence: list[Run] = [Text(self.sentences.words(spec.text))] if spec.text else []
        for position, clause in enumerate(clauses):
            sentence += [Text("，")] if position else []
            sentence += clause
        return (Paragraph(runs=joined([*sentence, Text("。")]), label=self.sentences.words(spec.label)),)

    def _note(self, spec: BlockSpec) -> tuple[Block, ...]:
        runs = self.sentences.runs(spec.text)
        return () if runs is None else (Note(runs=runs),)

    def _chronicle(self, spec: BlockSpec) -> tuple[Block, ...]:
        return tuple(entry for entry in self.told.chronicle if not spec.levels or entry.level in spec.levels)


def _awaits_words(spec: ChapterSpec) -> bool:
    """Whether a chapter has a place for people's words: it keeps its heading while they are missing."""
    return any(block.kind in {"stated", "chronicle"} for block in spec.blocks) or any(
        _awaits_words(section) for section in spec.chapters
    )
