/** The keys of the editor; the page lists them under F1. */
import type { Spot } from "./fields";

export type Act =
  | "save" | "undo" | "redo" | "add-field" | "add-subfield" | "remove-subfield" | "remove-field" | "up" | "down"
  | "subfield-up" | "subfield-down" | "next-line" | "line-before" | "fixed" | "pinyin" | "heading" | "next-finding" | "repair" | "alike";

const KEYS: Record<string, Act> = {
  "C-KeyS": "save",
  "C-KeyZ": "undo",
  "C-KeyY": "redo",
  "CS-KeyZ": "redo",
  "C-Enter": "add-field",
  "A-Enter": "add-subfield",
  "C-Delete": "remove-subfield",
  "CS-Delete": "remove-field",
  "A-ArrowUp": "up",
  "A-ArrowDown": "down",
  "AS-ArrowUp": "subfield-up",
  "AS-ArrowDown": "subfield-down",
  "-F2": "fixed",
  "-F3": "heading",
  "-F4": "pinyin",
  "-F7": "next-finding",
  "-F8": "repair",
  "-F9": "alike",
  "-Enter": "next-line",
};
const IN_A_LINE = new Set<Act>(["next-line", "line-before"]);

interface Pressed {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Returns what a key does where the cursor is; Enter and the arrows walk only from a line of the record. */
export function actOf(event: Pressed, spot: Spot | null, target: EventTarget | null): Act | null {
  const held = `${event.ctrlKey || event.metaKey ? "C" : ""}${event.altKey ? "A" : ""}${event.shiftKey ? "S" : ""}-`;
  const code = event.code === "NumpadEnter" ? "Enter" : event.code;
  const act = KEYS[held + code] ?? (held === "-" ? arrow(code, target) : null);
  return act && (!IN_A_LINE.has(act) || spot) ? act : null;
}

/** In a text of several lines the arrows move in it first. */
function arrow(code: string, target: EventTarget | null): Act | null {
  if (code !== "ArrowUp" && code !== "ArrowDown") return null;
  if (target instanceof HTMLTextAreaElement && target.clientHeight > 48) {
    const before = target.value.slice(0, target.selectionStart);
    if (code === "ArrowUp" ? before.length > 0 : target.selectionEnd < target.value.length) return null;
  }
  return code === "ArrowUp" ? "line-before" : "next-line";
}
