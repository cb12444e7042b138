import { describe, expect, it } from "vitest";

import type { CardRow, ItemRow, Meta, Terms } from "./contract";
import { addDays, itemRefusals, lentUntil, openDay, readerRefusals, renewedUntil, termsOn } from "./rules";

const TERMS: Terms = { days: 30, renewals: 1, renewal_days: 15, renew_from: "due", fixed_on: "", fixed: "extends" };
const NONE: ReadonlySet<string> = new Set();
const CARD: CardRow = ["h", "李*", 0, [], "", "2019-12-31", 3, 0];
const ITEM: ItemRow = ["ZC1", "", "骆驼祥子", "available", 0, 1, 0, "", 0];

describe("days", () => {
  it("go over months, years and leap days", () => {
    expect(addDays("2019-12-31", 1)).toBe("2020-01-01");
    expect(addDays("2020-02-28", 1)).toBe("2020-02-29");
  });

  it("fall on the first open day, and stay where no day is open", () => {
    expect(openDay("2019-04-05", new Set(["2019-04-05", "2019-04-06"]))).toBe("2019-04-07");
  });

  it("run from today for a loan, from the due date or today for a renewal", () => {
    expect(lentUntil(TERMS, "2019-03-04", NONE)).toBe("2019-04-03");
    expect(lentUntil(TERMS, "2019-03-04", new Set(["2019-04-03"]))).toBe("2019-04-04");
    expect(renewedUntil(TERMS, "2019-04-03", "2019-03-20", NONE)).toBe("2019-04-18");
    expect(renewedUntil({ ...TERMS, renew_from: "today" }, "2019-04-03", "2019-03-20", NONE)).toBe("2019-04-04");
  });

  it("obey a fixed day while it is to come: it lengthens a loan, or cuts it", () => {
    const fixed = { ...TERMS, fixed_on: "2019-09-01" };
    expect(lentUntil(fixed, "2019-07-10", NONE)).toBe("2019-09-01");
    expect(lentUntil(fixed, "2019-08-20", NONE)).toBe("2019-09-19");
    expect(lentUntil(fixed, "2019-09-01", NONE)).toBe("2019-10-01");
    expect(lentUntil({ ...fixed, fixed_on: "2019-03-20", fixed: "cuts" }, "2019-03-04", NONE)).toBe("2019-03-20");
  });
});

describe("the rules that were taken along", () => {
  it("are those of the day, by kind of item and category", () => {
    const summer = { ...TERMS, days: 60 };
    const rules: Meta["rules"] = [{ all: [TERMS, summer] }, { since: "2019-03-04", terms: [[0, -1]] }, { since: "2019-07-01", terms: [[1, -1]] }];
    const meta = { rules } as Meta;
    expect(termsOn(meta, 0, 0, "2019-06-30")?.days).toBe(30);
    expect(termsOn(meta, 0, 0, "2019-07-01")?.days).toBe(60);
    expect(termsOn(meta, 0, 1, "2019-07-01")).toBeUndefined();
    expect(termsOn(meta, 7, 0, "2019-07-01")).toBeUndefined();
  });

  it("give every reason against a reader", () => {
    const category = { name: "成人", limit: 3, late: null, code: "adult", joins: true, guardian_under: null, days: 30 };
    expect(readerRefusals(CARD, category, 2, "2019-03-04")).toEqual([]);
    const stopped: CardRow = ["h", "李*", 0, ["card_lost"], "2019-03-04", "2019-03-01", 3, 0];
    expect(readerRefusals(stopped, category, 3, "2019-03-04")).toEqual(["card_lost", "reader_suspended", "card_expired", "loan_limit_reached"]);
    expect(readerRefusals(stopped, category, 2, "2019-03-05")).toEqual(["card_lost", "card_expired"]);
  });

  it("give every reason against an item", () => {
    expect(itemRefusals(ITEM)).toEqual([]);
    expect(itemRefusals(["ZC1", "", "", "on_loan", 0, 0, 0, "2019-03-01", 0])).toEqual(["item_on_loan", "item_not_for_loan"]);
  });
});
