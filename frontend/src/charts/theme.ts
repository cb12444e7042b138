/** The chart theme, read from the tokens that stand on the page: light, dark and print alike. */

const SERIES = ["celadon", "indigo", "amber", "vermilion", "moss", "ink-2"] as const;

export interface Tokens {
  ink: string;
  secondary: string;
  rule: string;
  sheet: string;
  sans: string;
  serif: string;
  series: string[];
}

export function readTokens(style: Pick<CSSStyleDeclaration, "getPropertyValue">): Tokens {
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token("ink"),
    secondary: token("ink-2"),
    rule: token("rule"),
    sheet: token("sheet"),
    sans: token("sans"),
    serif: token("serif"),
    series: SERIES.map(token),
  };
}

/** Returns an ECharts theme: hairlines, direct labels, no shadow, never more than six colours. */
export function chartTheme(tokens: Tokens): Record<string, unknown> {
  const axis = {
    axisLine: { lineStyle: { color: tokens.ink, width: 1 } },
    axisTick: { show: false },
    axisLabel: { color: tokens.secondary, fontSize: 12 },
    splitLine: { lineStyle: { color: tokens.rule, width: 1 } },
    nameTextStyle: { color: tokens.secondary },
  };
  return {
    color: tokens.series,
    backgroundColor: "transparent",
    textStyle: { fontFamily: tokens.sans, color: tokens.ink },
    title: { textStyle: { fontFamily: tokens.serif, color: tokens.ink, fontSize: 16 } },
    legend: { textStyle: { color: tokens.secondary }, icon: "rect", itemWidth: 12, itemHeight: 2 },
    tooltip: {
      backgroundColor: tokens.sheet,
      borderColor: tokens.ink,
      borderWidth: 1,
      padding: [6, 10],
      extraCssText: "border-radius:2px;box-shadow:none",
      textStyle: { color: tokens.ink, fontSize: 14 },
      axisPointer: { lineStyle: { color: tokens.secondary } },
    },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    line: { symbol: "circle", symbolSize: 5, lineStyle: { width: 2 }, smooth: false },
    bar: { itemStyle: { borderRadius: 0 }, barMaxWidth: 28 },
    pie: { itemStyle: { borderColor: tokens.sheet, borderWidth: 2 }, label: { color: tokens.ink } },
  };
}
