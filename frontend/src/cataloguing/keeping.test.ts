import { expect, test } from "vitest";

import type { Draft } from "./contract";
import { Keeping, type Store } from "./keeping";

const OPENED: Draft = { leader: "00000nam0 2200000   450 ", fields: [["200", "1 ", [["a", "三体"]]]] };
const TYPED: Draft = { ...OPENED, fields: [["200", "1 ", [["a", "三体全集"]]]] };

function memory(): Store {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

test("what was typed is found again, until it is saved", () => {
  const keeping = new Keeping(memory(), "7");
  keeping.keep({ hash: "h1", draft: TYPED });
  expect(keeping.find("h1", OPENED)).toEqual(TYPED);
  keeping.forget();
  expect(keeping.find("h1", OPENED)).toBeNull();
});

test("a draft of an older record, or of what stands there anyway, is not offered", () => {
  const keeping = new Keeping(memory(), "7");
  keeping.keep({ hash: "h1", draft: TYPED });
  expect(keeping.find("h2", OPENED)).toBeNull();
  keeping.keep({ hash: "h1", draft: OPENED });
  expect(keeping.find("h1", OPENED)).toBeNull();
});

test("a store that is full or spoilt is no fault", () => {
  const store = memory();
  store.setItem("wenlan.draft.7", "{");
  expect(new Keeping(store, "7").find("h1", OPENED)).toBeNull();
  const full: Store = { ...memory(), setItem: () => { throw new Error("full"); } };
  new Keeping(full, "7").keep({ hash: "", draft: TYPED });
});
