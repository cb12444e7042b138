/** What the desk without a line says of an act by itself, and whose acts they are. */
import type { ActName, Answer, Outcome } from "../desk-circulation/contract";
import { uuid7 } from "../desk-circulation/uuid";
import type { Act, ItemRow } from "./contract";

const DEVICE = "wenlan.device";

/** The code of this browser on this device, made once. */
export function deviceCode(): string {
  const code = localStorage.getItem(DEVICE) ?? `D-${uuid7().slice(-8).toUpperCase()}`;
  try {
    localStorage.setItem(DEVICE, code);
  } catch {
    // Without a store the device has another code after a reload; its acts are known by their own ids.
  }
  return code;
}

export function scopeOf(item: ItemRow | undefined): { scope?: string } {
  return item?.[1] ? { scope: item[1] } : {};
}

export function answerOf(outcome: Outcome, act: ActName, barcode: string, more: Partial<Answer> = {}): Answer {
  return {
    key: uuid7(), outcome, act, title: "", barcode, call_number: "", due_on: "", days_late: 0, lines: [], rule: "", reader: null,
    refusals: [], choices: [], undo_key: "", ...more,
  };
}

/** When a version 7 id was made. */
export function timeOf(id: string): number {
  return parseInt(id.replace(/-/g, "").slice(0, 12), 16);
}

export function localDay(act: Act): string {
  const at = new Date(Date.parse(act.at) + act.offset);
  return [at.getFullYear(), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
}
