/** The circulation desk: scans in, acts out, in order, and nothing lost on the way. */
import "../desk-circulation.css";

import { PadAtDesk } from "../agent/desk";
import { say } from "../shell/strings";
import type { Answer, Mode, Reader, ScanRequest } from "./contract";
import { ScanField } from "./field";
import { ACTS, actOf, assign, keyLabel, readKeys, writeKeys, type KeyAct, type Keys } from "./keys";
import { ScanQueue, type Parcel, type ParcelState } from "./queue";
import { normalise } from "./scanner";
import { post, UnreadableError } from "./server";
import { drawSlip, visitOf } from "./slip";
import { isSoundOn, play, switchSound } from "./sound";
import { Twice } from "./twice";
import { uuid7 } from "./uuid";
import { flash, showLine, showReader, showVerdict, spoken, type Line } from "./view";

const MOST_KEPT = 100;

class CirculationDesk {
  private readonly staff = this.root.dataset["staff"] ?? "";
  private readonly panel = this.part("[data-reader]");
  private readonly acts = this.part("[data-acts]");
  private readonly waits = this.part("[data-waits]");
  private readonly verdict = this.part("[data-verdict]");
  private readonly slip = document.querySelector("[data-slip-sheet]") as HTMLElement;
  private readonly bar = document.querySelector("[data-flash]") as HTMLElement;
  private readonly input = this.part<HTMLInputElement>("[data-scan]");
  private readonly mayOverride = this.root.dataset["mayOverride"] !== undefined;
  private readonly lines = new Map<string, Line>();
  private readonly field = new ScanField(this.input, (code) => this.read(code));
  private readonly queue: ScanQueue<Answer>;
  private keys: Keys = readKeys(localStorage);
  private mode: Mode = "auto";
  private modeBefore: Mode = "auto";
  private reader: Reader | null = null;
  private readonly twice = new Twice();
  private pad: PadAtDesk | null = null;

  constructor(private readonly root: HTMLElement) {
    this.queue = new ScanQueue<Answer>({
      store: localStorage,
      prefix: `wenlan.scan.${this.staff}.`,
      send: (parcel) => this.send(parcel),
      prepare: (parcel) => {
        if (parcel.kind === "scan") parcel.body["reader"] = this.reader?.card ?? "";
      },
      onState: (parcel, state) => this.showState(parcel, state),
      onAnswer: (parcel, answer) => this.answered(parcel, answer),
      later: (run, ms) => window.setTimeout(run, ms),
    });
  }

  start(): void {
    this.restoreSitting();
    for (const parcel of this.queue.restore()) this.showState(parcel, "waiting");
    this.queue.go();
    this.readEarly();
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.root.addEventListener("click", (event) => this.onClick(event.target as Element));
    this.root.addEventListener("submit", (event) => this.onOverride(event));
    window.addEventListener("online", () => this.queue.go());
    window.addEventListener("focus", () => this.field.focus());
    window.addEventListener("afterprint", () => document.body.classList.remove("prints-slip"));
    document.body.append(this.slip);
    this.showKeys();
    this.drawKeyFields();
    this.showSound();
    this.pad = PadAtDesk.start(this.part("[data-scan-form]"), this.root.dataset["passageUrl"] ?? "", (code) => this.scan(code));
    this.field.focus();
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.root.querySelector(selector) as Kind;
  }

  // Scans

  /** A scan that came before this script was loaded went with the form: it stands in the address. */
  private readEarly(): void {
    const code = normalise(new URLSearchParams(location.search).get("code") ?? "");
    if (!code) return;
    history.replaceState(null, "", location.pathname);
    this.read(code);
  }

  private read(code: string): void {
    if (!this.twice.saw(code, this.mode)) {
      this.scan(code);
      return;
    }
    play("look");
    this.waits.textContent = say("circulation.read_twice", { code });
  }

  private scan(code: string, more: Partial<ScanRequest> = {}): void {
    const request: ScanRequest = {
      key: uuid7(), mode: this.mode, code, reader: "", overrides: [], reason: "", scope: "",
      scanned_at: new Date().toISOString(), ...more,
    };
    if (this.mode === "reader") this.setMode(this.modeBefore);
    this.queue.add({ key: request.key, kind: "scan", body: { ...request }, sent: false });
  }

  private undo(undoKey: string): void {
    const key = uuid7();
    this.queue.add({ key, kind: "undo", body: { key, undo_key: undoKey }, sent: false });
  }

  private async send(parcel: Parcel): Promise<Answer> {
    const address = this.root.dataset[parcel.kind === "scan" ? "scanUrl" : "undoUrl"] ?? "";
    try {
      return await post<Answer>(address, parcel.body);
    } catch (fault) {
      if (fault instanceof UnreadableError) return unreadable(parcel);
      throw fault;
    }
  }

  private showState(parcel: Parcel, state: ParcelState): void {
    if (parcel.kind === "scan") {
      const { code, mode } = parcel.body as unknown as ScanRequest;
      this.show({ key: parcel.key, code, mode, state, answer: null, undone: false });
    }
    this.showWaits(state);
  }

  /** Returns true when what was scanned behind must wait: a card that failed would lend to the reader before. */
  private answered(parcel: Parcel, answer: Answer): boolean {
    const body = parcel.body as unknown as ScanRequest;
    const isLost = answer.outcome === "stop" && (answer.act === "reader" || answer.act === "unknown");
    if (answer.act === "reader" && answer.outcome === "stop") this.setReader(null);
    if (answer.reader) this.setReader(answer.reader);
    if (parcel.kind === "undo") this.markUndone(parcel, answer);
    else this.pad?.answered(answer);
    this.show({ key: parcel.key, code: body.code ?? "", mode: body.mode ?? "auto", state: "answered", answer, undone: false });
    flash(this.bar, answer.outcome);
    showVerdict(this.verdict, answer, body.code ?? "");
    play(answer.outcome);
    this.part("[data-spoken]").textContent = spoken(answer);
    this.keepSitting();
    window.setTimeout(() => this.showWaits("waiting"));
    return isLost;
  }

  private markUndone(parcel: Parcel, answer: Answer): void {
    if (answer.outcome === "stop") return;
    const undoKey = parcel.body["undo_key"];
    const line = [...this.lines.values()].find((other) => other.answer?.undo_key === undoKey);
    if (line) this.show({ ...line, undone: true });
    this.pad?.undone(line?.answer ?? null);
  }

  private show(line: Line): void {
    this.lines.set(line.key, line);
    showLine(this.acts, line, this.mayOverride);
  }

  private showWaits(state: ParcelState): void {
    const count = this.queue.waiting;
    const troubled = state === "failed" || state === "held" || this.queue.isPaused;
    this.waits.replaceChildren();
    if (!troubled || count === 0) return;
    const words = state === "held" ? "refused_by_server" : this.queue.isPaused ? "look_first" : "waiting";
    const go = document.createElement("button");
    Object.assign(go, { type: "button", className: "button", textContent: say(this.queue.isPaused && state !== "held" ? "circulation.go_on" : "circulation.retry") });
    go.dataset["go"] = "";
    this.waits.append(say(`circulation.${words}`, { count }), go);
    if (state === "failed") this.waits.append(this.wayOffLine());
  }

  /** Where to go on while the line stays down; what waits here is sent from here. */
  private wayOffLine(): HTMLAnchorElement {
    const way = document.createElement("a");
    Object.assign(way, { className: "button", href: this.root.dataset["offLineUrl"] ?? "", textContent: say("circulation.off_line") });
    return way;
  }

  private setReader(reader: Reader | null): void {
    this.reader = reader;
    showReader(this.panel, reader);
  }

  // Hands

  private onKey(event: KeyboardEvent): void {
    if (document.querySelector("dialog[open]")) return;
    const act = actOf(this.keys, event.code);
    if (!act || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    this.perform(act);
  }

  private perform(act: KeyAct): void {
    if (act === "undo") this.undoNewest();
    else if (act === "slip") this.printSlip();
    else if (act === "override") this.acts.querySelector<HTMLInputElement>(".act:first-child .override input")?.focus();
    else {
      if (act === "auto") this.field.clear();
      this.setMode(act === this.mode ? "auto" : act);
    }
    if (act !== "override") this.field.focus();
  }

  private undoNewest(): void {
    const newest = [...this.lines.values()].reverse().find((line) => line.answer?.undo_key && !line.undone);
    if (newest?.answer) this.undo(newest.answer.undo_key);
    else this.part("[data-spoken]").textContent = say("circulation.nothing_to_undo");
  }

  /** Prints what was done for this reader; the cursor stays where scans go. */
  private printSlip(): void {
    const visit = visitOf([...this.lines.values()], this.reader);
    if (visit.length === 0) {
      this.part("[data-spoken]").textContent = say("circulation.nothing_for_a_slip");
      this.waits.textContent = say("circulation.nothing_for_a_slip");
      return;
    }
    drawSlip(this.slip, visit, this.reader);
    document.body.classList.add("prints-slip");
    window.print();
    visit.forEach((line) => this.lines.set(line.key, { ...line, printed: true }));
    this.keepSitting();
  }

  private setMode(mode: Mode): void {
    if (mode === "reader") this.modeBefore = this.mode === "reader" ? this.modeBefore : this.mode;
    this.mode = mode;
    this.root.dataset["mode"] = mode;
    this.input.placeholder = say(`circulation.mode_${mode}`);
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-mode-button]")) {
      button.setAttribute("aria-pressed", String(button.dataset["modeButton"] === mode));
    }
  }

  private onClick(target: Element): void {
    const { dataset } = (target.closest("button") ?? target) as HTMLElement;
    if (dataset["modeButton"]) this.setMode(dataset["modeButton"] as Mode);
    if (dataset["undo"] !== undefined) this.undoNewest();
    if (dataset["slipButton"] !== undefined) this.printSlip();
    if (dataset["undoKey"]) this.undo(dataset["undoKey"]);
    if (dataset["go"] !== undefined) this.queue.go();
    if (dataset["drop"]) this.drop(dataset["drop"]);
    if (dataset["choose"] !== undefined) this.choose(dataset["line"] ?? "", dataset["choose"]);
    if (dataset["putAway"] !== undefined) this.setReader(null);
    if (dataset["sound"] !== undefined) this.showSound(switchSound());
    if (!target.closest("input, a, summary") && !document.querySelector("dialog[open]")) this.field.focus();
  }

  private drop(key: string): void {
    if (!this.queue.drop(key)) return;
    this.lines.delete(key);
    this.acts.querySelector(`[data-key="${key}"]`)?.remove();
    this.showWaits("waiting");
  }

  private choose(key: string, scope: string): void {
    const line = this.lines.get(key);
    if (line) this.scan(line.code, { scope, mode: line.mode as Mode });
  }

  private onOverride(event: Event): void {
    const form = event.target as HTMLFormElement;
    const line = this.lines.get(form.dataset["override"] ?? "");
    if (!line?.answer) return;
    event.preventDefault();
    const reason = (form.elements.namedItem("reason") as HTMLInputElement).value.trim();
    const mode = line.answer.act === "renew" ? "renew" : line.answer.act === "in" ? "in" : "out";
    this.scan(line.code, { mode, reason, overrides: line.answer.refusals.map((refusal) => refusal.code) });
    form.remove();
    this.field.focus();
  }

  // What stays: the sitting in this tab, the keys and the sound on this computer

  private keepSitting(): void {
    const lines = [...this.lines.values()].filter((line) => line.answer).slice(-MOST_KEPT);
    try {
      sessionStorage.setItem("wenlan.sitting", JSON.stringify({ staff: this.staff, lines, reader: this.reader }));
    } catch {
      // A full store costs the look back after a reload, not an act.
    }
  }

  private restoreSitting(): void {
    const kept = JSON.parse(sessionStorage.getItem("wenlan.sitting") ?? "null") as { staff: string; lines: Line[]; reader: Reader | null } | null;
    if (!kept || kept.staff !== this.staff) {
      sessionStorage.removeItem("wenlan.sitting");
      return;
    }
    kept.lines.forEach((line) => this.show(line));
    if (kept.reader) this.setReader(kept.reader);
  }

  private showSound(isOn: boolean = isSoundOn()): void {
    this.part("[data-sound]").setAttribute("aria-pressed", String(isOn));
  }

  private showKeys(): void {
    for (const label of document.querySelectorAll<HTMLElement>("kbd[data-key]")) {
      label.textContent = keyLabel(this.keys[label.dataset["key"] as KeyAct]);
    }
  }

  private drawKeyFields(): void {
    const fields = document.querySelector("[data-key-fields]") as HTMLElement;
    fields.replaceChildren(...ACTS.map((act) => this.keyField(act)));
  }

  private keyField(act: KeyAct): HTMLElement {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { readOnly: true, value: keyLabel(this.keys[act]), className: "code" });
    input.addEventListener("keydown", (event) => {
      if (event.code === "Tab" || (event.code === "Escape" && act !== "auto")) return;
      event.preventDefault();
      event.stopPropagation();
      this.assignKey(act, event.code);
    });
    label.append(say(`circulation.key_${act}`), input);
    return label;
  }

  private assignKey(act: KeyAct, code: string): void {
    const fault = document.querySelector("[data-key-fault]") as HTMLElement;
    const assigned = assign(this.keys, act, code);
    fault.hidden = typeof assigned === "object" && assigned !== null;
    if (assigned === null) fault.textContent = say("circulation.keys_not_allowed");
    else if (typeof assigned === "string") fault.textContent = say("circulation.keys_taken", { act: say(`circulation.key_${assigned}`) });
    else {
      this.keys = assigned;
      writeKeys(localStorage, assigned);
      this.showKeys();
      this.drawKeyFields();
    }
  }
}

function unreadable(parcel: Parcel): Answer {
  return {
    key: parcel.key, outcome: "stop", act: "unknown", title: "", barcode: "", call_number: "", due_on: "", days_late: 0,
    lines: [say("circulation.unreadable")], rule: "", reader: null, refusals: [], choices: [], undo_key: "",
  };
}

const root = document.querySelector<HTMLElement>("[data-circulation]");
if (root) new CirculationDesk(root).start();
