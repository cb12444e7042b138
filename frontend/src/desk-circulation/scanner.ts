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

/** After this rest a burst without Enter is a scan. */
export const REST_MS = 60;
/** A scanner that is known to send Enter is waited for longer: a bad radio may stutter inside a code. */
export const REST_BEFORE_ENTER_MS = 300;
/** Half of a scanner's keys come closer than this; a hand's do not, for five keys on end. */
const FAST_MS = 35;
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

  /** `sendsEnter`: what is known of the scanner of this desk; it is learnt from every scan. */
  constructor(public sendsEnter = false) {}

  /** How long after a key the page should call `rest`. */
  get restMs(): number {
    return this.sendsEnter ? REST_BEFORE_ENTER_MS : REST_MS;
  }

  /** Takes one key; tells whether it closed a scan and whether it must go no further. */
  press(press: Press): Reading {
    const none: Reading = { scans: [], swallow: false, begins: false };
    if (MODIFIERS.has(press.key)) return none;
    if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return { ...none, scans: this.rest(press.timeStamp) };
    const scans = this.rest(press.timeStamp);
    if (ENDS.has(press.code) || press.key === "Enter") {
      const ended = this.close();
      if (ended.length > 0) this.sendsEnter = true;
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

  /** Called `restMs` after the last key: returns the scans that came without an Enter. */
  rest(now: number): string[] {
    if (!this.isResting(now)) return [];
    const scans = this.close();
    if (scans.length > 0) this.sendsEnter = false;
    return scans;
  }

  private isResting(now: number): boolean {
    const last = this.strokes[this.strokes.length - 1];
    return last !== undefined && now - last.at >= this.restMs;
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
  return usualGap(gapsOf(strokes)) <= FAST_MS;
}

function gapsOf(strokes: Stroke[]): number[] {
  return strokes.slice(1).map((stroke, place) => stroke.at - (strokes[place] as Stroke).at);
}

/** The median: one stutter does not make a scanner slow. */
function usualGap(gaps: number[]): number {
  return [...gaps].sort((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? 0;
}

/**
 * Parts a burst into scans. Two scans within 50 ms and without Enter are one burst; they are parted at a
 * rest that stands out, and only when both sides look like codes: like each other, or like codes seen
 * before. A stutter inside one code parts nothing.
 */
function part(strokes: Stroke[], shapes: ReadonlySet<string>): Stroke[][] {
  const gaps = gapsOf(strokes);
  const longest = Math.max(...gaps);
  if (longest < PARTING_MS || longest < PARTING_FACTOR * usualGap(gaps)) return [strokes];
  const seam = gaps.indexOf(longest) + 1;
  const [left, right] = [strokes.slice(0, seam), strokes.slice(seam)];
  if (left.length < SHORTEST_SCAN || right.length < SHORTEST_SCAN) return [strokes];
  const [before, after] = [left, right].map((side) => shapeOf(side.map((stroke) => stroke.character).join("")));
  const known = shapes.has(before as string) && shapes.has(after as string);
  const whole = shapes.has(shapeOf(strokes.map((stroke) => stroke.character).join("")));
  if (whole || !(known || before === after)) return [strokes];
  return [...part(left, shapes), ...part(right, shapes)];
}
