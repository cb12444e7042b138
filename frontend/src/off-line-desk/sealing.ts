/**
 * Seals what is written down of a person so that only the server can read it: `src/wenlan/patrons/sealing.py` says
 * the format. From then on neither this device, nor who finds it, nor who finds the stick has the number.
 */
const PURPOSE = "wenlan off-line registration 1";
const POINT = { name: "ECDH", namedCurve: "P-256" } as const;

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Seals a text for the holder of the key (a point of P-256 in base64), bound to what stands in clear beside it. */
export async function seal(text: string, boundTo: string, publicKey: string): Promise<string> {
  const encoder = new TextEncoder();
  const theirs = await crypto.subtle.importKey("raw", fromBase64(publicKey), POINT, false, []);
  const mine = (await crypto.subtle.generateKey(POINT, false, ["deriveBits"])) as CryptoKeyPair;
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derived = { name: "HKDF", hash: "SHA-256", salt: point, info: encoder.encode(PURPOSE) };
  const cipher = await crypto.subtle.deriveKey(derived, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const bound = { name: "AES-GCM", iv: nonce, additionalData: encoder.encode(boundTo) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(bound, cipher, encoder.encode(text)));
  const whole = new Uint8Array(point.length + nonce.length + sealed.length);
  whole.set(point);
  whole.set(nonce, point.length);
  whole.set(sealed, point.length + nonce.length);
  return `1.${base64(whole)}`;
}
