import { describe, expect, test } from "vitest";

import { characterOf, normalise, REST_BEFORE_ENTER_MS, REST_MS, Scanner, shapeOf, type Press } from "./scanner";

const CODES: Record<string, string> = { "-": "Minus", ".": "Period", "/": "Slash", " ": "Space" };

function press(character: string, at: number, more: Partial<Press> = {}): Press {
  const code = /^\d$/.test(character) ? `Digit${character}` : /^[a-z]$/i.test(character) ? `Key${character.toUpperCase()}` : (CODES[character] ?? character);
  return {
    key: character, code, timeStamp: at, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false,
    isComposing: false, repeat: false, ...more,
  };
}

/** Types a text at a pace; returns the scans that were closed on the way and the time of the last key. */
function type(scanner: Scanner, text: string, from: number, gap: number, more: Partial<Press> = {}): { scans: string[]; at: number } {
  const scans: string[] = [];
  let at = from;
  for (const character of text) {
    scans.push(...scanner.press(press(character, at, more)).scans);
    at += gap;
  }
  return { scans, at: at - gap };
}

describe("a scan", () => {
  test("with Enter is read at once and its Enter goes no further", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "zc0001234", 1000, 4);

    expect(scanner.press(press("Enter", at + 4))).toEqual({ scans: ["ZC0001234"], swallow: true, begins: false });
  });

  test("without Enter is read after the rest", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "ZC0001234", 1000, 4);

    expect(scanner.rest(at + REST_MS - 1)).toEqual([]);
    expect(scanner.rest(at + REST_MS)).toEqual(["ZC0001234"]);
    expect(scanner.rest(at + 500)).toEqual([]);
  });

  test("in a Chinese input method is read by the physical keys", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "ZC0001234", 1000, 6, { key: "Process", isComposing: true });

    expect(scanner.press(press("Enter", at + 6, { key: "Process", code: "Enter", isComposing: true })).scans).toEqual(["ZC0001234"]);
  });

  test("with Caps Lock, with Shift and in full width is the same code", () => {
    for (const typed of ["zc0001234", "ZC0001234", "ＺＣ０００１２３４", "ｚｃ0001２３４"]) {
      const scanner = new Scanner();
      const { at } = type(scanner, typed, 1000, 5);
      expect(scanner.press(press("Enter", at + 5)).scans).toEqual(["ZC0001234"]);
    }
  });

  test("keeps the marks that codes have", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "CZ-01/000.7", 1000, 5);

    expect(scanner.press(press("Enter", at + 5)).scans).toEqual(["CZ-01/000.7"]);
  });

  test("ends with Tab as well", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "ZC0001234", 1000, 5);

    expect(scanner.press(press("Tab", at + 5))).toEqual({ scans: ["ZC0001234"], swallow: true, begins: false });
  });

  test("of a scanner that sends Enter may stutter, and is still whole", () => {
    const scanner = new Scanner();
    scanner.press(press("Enter", type(scanner, "ZC0009999", 1000, 4).at + 4));
    const first = type(scanner, "ZC000", 2000, 4);
    expect(scanner.rest(first.at + REST_MS)).toEqual([]);
    const second = type(scanner, "1234", first.at + 200, 4);

    expect(scanner.press(press("Enter", second.at + 4)).scans).toEqual(["ZC0001234"]);
  });

  test("without Enter, at a desk whose scanner sent it before, is only read later", () => {
    const scanner = new Scanner(true);
    const { at } = type(scanner, "ZC0001234", 1000, 4);

    expect(scanner.rest(at + REST_BEFORE_ENTER_MS)).toEqual(["ZC0001234"]);
    expect(scanner.restMs).toBe(REST_MS);
  });

  test("is read although the Shift of its capitals comes between", () => {
    const scanner = new Scanner();
    scanner.press(press("Shift", 1000, { code: "ShiftLeft" }));
    const { at } = type(scanner, "ZC0001234", 1002, 5, { shiftKey: false });

    expect(scanner.press(press("Enter", at + 5)).scans).toEqual(["ZC0001234"]);
  });
});

describe("two scans within 50 ms", () => {
  test("with Enter are two", () => {
    const scanner = new Scanner();
    const first = type(scanner, "R0001234", 1000, 3);
    const one = scanner.press(press("Enter", first.at + 3)).scans;
    const second = type(scanner, "ZC0001234", first.at + 40, 3);
    const two = scanner.press(press("Enter", second.at + 3)).scans;

    expect([...one, ...two]).toEqual(["R0001234", "ZC0001234"]);
  });

  test("without Enter are two when they look alike", () => {
    const scanner = new Scanner();
    const first = type(scanner, "ZC0001234", 1000, 3);
    const second = type(scanner, "ZC0001235", first.at + 40, 3);

    expect([...first.scans, ...second.scans, ...scanner.rest(second.at + REST_MS)]).toEqual(["ZC0001234", "ZC0001235"]);
  });

  test("without Enter are two when their shapes were seen before", () => {
    const scanner = new Scanner();
    for (const [code, at] of [["R0009999", 1000], ["ZC0009999", 3000]] as const) {
      const typed = type(scanner, code, at, 3);
      scanner.rest(typed.at + REST_MS);
    }
    const card = type(scanner, "R0001234", 5000, 3);
    const item = type(scanner, "ZC0001234", card.at + 45, 3);

    expect(scanner.rest(item.at + REST_MS)).toEqual(["R0001234", "ZC0001234"]);
  });

  test("are found even when the page was too busy for the rest to be called", () => {
    const scanner = new Scanner();
    const first = type(scanner, "ZC0001234", 1000, 3);
    const second = type(scanner, "R0001234", first.at + 80, 3);

    expect([...second.scans, ...scanner.rest(second.at + REST_MS)]).toEqual(["ZC0001234", "R0001234"]);
  });
});

describe("what is not a scan", () => {
  test("a stutter inside a code does not part it", () => {
    const scanner = new Scanner();
    const first = type(scanner, "ZC0001", 1000, 3);
    const second = type(scanner, "234567", first.at + 45, 3);

    expect(scanner.rest(second.at + REST_MS)).toEqual(["ZC0001234567"]);
  });

  test("a hand that types and presses Enter is left alone", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "ZC0001234", 1000, 140);

    expect(scanner.press(press("Enter", at + 200))).toEqual({ scans: [], swallow: false, begins: false });
  });

  test("a quick hand that rolls five keys is left alone", () => {
    const scanner = new Scanner();
    const { at } = type(scanner, "there", 1000, 50);

    expect(scanner.press(press("Enter", at + 50)).scans).toEqual([]);
  });

  test("a key that is held down is no scan", () => {
    const scanner = new Scanner();
    scanner.press(press("1", 1000));
    for (let at = 1030; at < 1600; at += 30) scanner.press(press("1", at, { repeat: true }));

    expect(scanner.rest(1700)).toEqual([]);
  });

  test("a shortcut is no part of a scan", () => {
    const scanner = new Scanner();
    type(scanner, "abc", 1000, 5);

    expect(scanner.press(press("v", 1020, { ctrlKey: true }))).toEqual({ scans: [], swallow: false, begins: false });
  });
});

test("the first key of a burst asks for the field to be remembered, and only the first", () => {
  const scanner = new Scanner();

  expect([press("1", 1000), press("2", 1005), press("3", 1200)].map((key) => scanner.press(key).begins)).toEqual([true, false, true]);
});

test("every pace of a scanner is read whole, with and without Enter", () => {
  for (let gap = 1; gap <= 30; gap += 1) {
    for (const code of ["R0001234", "ZC0001234", "9787020024759", "01234567890123"]) {
      const scanner = new Scanner();
      const { at } = type(scanner, code, 1000, gap);
      expect(scanner.rest(at + REST_MS)).toEqual([code]);
    }
  }
});

test("characters come from the key when it is plain, else from its place", () => {
  expect(characterOf(press("a", 0))).toBe("A");
  expect(characterOf(press("Process", 0, { code: "Numpad7", isComposing: true }))).toBe("7");
  expect(characterOf(press("Process", 0, { code: "Digit4", shiftKey: true, isComposing: true }))).toBe("$");
  expect(characterOf(press("ArrowLeft", 0, { code: "ArrowLeft" }))).toBe("");
});

test("a code is half-width, without spaces around it, in capitals", () => {
  expect(normalise("　ｚｃ０００１２３４\u200b ")).toBe("ZC0001234");
  expect(shapeOf("ZC0001234")).toBe("A9999999");
});
