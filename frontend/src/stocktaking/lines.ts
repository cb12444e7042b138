/**
 * Reads a bar code out of a picture where the browser cannot: EAN-13 (the ISBN on a book), Code 128 and Code 39 (the
 * library's own). Some lines of pixels are taken, told black from white by their neighbourhood, and read as widths.
 */
const LINES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
/** How far a bar may be from its pattern, in modules: over one digit, and each bar. */
const FAR = 1.6;
const BLOCK = 8;
const CONTRAST = 40;

const EAN_LEFT = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"];
const EAN_FIRST = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];
const EAN_RUNS = 59;

// Widths of bars and spaces of the values 0 to 105 (ISO/IEC 15417, table 1); 103 to 105 begin in sets A, B, C.
const CODE_128 = (
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 " +
  "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 " +
  "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 " +
  "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 " +
  "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 " +
  "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 " +
  "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 " +
  "211232"
).split(" ");
const STOP_128 = "2331112";
const [START_A, START_C, TO_C, TO_B, TO_A, SHIFT] = [103, 105, 99, 100, 101, 98];

// Which of nine bars and spaces are wide, as a number of nine bits (ISO/IEC 16388, table 1).
const CODE_39_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";
const CODE_39 = [
  52, 289, 97, 352, 49, 304, 112, 37, 292, 100, 265, 73, 328, 25, 280, 88, 13, 268, 76, 28, 259, 67, 322, 19, 274,
  82, 7, 262, 70, 22, 385, 193, 448, 145, 400, 208, 133, 388, 196, 168, 162, 138, 42, 148,
];

type Runs = readonly number[];

/** Returns how far some runs are from a pattern, in modules; Infinity when one of them is much too wide or narrow. */
function distance(runs: Runs, at: number, pattern: string, module: number): number {
  let sum = 0;
  for (let n = 0; n < pattern.length; n++) {
    const off = Math.abs((runs[at + n] ?? 0) / module - Number(pattern[n]));
    if (off > 1.1) return Infinity;
    sum += off;
  }
  return sum;
}

function total(runs: Runs, at: number, count: number): number {
  let sum = 0;
  for (let n = at; n < at + count; n++) sum += runs[n] ?? 0;
  return sum;
}

/** The pattern that is nearest, -1 when none is near; each digit is measured by its own width. */
function nearest(runs: Runs, at: number, patterns: readonly string[], modules: number): number {
  const module = total(runs, at, (patterns[0] as string).length) / modules;
  let [best, least] = [-1, FAR];
  patterns.forEach((pattern, value) => {
    const off = distance(runs, at, pattern, module);
    if (off < least) [best, least] = [value, off];
  });
  return best;
}

const EAN_TURNED = EAN_LEFT.map((pattern) => [...pattern].reverse().join(""));

function readEan(runs: Runs, at: number): string {
  if (at + EAN_RUNS > runs.length) return "";
  const module = total(runs, at, EAN_RUNS) / 95;
  if (distance(runs, at, "111", module) > 1.2 || distance(runs, at + 27, "11111", module) > FAR) return "";
  let [digits, sides] = ["", ""];
  for (let n = 0; n < 12; n++) {
    const place = at + 3 + n * 4 + (n > 5 ? 5 : 0);
    const value = nearest(runs, place, n > 5 ? EAN_LEFT : EAN_LEFT.concat(EAN_TURNED), 7);
    if (value < 0) return "";
    digits += value % 10;
    if (n < 6) sides += value > 9 ? "G" : "L";
  }
  const first = EAN_FIRST.indexOf(sides);
  const code = `${first}${digits}`;
  const sum = [...code].reduce((so, digit, n) => so + Number(digit) * (n % 2 ? 3 : 1), 0);
  return first >= 0 && sum % 10 === 0 ? code : "";
}

function readCode128(runs: Runs, at: number): string {
  const values: number[] = [];
  for (let place = at; place + 6 <= runs.length; place += 6) {
    const stop = total(runs, place, 7) / 13;
    // Some values begin as the stop does: it is the end only where the check fits.
    const text = values.length > 2 && distance(runs, place, STOP_128, stop) < FAR ? text128(values.slice()) : "";
    if (text) return text;
    const value = nearest(runs, place, CODE_128, 11);
    if (value < 0 || (values.length === 0 && value < START_A)) return "";
    values.push(value);
  }
  return "";
}

function text128(values: number[]): string {
  const check = values.pop();
  if (values.reduce((sum, value, n) => sum + value * Math.max(n, 1), 0) % 103 !== check) return "";
  let [text, set, once] = ["", values[0] ?? 0, 0];
  for (const value of values.slice(1)) {
    const now = once || set;
    once = 0;
    if (now === START_C && value < 100) text += String(value).padStart(2, "0");
    else if (now !== START_C && value < 96) text += String.fromCharCode(now === START_A && value > 63 ? value - 64 : value + 32);
    else if (value === TO_C) set = START_C;
    else if (value === TO_B) set = START_A + 1;
    else if (value === TO_A) set = START_A;
    else if (value === SHIFT) once = now === START_A ? START_A + 1 : START_A;
  }
  return text;
}

function character39(runs: Runs, at: number): string {
  const widths = runs.slice(at, at + 9);
  if (widths.length < 9) return "";
  const sorted = [...widths].sort((one, other) => one - other);
  const edge = ((sorted[5] as number) + (sorted[6] as number)) / 2;
  if ((sorted[6] as number) < 1.5 * (sorted[5] as number)) return "";
  const found = CODE_39.indexOf(widths.reduce((bits, width) => bits * 2 + (width > edge ? 1 : 0), 0));
  return found < 0 ? "" : (CODE_39_CHARACTERS[found] as string);
}

function readCode39(runs: Runs, at: number): string {
  if (character39(runs, at) !== "*") return "";
  let text = "";
  for (let place = at + 10; place + 9 <= runs.length; place += 10) {
    const one = character39(runs, place);
    if (!one) return "";
    if (one === "*") return text.length > 2 ? text : "";
    text += one;
  }
  return "";
}

/** Returns for each block of pixels the brightness between black and white around it; 0 where nothing is printed. */
function thresholds(line: ArrayLike<number>): number[] {
  const around = Math.max(20, Math.round(line.length / 12));
  const found: number[] = [];
  for (let at = 0; at < line.length; at += BLOCK) {
    let [darkest, lightest] = [255, 0];
    for (let x = Math.max(0, at - around); x < Math.min(line.length, at + BLOCK + around); x++) {
      darkest = Math.min(darkest, line[x] as number);
      lightest = Math.max(lightest, line[x] as number);
    }
    found.push(lightest - darkest < CONTRAST ? 0 : (darkest + lightest) / 2);
  }
  return found;
}

/** Returns the widths of black and white along a line of brightness, black first. */
export function runsOf(line: ArrayLike<number>): number[] {
  const edges = thresholds(line);
  const runs: number[] = [];
  let black = false;
  for (let x = 0; x < line.length; x++) {
    const isBlack = (line[x] as number) < (edges[Math.floor(x / BLOCK)] as number);
    if (isBlack === black && runs.length > 0) runs[runs.length - 1] = (runs[runs.length - 1] as number) + 1;
    else if (isBlack || runs.length > 0) runs.push(1);
    black = isBlack;
  }
  return runs;
}

/** Returns the code that some widths hold, "" for none; read from the left, then from the right. */
export function readRuns(runs: Runs): string {
  for (const side of [runs, [...runs].reverse()]) {
    const first = side === runs || runs.length % 2 === 1 ? 0 : 1;
    for (let at = first; at + 25 < side.length; at += 2) {
      const code = readEan(side, at) || readCode128(side, at) || readCode39(side, at);
      if (code) return code;
    }
  }
  return "";
}

/** Reads pictures as the browser's own detector does. A code counts when two lines of one picture, or two pictures, agree. */
export class LineDetector {
  private readonly canvas = document.createElement("canvas");
  private last = "";

  async detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]> {
    const { videoWidth: width, videoHeight: height } = video;
    const pen = this.canvas.getContext("2d");
    if (!width || !height || !pen) return [];
    this.canvas.width = width;
    this.canvas.height = 1;
    for (const part of LINES) {
      pen.drawImage(video, 0, Math.floor(height * part), width, 1, 0, 0, width, 1);
      const { data } = pen.getImageData(0, 0, width, 1);
      const line = new Uint8Array(width);
      for (let x = 0; x < width; x++) line[x] = ((data[4 * x] ?? 0) * 3 + (data[4 * x + 1] ?? 0) * 6 + (data[4 * x + 2] ?? 0)) / 10;
      const code = readRuns(runsOf(line));
      if (code && code === this.last) return [{ rawValue: code }];
      if (code) this.last = code;
    }
    return [];
  }
}
