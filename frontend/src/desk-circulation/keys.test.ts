import { expect, test } from "vitest";

import { assign, keyLabel, readKeys, SHIPPED } from "./keys";
import { uuid7 } from "./uuid";

test("a desk's own keys are kept, and a spoilt store gives the shipped ones", () => {
  expect(readKeys({ getItem: () => '{"out": "F9", "in": "KeyA"}' })).toEqual({ ...SHIPPED, out: "F9" });
  expect(readKeys({ getItem: () => "not json" })).toEqual(SHIPPED);
});

test("a key is given to one act only, and never a key for typing", () => {
  expect(assign(SHIPPED, "out", "F10")).toEqual({ ...SHIPPED, out: "F10" });
  expect(assign(SHIPPED, "out", "F4")).toBe("in");
  expect(assign(SHIPPED, "out", "Digit1")).toBeNull();
  expect(keyLabel("NumpadAdd")).toBe("Num +");
});

test("keys of acts are UUIDv7: in the order of time, and valid", () => {
  const zeros = (bytes: Uint8Array): Uint8Array => bytes;

  expect(uuid7(0x0197_0000_0001, zeros)).toBe("01970000-0001-7000-8000-000000000000");
  expect(uuid7(1) < uuid7(2)).toBe(true);
  const ofOneMoment = Array.from({ length: 300 }, () => uuid7(3));
  expect([...ofOneMoment].sort()).toEqual(ofOneMoment);
  expect(uuid7()).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
