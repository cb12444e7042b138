import { expect, test } from "vitest";

import { fit, fits } from "./finding";

const loans = (typed: string): number => fit("借还台", "jie huan tai", typed);

test("a page is named by its words, its pinyin, the first letters, or a mixture", () => {
  expect(["借还台", "借还", "jiehuantai", "jht", "jiehuan", "jhuan", "jie'h"].map((typed) => fits(loans(typed)))).toEqual(
    Array(7).fill(true),
  );
  expect(loans("借还台")).toBeLessThan(loans("借还"));
});

test("letters inside the name find it too, but after those at its start", () => {
  expect(loans("ht")).toBeGreaterThan(loans("jh"));
  expect(fits(loans("还台"))).toBe(true);
});

test("other letters do not", () => {
  expect(["", "jt", "tai huan", "x"].map((typed) => fits(loans(typed)))).toEqual([false, false, false, false]);
});

test("an English name is found by any of its words", () => {
  expect(fits(fit("Refunds and waivers", "", "wai"))).toBe(true);
  expect(fit("Refunds and waivers", "", "ref")).toBe(1);
});
