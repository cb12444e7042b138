"""Sentences of a shape with their figures filled in; each printing is noted for the proof-reader."""

from collections.abc import Iterable
from string import Formatter

from wenlan.annual_report.gathering import FigureBook, FigureSource, Setting
from wenlan.annual_report.policies import numbers
from wenlan.annual_report.policies.proofreading import Printed
from wenlan.annual_report.shapes import FigureSpec, Shape
from wenlan.annual_report.types import FigureRun, Run, StoredFigure, Text
from wenlan.kernel.words import say


class Sentences:
    """Fills templates: `{year}` and the like with words, the names of the shape's figures with figures."""

    def __init__(self, shape: Shape, setting: Setting, source: FigureSource) -> None:
        self.shape, self.setting = shape, setting
        self.book = FigureBook(shape=shape, setting=setting, source=source)
        self.printed: list[Printed] = []
        self.not_held: dict[str, None] = {}
        period = setting.period
        self.fields = {
            "year": str(setting.year),
            "next_year": str(setting.year + 1),
            "last_year": str(setting.year - 1),
            "library": say(setting.node.names, "zh"),
            "scope": shape.scopes[setting.scope],
            "period": f"{numbers.day_words(period.start)}至{numbers.day_words(period.last_day)}",
        }

    def words(self, template: str) -> str:
        """A template that states no figure."""
        return template.format(**self.fields)

    def runs(self, template: str) -> tuple[Run, ...] | None:
        """The runs of a template; None when a figure in it is not held."""
        runs: list[Run] = []
        for literal, name, _spec, _conversion in Formatter().parse(template):
            if literal:
                runs.append(Text(literal))
            if name is None:
                continue
            stated = [Text(self.fields[name])] if name in self.fields else self._figure_runs(name)
            if not stated:
                if not self.shape.figures[name].if_any:
                    self.not_held[self.shape.figures[name].words] = None
                return None
            runs.extend(stated)
        return joined(runs)

    def _figure_runs(self, name: str) -> list[Run]:
        spec = self.shape.figures[name]
        if not spec.by:
            figure = self.book.single(name)
            return [] if figure is None else [self._print(figure, spec, spec.unit)]
        runs: list[Run] = []
        for part in self.book.parts(name):
            before, after = spec.part.replace("{name}", part.label).split("{value}")
            runs += [Text(spec.join)] if runs else []
            runs += [Text(before), self._print(part.figure, spec, part.unit), Text(after)]
        return [run for run in runs if run.text]

    def _print(self, figure: StoredFigure, spec: FigureSpec, unit: str) -> FigureRun:
        words = numbers.number_words(figure.value, unit=unit, form=spec.form, step=spec.step)
        self.printed.append(Printed(ref=figure.ref, text=words, unit=unit))
        return FigureRun(ref=figure.ref, text=words)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbouring words as one run."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if isinstance(run, Text) and isinstance(last, Text):
            merged[-1] = Text(last.text + run.text)
        else:
            merged.append(run)
    return tuple(merged)
