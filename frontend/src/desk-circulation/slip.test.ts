import { expect, test } from "vitest";

import type { Answer, Reader } from "./contract";
import { visitOf } from "./slip";
import { uuid7 } from "./uuid";
import type { Line } from "./view";

const MINUTE = 60_000;
const LI = { id: 7 } as Reader;

function line(minute: number, act: Answer["act"], borrower: number, more: Partial<Line> & { outcome?: Answer["outcome"] } = {}): Line {
  const answer = { act, borrower, outcome: more.outcome ?? "good" } as Answer;
  return { key: uuid7(1_700_000_000_000 + minute * MINUTE), code: `${act}${minute}`, state: "answered", undone: false, mode: "auto", answer, ...more };
}

function codes(lines: Line[]): string[] {
  return lines.map((one) => one.code);
}

test("a slip has what was returned before the card was scanned, and nothing of the reader before", () => {
  const lines = [line(0, "in", 3), line(1, "in", 7), line(2, "reader", 0), line(3, "out", 7), line(4, "renew", 7)];

  expect(codes(visitOf(lines, LI))).toEqual(["in1", "out3", "renew4"]);
});

test("without a card it is the slip of whoever's item came last", () => {
  const lines = [line(0, "in", 7), line(1, "in", 3), line(2, "in", 7), line(3, "in", 0)];

  expect(codes(visitOf(lines, null))).toEqual(["in0", "in2"]);
});

test("what was refused, undone, is on its way or stands on a slip already is left out", () => {
  const lines = [
    line(0, "out", 7, { printed: true }), line(1, "out", 7, { undone: true }), line(2, "out", 7, { outcome: "stop" }),
    line(3, "out", 7, { answer: null, state: "sending" }), line(4, "in", 7, { outcome: "look" }),
  ];

  expect(codes(visitOf(lines, LI))).toEqual(["in4"]);
});

test("who comes back after an hour gets a slip of the second visit", () => {
  const lines = [line(0, "out", 7), line(70, "in", 7), line(71, "out", 7)];

  expect(codes(visitOf(lines, LI))).toEqual(["in70", "out71"]);
  expect(visitOf([], LI)).toEqual([]);
});
