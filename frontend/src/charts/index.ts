/** Charts, loaded only by pages that have one: `ui/components/chart.html` and an option from the server. */
import { BarChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { chartTheme, readTokens } from "./theme";

echarts.use([
  BarChart, HeatmapChart, LineChart, PieChart,
  AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent,
  SVGRenderer,
]);

const charts = new Map<HTMLElement, echarts.ECharts>();

function draw(plate: HTMLElement): void {
  const option = JSON.parse(document.getElementById(plate.dataset["chart"] ?? "")?.textContent ?? "{}") as echarts.EChartsCoreOption;
  charts.get(plate)?.dispose();
  const chart = echarts.init(plate, chartTheme(readTokens(getComputedStyle(document.documentElement))));
  chart.setOption({ animation: false, grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true }, ...option });
  charts.set(plate, chart);
}

function drawAll(): void {
  for (const plate of document.querySelectorAll<HTMLElement>("[data-chart]")) draw(plate);
}

drawAll();
window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-type"] });
document.addEventListener("htmx:afterSettle", drawAll);
