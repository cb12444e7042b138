import { describe, expect, it } from "vitest";

import type { Entry } from "../offline/journal";
import { DeviceClock } from "./clock";
import type { Act, ItemRow, Meta, Said } from "./contract";
import { journalFile } from "./file";
import { Known, tidy } from "./known";

const TERMS = { days: 30, renewals: 1, renewal_days: 30, renew_from: "due" as const, fixed_on: "", fixed: "extends" as const };
const META = {
  now: "2019-03-04T00:00:00Z", categories: [{ name: "成人", limit: 2, late: null }], rules: [{ all: [TERMS] }, { since: "2019-03-04", terms: [[0]] }],
  usual: 0, closed: ["2019-04-03"],
} as unknown as Meta;
const TODAY = "2019-03-04";

function known(): Known {
  const item = (code: string, status = "available", due = ""): ItemRow => [code, "", `书 ${code}`, status, 0, 1, 0, due, 0];
  return new Known({ meta: META, cards: [["#R1", "李*", 0, [], "", "", 1, 0]], items: [item("ZC1"), item("ZC2"), item("ZC3", "on_loan", "2019-03-20")] }, (code) => Promise.resolve(`#${code}`));
}

function entry(id: string, act: Act["act"], fields: Partial<Act>, more: Partial<Entry<Act, Said>> = {}): Entry<Act, Said> {
  const body: Act = { act, at: "2019-03-04T01:00:00Z", offset: 0, node: "BUS1", by: "qian", ...fields };
  return { id, at: body.at, body, sent: 0, ...more };
}

describe("what is known without a line", () => {
  it("follows the acts of this device", async () => {
    const here = known();
    const card = await here.card("R1");
    expect(here.refusals(card, here.item("zc 1"), TODAY)).toEqual([]);
    expect(here.due(card, here.item("ZC1"), TODAY)).toBe("2019-04-04");

    await here.apply(entry("1", "checkout", { card: "R1", item: "ZC1", due: "2019-04-04" }).body);
    expect(here.refusals(card, here.item("ZC1"), TODAY)).toEqual(["loan_limit_reached", "item_on_loan"]);
    await here.apply(entry("2", "checkin", { item: "ZC1" }).body);
    expect(here.refusals(card, here.item("ZC1"), TODAY)).toEqual([]);
  });

  it("counts no act twice that the data knows already", async () => {
    const here = known();
    await here.catchUp([
      entry("1", "checkout", { card: "R1", item: "ZC1", at: "2019-03-03T23:00:00Z" }, { sent: 1 }),
      entry("2", "checkout", { card: "R1", item: "ZC2", at: "2019-03-03T23:00:00Z" }),
    ]);
    expect([here.item("ZC1")?.[3], here.item("ZC2")?.[3]]).toEqual(["available", "on_loan"]);
  });

  it("knows who was registered here, until the data does, and while that waits for a person", async () => {
    const here = known();
    const act = { card: "NEW1", category: "adult", reader: "秦**", at: "2019-03-03T23:00:00Z" };
    const waiting = { sent: 1, answer: { state: "waiting" } as Said } as const;
    await here.catchUp([entry("1", "register", act, waiting), entry("2", "register", { ...act, card: "NEW2" }, { sent: 1 })]);

    expect((await here.card("NEW1"))?.[1]).toBe("秦**");
    expect(await here.card("NEW2")).toBeUndefined();
    await here.unapply(entry("1", "register", act).body, undefined);
    expect(await here.card("NEW1")).toBeUndefined();
  });

  it("counts the items of a limited kind that the reader had, took and brought back", async () => {
    const terms = { ...TERMS, limits: [[0, 2]] as [number, number][] };
    const meta = { ...META, categories: [{ name: "成人", limit: 9, late: null }], kinds: [[], [0]], rules: [{ all: [TERMS, terms] }, { since: "2019-03-04", terms: [[0], [1]] }] };
    const film = (code: string): ItemRow => [code, "", `片 ${code}`, "available", 1, 1, 0, "", 0];
    const book: ItemRow = ["ZC1", "", "书", "available", 0, 1, 0, "", 0];
    const here = new Known({ meta: meta as unknown as Meta, cards: [["#R1", "李*", 0, [], "", "", 1, 0, [[0, 1]]]], items: [film("F1"), film("F2"), book] }, (code) => Promise.resolve(`#${code}`));
    const card = await here.card("R1");
    expect(here.refusals(card, here.item("F1"), TODAY)).toEqual([]);

    await here.apply(entry("1", "checkout", { card: "R1", item: "F1", due: "2019-04-04" }).body);
    expect(here.refusals(card, here.item("F2"), TODAY)).toEqual(["kind_limit_reached"]);
    expect(here.refusals(card, here.item("ZC1"), TODAY)).toEqual([]);

    await here.apply(entry("2", "checkin", { item: "F1" }).body);
    expect(here.refusals(card, here.item("F2"), TODAY)).toEqual([]);
  });

  it("takes a slip of the hand back", async () => {
    const here = known();
    const before = [...(here.item("ZC1") as ItemRow)] as ItemRow;
    const act = entry("1", "checkout", { card: "R1", item: "ZC1", due: "2019-04-04" }).body;
    await here.apply(act);
    await here.unapply(act, before);
    expect(here.refusals(await here.card("R1"), here.item("ZC1"), TODAY)).toEqual([]);
  });

  it("renews what is known, and says when nothing is", async () => {
    const here = known();
    const card = await here.card("R1");
    expect(here.renewal(card, here.item("ZC3"), TODAY)).toEqual({ refusals: [], due: "2019-04-19" });
    await here.apply(entry("1", "renew", { item: "ZC3", due: "2019-04-19" }).body);
    expect(here.renewal(card, here.item("ZC3"), TODAY).refusals).toEqual(["renewals_used"]);
    expect(here.renewal(card, here.item("ZC1"), TODAY).refusals).toEqual(["not_on_loan"]);
    expect(here.renewal(undefined, undefined, TODAY)).toEqual({ refusals: [], due: "" });
  });

  it("reads codes as the server does", () => {
    expect(tidy(" ｚｃ０１ 2\u200b")).toBe("ZC012");
  });
});

describe("the clock of a device", () => {
  const stage = () => {
    const store = new Map<string, string>();
    const time = { wall: 1_000_000, running: 0 };
    const make = () =>
      new DeviceClock(
        { getItem: (name) => store.get(name) ?? null, setItem: (name, value) => void store.set(name, value) },
        () => time.wall,
        () => time.running,
      );
    return { time, make };
  };

  it("keeps the server's time, also when somebody turns it while the page is open", () => {
    const { time, make } = stage();
    const clock = make();
    clock.heard(new Date(5_000_000).toISOString(), 0, false);
    time.running += 60_000;
    time.wall += 60_000 - 3_600_000;
    expect(clock.here).toBe(5_060_000);
    expect(make().offset).toBe(clock.offset);
  });

  it("believes a device that slept: its running time stood still, its clock did not", () => {
    const { time, make } = stage();
    const clock = make();
    clock.heard(new Date(5_000_000).toISOString(), 0, false);
    time.running += 60_000;
    time.wall += 9 * 3_600_000;
    expect(clock.here).toBe(5_000_000 + 9 * 3_600_000);
    expect(clock.heard(new Date(clock.here + 400).toISOString(), 0, true)).toBe(true);
  });

  it("does not hide that it was turned while acts wait, and believes the server when none do", () => {
    const { time, make } = stage();
    make().heard(new Date(1_000_000).toISOString(), 0, false);
    time.wall -= 3_600_000;
    const opened = make();
    expect(opened.heard(new Date(1_000_000).toISOString(), 0, true)).toBe(false);
    expect(opened.offset).toBe(0);
    expect(opened.heard(new Date(1_000_000).toISOString(), 0, false)).toBe(true);
    expect(opened.offset).toBe(3_600_000);
  });

  it("gives ids a time that never goes back", () => {
    const { time, make } = stage();
    const clock = make();
    const first = clock.tick();
    time.wall -= 500;
    expect(clock.tick()).toBeGreaterThan(first);
  });
});

it("writes a file whose head says what follows", async () => {
  const text = await journalFile("D-1", 3, "2019-03-04T00:00:00Z", [entry("a", "visit", { persons: 2 })]);
  const [head = "", line = "", rest] = text.split("\n");
  expect(JSON.parse(line)).toEqual({ uuid: "a", act: "visit", at: "2019-03-04T01:00:00Z", offset: 0, node: "BUS1", by: "qian", persons: 2 });
  expect(JSON.parse(head)).toMatchObject({ journal: 1, device: "D-1", sequence: 3, acts: 1 });
  expect((JSON.parse(head) as { sha256: string }).sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(rest).toBe("");
});
