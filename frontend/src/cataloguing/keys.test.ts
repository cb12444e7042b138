import { expect, test, vi } from "vitest";

import { actOf } from "./keys";

vi.stubGlobal("HTMLTextAreaElement", class {});

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const spot = { field: 1, sub: 0, part: "value" as const };

test("keys do what the page lists", () => {
  expect(actOf({ ...plain, code: "KeyS", ctrlKey: true }, spot, null)).toBe("save");
  expect(actOf({ ...plain, code: "Enter", altKey: true }, spot, null)).toBe("add-subfield");
  expect(actOf({ ...plain, code: "ArrowDown", altKey: true, shiftKey: true }, spot, null)).toBe("subfield-down");
  expect(actOf({ ...plain, code: "F8" }, null, null)).toBe("repair");
});

test("enter and arrows walk only from a line of the record", () => {
  expect(actOf({ ...plain, code: "Enter" }, spot, null)).toBe("next-line");
  expect(actOf({ ...plain, code: "NumpadEnter" }, spot, null)).toBe("next-line");
  expect(actOf({ ...plain, code: "Enter" }, null, null)).toBeNull();
  expect(actOf({ ...plain, code: "ArrowUp" }, null, null)).toBeNull();
});

test("typing is typing", () => {
  expect(actOf({ ...plain, code: "KeyA" }, spot, null)).toBeNull();
  expect(actOf({ ...plain, code: "KeyZ" }, spot, null)).toBeNull();
});
