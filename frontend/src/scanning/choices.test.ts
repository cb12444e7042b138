import { describe, expect, it } from "vitest";

import { choiceOf } from "./choices";

function choice(key: string): HTMLElement {
  return { dataset: { choiceKey: key } } as unknown as HTMLElement;
}

function press(key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return { key, target: null, ctrlKey: false, altKey: false, metaKey: false, ...held } as KeyboardEvent;
}

describe("choiceOf", () => {
  const first = choice("1");
  const fresh = choice("n");
  const close = choice("F8");

  it("finds what a digit, a letter or a function key stands for", () => {
    expect(choiceOf(press("1"), [first, fresh, close])).toBe(first);
    expect(choiceOf(press("N"), [first, fresh, close])).toBe(fresh);
    expect(choiceOf(press("F8"), [first, fresh, close])).toBe(close);
  });

  it("leaves browser's keys, held keys and compositions alone", () => {
    expect(choiceOf(press("n", { ctrlKey: true }), [fresh])).toBeUndefined();
    expect(choiceOf(press("1", { repeat: true }), [first])).toBeUndefined();
    expect(choiceOf(press("n", { isComposing: true }), [fresh])).toBeUndefined();
  });
});
