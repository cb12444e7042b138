"""Tables and charts of a shape with their figures filled in, numbered by chapter: 表 2-1, 图 2-1."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from wenlan.annual_report.policies import numbers
from wenlan.annual_report.sentences import Sentences
from wenlan.annual_report.shapes import BlockSpec
from wenlan.annual_report.types import Bar, Block, Chart, FigureRun, Note, Row, Run, StoredFigure, Table, Text
from wenlan.kernel.words import say
from wenlan.network.types import NodeKind


class Tables:
    """Makes tables and charts; `chapter` starts the numbers anew."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.shape, self.setting, self.book = sentences.shape, sentences.setting, sentences.book
        self.place, self.tables, self.charts = "", 0, 0

    def chapter(self, place: str) -> None:
        """Begin a chapter whose tables and charts are numbered `place-1`, `place-2` ..."""
        self.place, self.tables, self.charts = place, 0, 0

    def _notes(self, spec: BlockSpec) -> tuple[Note, ...]:
        found = (self.sentences.runs(note) for note in spec.notes)
        return tuple(Note(runs=runs) for runs in found if runs is not None)

    def _table_number(self) -> str:
        self.tables += 1
        return f"{self.place}-{self.tables}"

    def _cell(self, figure: StoredFigure | None) -> Run:
        if figure is None:
            return Text(numbers.NOT_HELD)
        return FigureRun(ref=figure.ref, text=numbers.grouped(figure.value))

    def parts(self, spec: BlockSpec) -> tuple[Block, ...]:
        declared = self.shape.figures[spec.figures[0]]
        parts, total = self.book.parts(spec.figures[0]), self.book.single(declared.of)
        if not parts or total is None:
            return ()
        shares = _shares([part.figure.value or Decimal(0) for part in parts])
        rows = [
            Row(cells=(Text(part.label), self._cell(part.figure), Text(share)))
            for part, share in zip(parts, shares, strict=True)
        ]
        rows.append(Row(cells=(Text(self.shape.words["total"]), self._cell(total), Text("100.0")), total=True))
        columns = (*spec.columns, self.shape.words["share"])
        width = 3 if spec.share else 2
        return (
            Table(
                number=self._table_number(),
                caption=self.sentences.words(spec.caption),
                unit=declared.unit,
                columns=columns[:width],
                align="lrr"[:width],
                widths=(46, 30, 24)[:width],
                rows=tuple(Row(cells=row.cells[:width], total=row.total) for row in rows),
                notes=self._notes(spec),
            ),
        )

    def listed(self, spec: BlockSpec) -> tuple[Block, ...]:
        words = self.shape.words
        rows = []
        for name in spec.figures:
            declared, figure = self.shape.figures[name], self.book.single(name)
            if figure is None and declared.if_any:
                continue
            rows.append(Row(cells=(Text(declared.words), Text(declared.unit), self._cell(figure))))
        if not rows:
            return ()
        return (
            Table(
                number=self._table_number(),
                caption=self.sentences.words(spec.caption),
                unit="",
                columns=(words["item"], words["unit_column"], words["value"]),
                align="lcr",
                widths=(46, 24, 30),
                rows=tuple(rows),
                notes=self._notes(spec),
            ),
        )

    def months(self, spec: BlockSpec) -> tuple[Block, ...]:
        held = [
            (name, column, self.book.parts(name))
            for name, column in zip(spec.figures, spec.columns, strict=True)
            if self.book.parts(name)
        ]
        if not held:
            return ()
        rows = [
            Row(cells=(Text(month[0].label), *(self._cell(part.figure) for part in month)))
            for month in zip(*(parts for _name, _column, parts in held), strict=True)
        ]
        totals = [self._cell(self.book.single(self.shape.figures[name].of)) for name, _column, _parts in held]
        rows.append(Row(cells=(Text(self.shape.words["total"]), *totals), total=True))
        return (
            Table(
                number=self._table_number(),
                caption=self.sentences.words(spec.caption),
                unit="",
                columns=(self.shape.words["month"], *(column for _name, column, _parts in held)),
                align="l" + "r" * len(held),
                widths=(20, *(80 // len(held) for _ in held)),
                rows=tuple(rows),
                notes=self._notes(spec),
            ),
        )

    def years(self, spec: BlockSpec) -> tuple[Block, ...]:
        """A table of figures beside those of the year before; none when that year is no base."""
        if not self.book.has_base(spec.figures):
            return ()
        words, year = self.shape.words, self.setting.year
        rows = []
        for name in spec.figures:
            now, before = self.book.single(name), self.book.before(name)
            if now is None and before is None:
                continue
            declared = self.shape.figures[name]
            values = (None if now is None else now.value, None if before is None else before.value)
            change, share = (Text(text) for text in _changes(*values))
            shown = Text("0") if now is None and declared.if_any else self._cell(now)
            cells = (Text(declared.words), Text(declared.unit), shown, self._cell(before), change, share)
            rows.append(Row(cells=cells))
        sign = words["year_sign"]
        columns = (words["item"], words["unit_column"], f"{year}{sign}", f"{year - 1}{sign}")
        return self._plain_table(
            spec,
            columns=(*columns, words["change"], words["change_share"]),
            align="lcrrrr",
            widths=(28, 14, 16, 16, 13, 13),
            rows=tuple(rows),
        )

    def chart(self, spec: BlockSpec) -> tuple[Block, ...]:
        parts = self.book.parts(spec.figures[0])
        if not any(part.figure.value for part in parts):
            return ()
        self.charts += 1
        bars = tuple(
            Bar(label=part.label, value=part.figure.value or Decimal(0), ref=part.figure.ref) for part in parts
        )
        return (
            Chart(
                number=f"{self.place}-{self.charts}",
                caption=self.sentences.words(spec.caption),
                unit=self.shape.figures[spec.figures[0]].unit,
                kind=spec.drawn_as,
                bars=bars,
                notes=self._notes(spec),
            ),
        )

    def definitions(self, spec: BlockSpec) -> tuple[Block, ...]:
        words = self.shape.words
        rows = tuple(
            Row(
                cells=(
                    Text(say(figure.words, "zh")),
                    Text(say(figure.unit, "zh")),
                    Text(say(figure.definition, "zh")),
                    Text(figure.source),
                )
            )
            for figure in self.book.used_measures()
        )
        columns = (words["item"], words["unit_column"], words["definition"], words["basis"])
        return self._plain_table(spec, columns=columns, align="lcll", widths=(20, 12, 42, 26), rows=rows)

    def outlets(self, spec: BlockSpec) -> tuple[Block, ...]:
        words = self.shape.words
        rows = tuple(
            Row(cells=(Text(say(view.names, "zh")), Text(str(NodeKind(view.kind).label)), Text(view.code)))
            for view in self.setting.outlets
        )
        columns = (words["outlet"], words["kind"], words["code"])
        return self._plain_table(spec, columns=columns, align="lcl", widths=(52, 22, 26), rows=rows)

    def _plain_table(
        self, spec: BlockSpec, *, columns: tuple[str, ...], align: str, widths: tuple[int, ...], rows: tuple[Row, ...]
    ) -> tuple[Block, ...]:
        if not rows:
            return ()
        return (
            Table(
                number=self._table_number(),
                caption=self.sentences.words(spec.caption),
                unit="",
                columns=columns,
                align=align,
                widths=widths,
                rows=rows,
                notes=self._notes(spec),
            ),
        )


def _changes(now: Decimal | None, before: Decimal | None) -> tuple[str, str]:
    """How much a figure moved since the year before, and in per cent of it with one decimal; dashes without one."""
    if before is None:
        return numbers.NOT_HELD, numbers.NOT_HELD
    change = (now or Decimal(0)) - before
    return ("-" if change < 0 else "") + numbers.grouped(abs(change)), f"{change * 100 / before:.1f}"


def _shares(values: Sequence[Decimal]) -> list[str]:
    """Shares in per cent with one decimal that add up to 100.0: what was cut off goes to the largest remainders."""
    total = sum(values, Decimal(0))
    if not total:
        return [numbers.NOT_HELD for _value in values]
    exact = [value * 1000 / total for value in values]
    whole = [int(share.to_integral_value(ROUND_DOWN)) for share in exact]
    missing = 1000 - sum(whole)
    for position in sorted(range(len(values)), key=lambda at: whole[at] - exact[at])[:missing]:
        whole[position] += 1
    return [f"{share / 10:.1f}" for share in whole]
