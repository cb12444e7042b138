/**
 * The scan field and every key on the page. A burst that is a scan goes to the desk wherever the cursor
 * stands; what the burst left in a field is taken out again. Slow typing stays where it is typed.
 */
import { normalise, Scanner, type Press } from "./scanner";

interface Before {
  field: HTMLInputElement | HTMLTextAreaElement;
  /** What was typed into the scan field just before: the head of a code whose keys a slow line tore apart. */
  head: string;
  value: string;
  start: number | null;
  end: number | null;
}

/** A head that was left longer ago belongs to nothing. */
const HEAD_MS = 2000;

/** Whether the scanner of this computer sends Enter; most do, and the first scan shows it. */
const ENTER = "wenlan.desk.scanner-sends-enter";

export class ScanField {
  private readonly scanner = new Scanner(localStorage.getItem(ENTER) !== "no");
  private before: Before | null = null;
  private timer = 0;
  private lastKeyAt = 0;

  constructor(private readonly field: HTMLInputElement, private readonly onScan: (code: string) => void) {
    document.addEventListener("keydown", (event) => this.onKey(event), true);
    field.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    field.addEventListener("paste", (event) => this.paste(event));
  }

  /** Empties the field and puts the cursor there. */
  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  clear(): void {
    this.field.value = "";
  }

  private onKey(event: KeyboardEvent): void {
    clearTimeout(this.timer);
    const reading = this.scanner.press(pressOf(event));
    if (reading.begins) this.remember(event);
    this.lastKeyAt = event.timeStamp;
    if (reading.swallow) {
      event.preventDefault();
      event.stopPropagation();
    }
    this.take(reading.scans);
    this.timer = window.setTimeout(() => this.take(this.scanner.rest(performance.now())), this.scanner.restMs + 5);
  }

  private remember(event: KeyboardEvent): void {
    this.before = snapshot(event.target);
    if (!this.before && isPlain(event)) {
      this.focus();
      this.before = snapshot(this.field);
    }
    const isFresh = event.timeStamp - this.lastKeyAt < HEAD_MS;
    if (this.before?.field === this.field && isFresh) this.before.head = codeIn(this.before.value);
  }

  private take(read: string[]): void {
    if (read.length === 0) return;
    const head = this.before?.head ?? "";
    const scans = read.map((code, place) => (place === 0 ? head + code : code));
    this.restore();
    localStorage.setItem(ENTER, this.scanner.sendsEnter ? "yes" : "no");
    for (const code of scans) this.onScan(code);
    if (!document.querySelector("dialog[open]")) this.focus();
  }

  /** Ends a composition under way (by taking the cursor away), then puts the field back as it was. */
  private restore(): void {
    const { before } = this;
    this.before = null;
    if (!before) return;
    before.field.blur();
    const put = (): void => {
      before.field.value = before.field === this.field ? "" : before.value;
      if (before.field !== this.field && before.start !== null) before.field.setSelectionRange(before.start, before.end);
      before.field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    put();
    window.setTimeout(put); // An input method may deliver its text after the cursor has gone.
  }

  private submit(): void {
    const code = normalise(this.field.value);
    this.clear();
    if (code) this.onScan(code);
  }

  /** A list that is pasted is a scan for each of its lines; what a field of one line makes of it is none. */
  private paste(event: ClipboardEvent): void {
    const codes = (event.clipboardData?.getData("text") ?? "").split(/[\r\n\t]+/).map(normalise).filter(Boolean);
    if (codes.length < 2) return;
    event.preventDefault();
    this.clear();
    codes.forEach(this.onScan);
  }
}

/** Returns the text when it can be a part of a code; what an input method left there cannot. */
function codeIn(text: string): string {
  const code = normalise(text);
  return /^[\x21-\x7e]*$/.test(code) ? code : "";
}

/** The machine's own time of the key: a busy page must not make a scanner look like a hand. */
function pressOf(event: KeyboardEvent): Press {
  const { key, code, timeStamp, shiftKey, ctrlKey, altKey, metaKey, repeat } = event;
  // keyCode 229 is how an input method says that the key is its own; `key` then names no character.
  const isComposing = event.isComposing || event.keyCode === 229;
  return { key, code, timeStamp, shiftKey, ctrlKey, altKey, metaKey, repeat, isComposing };
}

function isPlain(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  return !event.ctrlKey && !event.altKey && !event.metaKey && event.key !== " " && !target.closest("dialog, select, details[open]");
}

function snapshot(target: EventTarget | null): Before | null {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null;
  if (target instanceof HTMLInputElement && !/^(text|search|tel|url|password|number|email|date)$/.test(target.type)) return null;
  const selectable = !(target instanceof HTMLInputElement) || /^(text|search|tel|url|password)$/.test(target.type);
  return { field: target, head: "", value: target.value, start: selectable ? target.selectionStart : null, end: selectable ? target.selectionEnd : null };
}
