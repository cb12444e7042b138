import { expect, test } from "vitest";

import { chartTheme, readTokens } from "./charts/theme";
import css from "./tokens.css?raw";

function tokensOf(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1] as string, (match[2] as string).replace(/\s+/g, " ")]));
}

const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map((match) => ({ name: (match[1] as string).trim(), tokens: tokensOf(match[2] as string) }));
const light = blocks.find(({ name }) => name.endsWith(":root"))?.tokens ?? {};
const darks = blocks.filter(({ name }) => /:not\(\[data-theme="light"\]\)|\[data-theme="dark"\]/.test(name)).map(({ tokens }) => tokens);

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red as number) + 0.7152 * (green as number) + 0.0722 * (blue as number);
}

function contrast(one: string, other: string): number {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((bright as number) + 0.05) / ((dim as number) + 0.05);
}

test("both ways into the dark name the same tokens with the same values", () => {
  expect(darks.length).toBe(2);
  expect(darks[0]).toEqual(darks[1]);
  expect(Object.keys(darks[0] ?? {}).filter((name) => !(name in light))).toEqual([]);
});

test.each([["light", light], ["dark", { ...light, ...darks[0] }]])("%s text is easy to read", (_, tokens) => {
  const on = (text: string, ground: string): number => contrast(tokens[text] ?? "", tokens[ground] ?? "");
  for (const ground of ["paper", "sheet"]) {
    expect(on("ink", ground)).toBeGreaterThanOrEqual(12);
    expect(on("ink-2", ground)).toBeGreaterThanOrEqual(5.5);
    for (const colour of ["celadon", "vermilion", "amber", "moss", "indigo"]) expect(on(colour, ground)).toBeGreaterThanOrEqual(4.5);
    expect(on("edge", ground)).toBeGreaterThanOrEqual(3);
  }
  for (const colour of ["amber", "moss", "indigo", "vermilion", "celadon"]) {
    expect(on(colour, `${colour}-wash`)).toBeGreaterThanOrEqual(4.5);
    expect(on("ink-2", `${colour}-wash`)).toBeGreaterThanOrEqual(4.5);
    expect(on("on-colour", colour)).toBeGreaterThanOrEqual(4.5);
  }
});

test("the chart theme has six colours at most, all from the tokens", () => {
  const theme = chartTheme(readTokens({ getPropertyValue: (name) => light[name.slice(2)] ?? "" }));

  expect(theme["color"]).toEqual(["#1f6b5e", "#2b4c8c", "#8a5a00", "#b23a2a", "#2c6e2f", "#59636b"]);
});
