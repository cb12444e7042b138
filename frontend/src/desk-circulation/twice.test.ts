import { expect, it } from "vitest";

import { Twice } from "./twice";

it("knows a label that is read twice in a moment, in the same mode", () => {
  let now = 0;
  const twice = new Twice(() => now);
  expect(twice.saw("A", "auto")).toBe(false);
  now += 400;
  expect(twice.saw("A", "auto")).toBe(true);
  expect(twice.saw("A", "in")).toBe(false);
  expect(twice.saw("B", "in")).toBe(false);
  now += 2000;
  expect(twice.saw("B", "in")).toBe(false);
});
