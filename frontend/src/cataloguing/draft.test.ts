import { describe, expect, test } from "vitest";

import type { Coded, Draft, Format } from "./contract";
import { addField, addSubfield, apply, moveField, moveSubfield, partsOf, removeSubfield, setCode, setIndicator, setPinyin, setValue, Steps } from "./draft";

const DRAFT: Draft = {
  leader: "00000nam0 2200000   450 ",
  fields: [
    ["001", "2019000001"],
    ["200", "1 ", [["a", "三体"], ["f", "刘慈欣著"]]],
    ["905", "  ", [["x", "kept"], ["x", "twice"]]],
  ],
};
const FORMAT: Format = {
  fields: { "606": { name: "", once: false, control: false, indicators: [{}, {}], new: "0 ", start: "ax", subfields: {} } },
  coded: { "106a": { length: 1, blank: "r", parts: [], by: "", kinds: [] } },
  leaderName: "",
  headings: [],
};

describe("a change leaves everything else as it was", () => {
  test("a value, a code, an indicator", () => {
    expect(setValue(DRAFT, 1, 1, "刘慈欣").fields[1]).toEqual(["200", "1 ", [["a", "三体"], ["f", "刘慈欣"]]]);
    expect(setValue(DRAFT, 0, 0, "7").fields[0]).toEqual(["001", "7"]);
    expect(setCode(DRAFT, 1, 1, "g").fields[1]).toEqual(["200", "1 ", [["a", "三体"], ["g", "刘慈欣著"]]]);
    expect(setIndicator(DRAFT, 1, 1, "#").fields[1]?.[1]).toBe("1#");
    expect(setValue(DRAFT, 1, 1, "x").fields[2]).toBe(DRAFT.fields[2]);
  });

  test("a field is added in its place, as the format begins it", () => {
    const [added, at] = addField(DRAFT, "606", FORMAT);
    expect(at).toBe(2);
    expect(added.fields[2]).toEqual(["606", "0 ", [["a", ""], ["x", ""]]]);
    expect(addField(DRAFT, "106", FORMAT)[0].fields[1]).toEqual(["106", "  ", [["a", "r"]]]);
  });

  test("the last subfield takes its field with it", () => {
    const one = removeSubfield(removeSubfield(DRAFT, 1, 0), 1, 0);
    expect(one.fields.map(([tag]) => tag)).toEqual(["001", "905"]);
  });

  test("fields and subfields move, and stop at the ends", () => {
    expect(moveField(DRAFT, 2, -1).fields.map(([tag]) => tag)).toEqual(["001", "905", "200"]);
    expect(moveField(DRAFT, 2, 1)).toEqual(DRAFT);
    expect(moveSubfield(DRAFT, 1, 0, 1).fields[1]?.[2]).toEqual([["f", "刘慈欣著"], ["a", "三体"]]);
  });
});

test("leader or first character decide which positions there are", () => {
  const part = (at: number) => ({ at, size: 1, name: String(at), kind: "code" as const, each: false, values: {} });
  const by = (what: Coded["by"]): Coded => ({
    length: 2, blank: "  ", parts: [part(0)], by: what,
    kinds: [{ name: "", when: ["am", "t"], length: 4, parts: [part(3), part(1)] }, { name: "", when: ["c"], length: 14, parts: [part(5)] }],
  });
  expect(partsOf(by("leader"), "", "00000nam").parts.map(({ at }) => at)).toEqual([0, 1, 3]);
  expect(partsOf(by("leader"), "", "00000nas").length).toBe(2);
  expect(partsOf(by("first"), "cr", "00000nam").length).toBe(14);
});

test("a repair is applied edit by edit", () => {
  const repaired = apply(DRAFT, [["set", 1, ["200", "1 ", [["a", "三体Ⅱ"]]]], ["insert", 0, ["005", "x"]], ["remove", 3]]);
  expect(repaired.fields).toEqual([["005", "x"], ["001", "2019000001"], ["200", "1 ", [["a", "三体Ⅱ"]]]]);
});

describe("pinyin", () => {
  test("stands behind the title", () => {
    expect(setPinyin(DRAFT, 1, "san ti").fields[1]?.[2]).toEqual([["a", "三体"], ["9", "san ti"], ["f", "刘慈欣著"]]);
  });

  test("goes where the record has it: $A stays $A", () => {
    const aleph = addSubfield(DRAFT, 1, 0, "A");
    expect(setPinyin(aleph, 1, "san ti").fields[1]?.[2]).toEqual([["a", "三体"], ["A", "san ti"], ["f", "刘慈欣著"]]);
  });
});

describe("steps", () => {
  test("undoing everything gives the first draft, redoing everything the last", () => {
    const steps = new Steps(DRAFT);
    steps.to(setValue(DRAFT, 1, 0, "三"), "1.0");
    steps.to(setValue(DRAFT, 1, 0, "三体全"), "1.0");
    steps.to(removeSubfield(steps.now, 1, 1));
    const last = steps.now;
    expect(steps.undo() && steps.undo()).toBe(true);
    expect(steps.now).toBe(DRAFT);
    expect(steps.undo()).toBe(false);
    expect(steps.redo() && steps.redo()).toBe(true);
    expect(steps.now).toBe(last);
  });

  test("a rest ends a step", () => {
    const steps = new Steps(DRAFT);
    steps.to(setValue(DRAFT, 1, 0, "a"), "1.0");
    steps.rest();
    steps.to(setValue(DRAFT, 1, 0, "b"), "1.0");
    steps.undo();
    expect(steps.now.fields[1]?.[2]).toEqual([["a", "a"], ["f", "刘慈欣著"]]);
  });
});
