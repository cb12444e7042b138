/**
 * UUIDv7 from random values: `crypto.randomUUID` is missing on http pages and before Chromium 92. Those of one
 * millisecond are numbered (RFC 9562, 6.2, method 1), so that ids sort in the order in which they were made: a list of
 * barcodes that is pasted is one moment.
 */
let lastAt = -1;
let count = 0;

export function uuid7(now: number = Date.now(), random: (bytes: Uint8Array) => Uint8Array = fill): string {
  const bytes = random(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(now / 2 ** (8 * (5 - place))) & 0xff;
  count = now === lastAt ? (count + 1) & 0xfff : 0;
  lastAt = now;
  bytes[6] = (count >> 8) | 0x70;
  bytes[7] = count & 0xff;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function fill(bytes: Uint8Array): Uint8Array {
  return crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
}
