"""Charts as Vega-Lite specifications in the colours of the house; readable when printed in grey.

Every value stands beside its bar, so no axis is needed and nothing has to be told by colour.
"""

import re
from collections.abc import Mapping
from typing import Any

from wenlan.annual_report.types import Chart, Document
from wenlan.ui.typesetting import workshop

INK, INK_2, RULE, CELADON, VERMILION = "#1F2428", "#59636B", "#E2DED4", "#1F6B5E", "#B23A2A"
WIDTH = 448  # points across the text, so that type in a drawing is as large as it says
LABELS = "Noto Sans SC, Noto Sans CJK SC, sans-serif"
# Marks of layers keep roles and names all the same.
OWN_NAMES = re.compile(r' (?:role="graphics-\w+"|aria-\w+="[^"]*")')


def drawings(document: Document) -> dict[str, str]:
    """Return the drawing of each chart of a document as SVG by its number; one process for all."""
    charts = {block.number: specification(block) for block in document.blocks() if isinstance(block, Chart)}
    if not charts:
        return {}
    with workshop.workshop() as folder:
        workshop.run(folder, charts=charts)
        drawn = {number: (folder / f"chart-{number}.svg").read_text(encoding="utf-8") for number in charts}
    return {number: OWN_NAMES.sub("", svg) for number, svg in drawn.items()}


def specification(chart: Chart) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart: lying bars for places, standing columns for months."""
    values = [{"label": bar.label, "value": float(bar.value), "said": f"{bar.value:,}"} for bar in chart.bars]
    order = [bar.label for bar in chart.bars]
    drawn = _columns(order) if chart.kind == "columns" else _bars(order)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "config": {
            "aria": False,  # its own names would be English; the caption names the chart (see OWN_NAMES)
            "font": LABELS,
            "view": {"stroke": None},
            "axis": {"domain": False, "ticks": False, "grid": False, "labelColor": INK, "title": None},
        },
        "background": None,
        "padding": 2,
        **drawn,
    }


def _bars(order: list[str]) -> dict[str, Any]:
    longest = max((len(label) for label in order), default=1)
    labels = min(longest * 9 + 16, 190)
    return {
        "width": WIDTH - labels - 60,
        "height": {"step": 23},
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": order,
                "axis": {"labelFontSize": 9, "labelPadding": 8, "labelLimit": labels},
                "scale": {"paddingInner": 0.42, "paddingOuter": 0.2},
            },
            "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"domainMin": 0, "nice": False}},
        },
        "layer": [
            {"mark": {"type": "bar", "color": CELADON}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 9, "color": INK},
                "encoding": {"text": {"field": "said"}},
            },
        ],
    }


def _columns(order: list[str]) -> dict[str, Any]:
    x: Mapping[str, Any] = {
        "field": "label",
        "type": "nominal",
        "sort": order,
        "axis": {"labelFontSize": 9, "labelAngle": 0, "labelPadding": 6, "domain": True, "domainColor": INK_2},
        "scale": {"paddingInner": 0.45, "paddingOuter": 0.25},
    }
    return {
        "width": WIDTH - 8,
        "height": 150,
        "encoding": {
            "x": x,
            "y": {"field": "value", "type": "quantitative", "axis": None, "scale": {"domainMin": 0, "nice": False}},
        },
        "layer": [
            {"mark": {"type": "bar", "color": CELADON}},
            {
                "mark": {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": 8, "color": INK},
                "encoding": {"text": {"field": "said"}},
            },
        ],
    }
