import { describe, expect, it } from "vitest";

import { Journal, PageStore } from "./journal";

function journal(): Journal<string, string> {
  let now = Date.UTC(2019, 2, 4);
  return new Journal(new PageStore<string, string>(), () => (now += 1000));
}

describe("the journal", () => {
  it("keeps what was done in its order, with an id and a time of its own", async () => {
    const kept = journal();
    const first = await kept.append("A");
    const second = await kept.append("B");

    expect((await kept.all()).map((entry) => entry.body)).toEqual(["A", "B"]);
    expect((await kept.list(1)).map((entry) => entry.body)).toEqual(["B"]);
    expect(first.at).toBe("2019-03-04T00:00:01.000Z");
    expect(first.id < second.id).toBe(true);
  });

  it("sends what is unsent, oldest first, and keeps the answers", async () => {
    const kept = journal();
    const [first, second] = [await kept.append("A"), await kept.append("B")];

    expect((await kept.unsent(1)).map((entry) => entry.id)).toEqual([first.id]);
    await kept.markSent({ [first.id]: "seen", nobody: "?" });

    expect((await kept.unsent(9)).map((entry) => entry.id)).toEqual([second.id]);
    expect((await kept.all()).map((entry) => entry.answer)).toEqual(["seen", undefined]);
    expect(await kept.count()).toEqual({ all: 2, unsent: 1 });
  });

  it("takes an entry out only while the server does not know it", async () => {
    const kept = journal();
    const [first, second] = [await kept.append("A"), await kept.append("B")];
    await kept.markSent({ [first.id]: "seen" });

    expect([await kept.drop(first.id), await kept.drop(second.id)]).toEqual([false, true]);
    expect((await kept.all()).map((entry) => entry.body)).toEqual(["A"]);
  });

  it("keeps of what was answered what it is told to keep, and takes a later answer down", async () => {
    const kept = new Journal<string, string>(new PageStore(), Date.now, (body, answer) => (answer === "done" ? "" : body));
    const [first, second] = [await kept.append("A"), await kept.append("B")];
    await kept.markSent({ [first.id]: "done", [second.id]: "look" });
    expect((await kept.all()).map((entry) => entry.body)).toEqual(["", "B"]);

    await kept.answer({ [second.id]: "done" });
    expect((await kept.all()).map(({ body, answer }) => [body, answer])).toEqual([["", "done"], ["", "done"]]);
    await kept.forget([first.id]);
    expect((await kept.count()).all).toBe(1);
  });

  it("forgets only what was sent long ago", async () => {
    const kept = journal();
    const first = await kept.append("A");
    await kept.append("B");
    await kept.markSent({ [first.id]: "seen" });

    await kept.forgetSent(new Date(Date.UTC(2019, 2, 5)));

    expect(await kept.exportText((entry) => entry.body)).toBe("B\r\n");
  });
});
