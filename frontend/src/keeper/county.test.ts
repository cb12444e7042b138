import { describe, expect, it } from "vitest";

import { has, isbn13, numberOf } from "./county";

describe("the county's books on the phone", () => {
  it("reads an ISBN as it is typed or scanned, and no other number", () => {
    expect([isbn13("978-7-02-000220-7"), isbn13("７０２０００２２０Ｘ"), isbn13("7-02-000220-X")]).toEqual(["9787020002207", "9787020002207", "9787020002207"]);
    expect([isbn13("9787020002208"), isbn13("6901234567892"), isbn13("978702"), isbn13("")]).toEqual(["", "", "", ""]);
  });

  it("keeps each number in four bytes and finds it", () => {
    const numbers = Uint32Array.from(["9787020002207", "9787544291170", "9798765432109"], numberOf).sort();
    expect(numberOf("9799999999999")).toBeLessThan(2 ** 32);
    expect([has(numbers, numberOf("9787544291170")), has(numbers, numberOf("9798765432109")), has(numbers, numberOf("9787020002214"))]).toEqual([true, true, false]);
    expect(has(new Uint32Array(0), 5)).toBe(false);
  });
});
