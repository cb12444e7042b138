import { describe, expect, it } from "vitest";

import type { Tag } from "./client";
import { Pad } from "./pad";

function tag(code: string, more: Partial<Tag> = {}): Tag {
  return { uid: `E0${code}`, kind: "item", code, owner: "", part: 0, total: 0, profile: "gbt35660", armed: true, size: 112, ...more };
}

function desk() {
  const scans: string[] = [];
  const armed: [string, boolean][] = [];
  const deaf = new Set<string>();
  const locked = new Set<string>();
  const waiting: (() => void)[] = [];
  const pad = new Pad({
    scan: (code) => scans.push(code),
    arm: (uid, value) => {
      if (deaf.has(uid)) return Promise.reject(Object.assign(new Error(), { code: "gone" }));
      if (locked.has(uid)) return Promise.reject(Object.assign(new Error(), { code: "not_switched" }));
      armed.push([uid, value]);
      return Promise.resolve();
    },
    show: () => undefined,
    later: (run) => waiting.push(run),
  });
  const settled = () => new Promise((done) => setTimeout(done));
  return { pad, scans, armed, deaf, locked, waiting, settled };
}

describe("the pad", () => {
  it("reads each thing that is laid down once, cards too, and nothing that lay there before the page", () => {
    const { pad, scans } = desk();

    pad.begin([tag("OLD")]);
    pad.arrived(tag("R1", { kind: "card" }));
    pad.arrived(tag("B1"));
    pad.arrived(tag("B1"));
    pad.arrived(tag("", { uid: "E0BLANK", kind: "blank" }));
    pad.left(tag("B1"));
    pad.arrived(tag("B1"));

    expect(scans).toEqual(["R1", "B1", "B1"]);
  });

  it("lets what was lent through the gate, and makes it sound again when the loan is undone", async () => {
    const { pad, armed, settled } = desk();
    pad.arrived(tag("B1"));

    pad.answered("out", "good", "b1");
    await settled();
    pad.undone("out", "B1");
    await settled();
    pad.answered("in", "look", "B1");
    await settled();

    expect(armed).toEqual([["E0B1", false], ["E0B1", true]]);
    expect(pad.owed).toEqual([]);
  });

  it("never leaves a refused item open, unless it is lent already", async () => {
    const { pad, armed, settled } = desk();
    pad.arrived(tag("B1"));
    pad.arrived(tag("B2", { armed: false }));
    pad.arrived(tag("B3", { armed: false }));

    pad.answered("out", "stop", "B1");
    pad.answered("out", "stop", "B2");
    pad.answered("out", "stop", "B3", true);
    await settled();

    expect(armed).toEqual([["E0B2", true]]);
  });

  it("names a tag that did not hear and tries again, also when it is laid down anew", async () => {
    const { pad, armed, deaf, waiting, settled } = desk();
    pad.arrived(tag("B1"));
    deaf.add("E0B1");
    pad.answered("out", "good", "B1");
    await settled();
    const owed = pad.owed.map(({ code, why }) => [code, why]);
    pad.left(tag("B1"));
    waiting.splice(0).forEach((run) => run());
    await settled();
    deaf.clear();
    pad.arrived(tag("B1"));
    await settled();

    expect(owed).toEqual([["B1", "gone"]]);
    expect(armed).toEqual([["E0B1", false]]);
    expect(pad.owed).toEqual([]);
  });

  it("names what was lifted before its answer came, and switches it when it is laid down again, without a new scan", async () => {
    const { pad, scans, armed, settled } = desk();
    pad.arrived(tag("B1"));
    pad.left(tag("B1"));
    pad.answered("out", "good", "B1");
    await settled();
    expect(pad.owed).toEqual([{ uid: "E0B1", code: "B1", armed: false, why: "gone" }]);

    pad.arrived(tag("B1"));
    await settled();
    expect([scans, armed, pad.owed]).toEqual([["B1"], [["E0B1", false]], []]);

    pad.left(tag("B1", { armed: false }));
    pad.undone("out", "B1");
    expect(pad.owed).toEqual([{ uid: "E0B1", code: "B1", armed: true, why: "gone" }]);
    pad.answered("out", "good", "B1");
    expect(pad.owed).toEqual([]);
  });

  it("leaves a tag whose byte is locked to a person, who may try once more or put it aside", async () => {
    const { pad, locked, waiting, settled } = desk();
    pad.arrived(tag("B1"));
    locked.add("E0B1");
    pad.answered("out", "good", "B1");
    await settled();
    const before = waiting.length;
    pad.retry();
    await settled();
    pad.forget("E0B1");

    expect([before, waiting.length]).toEqual([0, 0]);
    expect(pad.owed).toEqual([]);
  });

  it("switches all parts of a set and says when one is missing", async () => {
    const { pad, scans, armed, settled } = desk();
    pad.arrived(tag("B1", { uid: "P1", part: 1, total: 3 }));
    pad.arrived(tag("B1", { uid: "P2", part: 2, total: 3 }));
    pad.answered("out", "good", "B1");
    await settled();

    expect(scans).toEqual(["B1"]);
    expect(armed).toEqual([["P1", false], ["P2", false]]);
    expect(pad.incomplete).toEqual([{ code: "B1", here: 2, total: 3 }]);
  });
});
