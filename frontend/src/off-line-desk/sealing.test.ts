import { describe, expect, it } from "vitest";

import { fromBase64, seal } from "./sealing";

describe("what is written down of a person", () => {
  it("can be read by the holder of the key only, each time otherwise, and only beside its card", async () => {
    const { subtle } = crypto;
    const pair = (await subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"])) as CryptoKeyPair;
    const point = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    const key = btoa(String.fromCharCode(...point));

    const [one, other] = [await seal("140524196203154824", "NEW1", key), await seal("140524196203154824", "NEW1", key)];
    expect(one).not.toBe(other);

    const open = async (sealed: string, boundTo: string): Promise<string> => {
      const whole = fromBase64(sealed.slice(2));
      const theirs = await subtle.importKey("raw", whole.slice(0, 65), { name: "ECDH", namedCurve: "P-256" }, false, []);
      const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
      const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
      const derived = { name: "HKDF", hash: "SHA-256", salt: whole.slice(0, 65), info: new TextEncoder().encode("wenlan off-line registration 1") };
      const cipher = await subtle.deriveKey(derived, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
      const bound = { name: "AES-GCM", iv: whole.slice(65, 77), additionalData: new TextEncoder().encode(boundTo) };
      return new TextDecoder().decode(await subtle.decrypt(bound, cipher, whole.slice(77)));
    };
    expect(await open(one, "NEW1")).toBe("140524196203154824");
    await expect(open(one, "NEW2")).rejects.toThrow();
  });
});
