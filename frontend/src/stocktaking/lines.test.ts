import { describe, expect, it } from "vitest";
import { readRuns, runsOf } from "./lines";

// Drawn by another program (python-barcode): bars as 1, spaces as 0.
const DRAWN: [string, string][] = [
  ["9787020002207", "10101110110001001001000100011010011011000110101010111001011100101101100110110011100101000100101"],
  ["ZC00001234", "1101001000011101100010100010001101011101111011011001100110110011001011001110010001011000101110011001100011101011"],
  ["LC-V1-0000002", "11010010000100011011101000100011010011011100111010110001001110011010011011100101110111101101100110011011001100110110011001011110111011001110010101100001001100011101011"],
  ["12345678", "1101001110010110011100100010110001110001011011000010100100011101101100011101011"],
  ["ZC0001234", "1000101110111010100011101110101011101110100010101010001110111010101000111011101010100011101110101110100010101110101110001010111011101110001010101010001110101110100010111011101"],
];

/** Draws modules as a camera sees them: each some pixels wide, unsharp, under a light that falls off, with noise. */
function seen(modules: string, pixels: number, noise = 10): number[] {
  const bare = `${"0".repeat(12)}${modules}${"0".repeat(12)}`;
  const sharp = Array.from({ length: Math.floor(bare.length * pixels) }, (_, x) => (bare[Math.floor(x / pixels)] === "1" ? 40 : 200));
  let random = 7;
  return sharp.map((_, x) => {
    const near = sharp.slice(Math.max(0, x - 1), x + 2);
    random = (random * 1103515245 + 12345) % 2147483648;
    const light = 1 - (0.35 * x) / sharp.length;
    return (near.reduce((sum, one) => sum + one, 0) / near.length) * light + (random / 2147483648 - 0.5) * noise;
  });
}

describe("a bar code in a line of pixels", () => {
  for (const [code, modules] of DRAWN) {
    it(`is read as ${code}, near and far, the right way round and turned`, () => {
      for (const pixels of [2.3, 2.6, 3.4, 5]) {
        expect(readRuns(runsOf(seen(modules, pixels)))).toBe(code);
        expect(readRuns(runsOf(seen(modules, pixels).reverse()))).toBe(code);
      }
    });
  }

  it("is not found in noise, in stripes, or where a bar is torn off", () => {
    const [, isbn] = DRAWN[0] as [string, string];
    expect(readRuns(runsOf(seen("10".repeat(60), 3)))).toBe("");
    expect(readRuns(runsOf(seen("0".repeat(90), 3, 120)))).toBe("");
    expect(readRuns(runsOf(seen(isbn.slice(0, 60), 3)))).toBe("");
  });

  it("is not taken when one digit was printed over: its check digit does not fit", () => {
    const [, isbn] = DRAWN[0] as [string, string];
    const wrong = isbn.slice(0, 85) + "1110010" + isbn.slice(92);
    expect(readRuns(runsOf(seen(wrong, 3)))).toBe("");
  });
});
