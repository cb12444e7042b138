import { describe, expect, it } from "vitest";

import { HeldError } from "../desk-circulation/queue";
import { type Entry, Journal, PageStore } from "./journal";
import { type LineState, RefusedError, Sender } from "./sender";

type Send = (entries: Entry<string, string>[]) => Promise<Record<string, string>>;

function stage(send: Send): { journal: Journal<string, string>; sender: Sender<string, string>; states: LineState[]; retries: (() => void)[] } {
  const journal = new Journal(new PageStore<string, string>());
  const states: LineState[] = [];
  const retries: (() => void)[] = [];
  const sender = new Sender({ journal, send, onState: (state) => states.push(state), later: (run) => retries.push(run), most: 2 });
  return { journal, sender, states, retries };
}

const seen: Send = async (entries) => Object.fromEntries(entries.map((entry) => [entry.id, "seen"]));

describe("the sender", () => {
  it("sends everything, some at a time", async () => {
    const batches: number[] = [];
    const { journal, sender, states } = stage((entries) => {
      batches.push(entries.length);
      return seen(entries);
    });
    for (const code of ["A", "B", "C"]) await journal.append(code);

    await sender.go();

    expect(batches).toEqual([2, 1]);
    expect(states).toEqual(["sending", "sending", "idle"]);
    expect(await journal.count()).toEqual({ all: 3, unsent: 0 });
  });

  it("keeps everything while the line is down and tries again", async () => {
    let isDown = true;
    const { journal, sender, states, retries } = stage((entries) => (isDown ? Promise.reject(new Error("down")) : seen(entries)));
    await journal.append("A");
    await sender.go();
    expect(states).toEqual(["sending", "down"]);
    expect(await journal.count()).toEqual({ all: 1, unsent: 1 });

    isDown = false;
    retries[0]?.();
    await new Promise((resolve) => setTimeout(resolve));

    expect(await journal.count()).toEqual({ all: 1, unsent: 0 });
  });

  it("waits for a person when the server wants one, and does not repeat what is no use", async () => {
    for (const [fault, state] of [[new HeldError("401"), "held"], [new RefusedError("closed"), "refused"]] as const) {
      const { journal, sender, states, retries } = stage(() => Promise.reject(fault));
      await journal.append("A");
      await sender.go();
      expect(states).toEqual(["sending", state]);
      expect(retries).toEqual([]);
      expect((await journal.count()).unsent).toBe(1);
    }
  });
});
