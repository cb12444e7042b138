/**
 * Telling a scanner from a hand, key by key, with no page in sight.
 *
 * A scanner is a keyboard that types fast. While a Chinese input method is on, the text that arrives in the
 * field is not what was scanned, but each key event still says which physical key it was; so codes are read
 * from `KeyboardEvent.code` whenever the input method has taken the character.
 */

/** What is looked at of a KeyboardEvent; `timeStamp` is the machine's, in milliseconds. */
export interface Press {
  key: string;
  code: string;
  timeStamp: number;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  repeat: boolean;
}

/** What a key has shown: `scans` are whole codes; `swallow` says that the key must go no further. */
export interface Reading {
  scans: string[];
  swallow: boolean;
  /** The key may be the first of a scan: remember what the focused field holds, to restore it. */
  begins: boolean;
}

/** No two keys of one scan are further apart; after this rest a burst without Enter is a scan. */
export const REST_MS = 60;
/** The mean distance of a scanner's keys stays under this; a hand's does not, for five keys on end. */
const FAST_MEAN_MS = 35;
const SHORTEST_SCAN = 5;
/** A rest inside a burst that may part two scans of a scanner that sends no Enter. */
const PARTING_MS = 15;
const PARTING_FACTOR = 3;

const MODIFIERS = new Set(["Shift", "CapsLock", "NumLock"]);
const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
const SHIFTED_DIGITS = ")!@#$%^&*(";
const MARKS: Record<string, [string, string]> = {
  Minus: ["-", "_"], Equal: ["=", "+"], Period: [".", ">"], Comma: [",", "<"], Slash: ["/", "?"],
  Semicolon: [";", ":"], Space: [" ", " "], NumpadAdd: ["+", "+"], NumpadSubtract: ["-", "-"],
  NumpadMultiply: ["*", "*"], NumpadDivide: ["/", "/"], NumpadDecimal: [".", "."],
};

interface Stroke {
  character: string;
  at: number;
}

/** Returns a code as the server knows it: half-width, without spaces around, in capitals. */
export function normalise(text: string): string {
  return text.normalize("NFKC").replace(/[\u200b-\u200f\ufeff]/g, "").trim().toUpperCase();
}

/** Returns the character of a key: as typed when that is plain, else by the physical key; "" for none. */
export function characterOf(press: Press): string {
  const typed = press.key.normalize("NFKC");
  if (!press.isComposing && /^[\x20-\x7e]$/.test(typed)) return typed.toUpperCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code);
  if (digit) {
    const shifted = press.shiftKey && press.code.startsWith("Digit");
    return shifted ? (SHIFTED_DIGITS[Number(digit[1])] ?? "") : (digit[1] as string);
  }
  const letter = /^Key([A-Z])$/.exec(press.code);
  if (letter) return letter[1] as string;
  return MARKS[press.code]?.[press.shiftKey ? 1 : 0] ?? "";
}

/** Returns the shape of a code: ZC0001234 is A9999999; codes of one printing are known by it. */
export function shapeOf(code: string): string {
  return code.replace(/[A-Z]+/g, "A").replace(/\d/g, "9");
}

export class Scanner {
  private strokes: Stroke[] = [];
  private readonly shapes = new Set<string>();

  /** Takes one key; tells whether it closed a scan and whether it must go no further. */
  press(press: Press): Reading {
    const none: Reading = { scans: [], swallow: false, begins: false };
    if (MODIFIERS.has(press.key)) return none;
    if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return { ...none, scans: this.rest(press.timeStamp) };
    const scans = this.isResting(press.timeStamp) ? this.close() : [];
    if (ENDS.has(press.code) || press.key === "Enter") {
      const ended = this.close();
      return { scans: [...scans, ...ended], swallow: ended.length > 0, begins: false };
    }
    const character = characterOf(press);
    if (!character) {
      this.strokes = [];
      return { scans, swallow: false, begins: false };
    }
    this.strokes.push({ character, at: press.timeStamp });
    return { scans, swallow: false, begins: this.strokes.length === 1 };
  }

  /** Called REST_MS after the last key: returns the scans that came without an Enter. */
  rest(now: number): string[] {
    return this.isResting(now) ? this.close() : [];
  }

  /** Whether keys have come so fast, so far, that a scan is under way. */
  get isReading(): boolean {
    return this.strokes.length >= SHORTEST_SCAN && isFast(this.strokes);
  }

  private isResting(now: number): boolean {
    const last = this.strokes[this.strokes.length - 1];
    return last !== undefined && now - last.at >= REST_MS;
  }

  private close(): string[] {
    const strokes = this.strokes;
    this.strokes = [];
    if (strokes.length < SHORTEST_SCAN || !isFast(strokes)) return [];
    const codes = part(strokes, this.shapes).map((piece) => normalise(piece.map((stroke) => stroke.character).join("")));
    for (const code of codes) this.shapes.add(shapeOf(code));
    return codes.filter((code) => code !== "");
  }
}

function isFast(strokes: Stroke[]): boolean {
  const first = strokes[0] as Stroke;
  const last = strokes[strokes.length - 1] as Stroke;
  return (last.at - first.at) / (strokes.length - 1) <= FAST_MEAN_MS;
}

/**
 * Parts a burst into scans. Two scans within 50 ms and without Enter are one burst; they are parted at a
 * rest that stands out, and only when both sides look like codes: like each other, or like codes seen
 * before. A stutter inside one code parts nothing.
 */
function part(strokes: Stroke[], shapes: ReadonlySet<string>): Stroke[][] {
  const gaps = strokes.slice(1).map((stroke, place) => stroke.at - (strokes[place] as Stroke).at);
  const usual = [...gaps].sort((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? 0;
  const longest = Math.max(...gaps);
  if (longest < PARTING_MS || longest < PARTING_FACTOR * usual) return [strokes];
  const seam = gaps.indexOf(longest) + 1;
  const [left, right] = [strokes.slice(0, seam), strokes.slice(seam)];
  if (left.length < SHORTEST_SCAN || right.length < SHORTEST_SCAN) return [strokes];
  const [before, after] = [left, right].map((side) => shapeOf(side.map((stroke) => stroke.character).join("")));
  const known = shapes.has(before as string) && shapes.has(after as string);
  const whole = shapes.has(shapeOf(strokes.map((stroke) => stroke.character).join("")));
  if (whole || !(known || before === after)) return [strokes];
  return [...part(left, shapes), ...part(right, shapes)];
}
