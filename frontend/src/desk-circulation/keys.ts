/** The keys of this desk: shipped ones, and what a desk has changed, kept on this computer. */

export const ACTS = ["reader", "out", "in", "renew", "slip", "undo", "override", "auto"] as const;
export type KeyAct = (typeof ACTS)[number];
export type Keys = Record<KeyAct, string>;

export const SHIPPED: Readonly<Keys> = {
  reader: "F2", out: "F3", in: "F4", renew: "F6", slip: "F7", undo: "F8", override: "F9", auto: "Escape",
};

const NAME = "wenlan.desk.keys";
/** Keys a desk may choose: those that no text and no scanner produces. F1 opens help, F5 loads, F11 and F12 are the browser's. */
const ALLOWED = /^(F[2-46-9]|F10|Escape|Pause|ScrollLock|Insert|PageUp|PageDown|Numpad(Add|Subtract|Multiply|Divide))$/;

export function readKeys(store: Pick<Storage, "getItem">): Keys {
  try {
    const kept = JSON.parse(store.getItem(NAME) ?? "{}") as Partial<Keys>;
    const valid = Object.entries(kept).filter(([act, key]) => ACTS.includes(act as KeyAct) && ALLOWED.test(key ?? ""));
    return { ...SHIPPED, ...(Object.fromEntries(valid) as Partial<Keys>) };
  } catch {
    return { ...SHIPPED };
  }
}

/** Returns the keys with `act` on `code`, or the act that holds this key already, or null when it is not allowed. */
export function assign(keys: Keys, act: KeyAct, code: string): Keys | KeyAct | null {
  if (!ALLOWED.test(code)) return null;
  const holder = ACTS.find((other) => other !== act && keys[other] === code);
  return holder ?? { ...keys, [act]: code };
}

export function writeKeys(store: Pick<Storage, "setItem">, keys: Keys): void {
  store.setItem(NAME, JSON.stringify(keys));
}

export function actOf(keys: Keys, code: string): KeyAct | undefined {
  return ACTS.find((act) => keys[act] === code);
}

/** Returns a key as a label shows it. */
export function keyLabel(code: string): string {
  return code.replace(/^Escape$/, "Esc").replace(/^Numpad/, "Num ").replace("Add", "+").replace("Subtract", "−").replace("Multiply", "×").replace("Divide", "÷");
}
