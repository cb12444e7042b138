/**
 * The desk without a line: every act is written into this device's journal first and sent when the line allows. What
 * was taken along (cards, items, rules, open days) says what stands against an act and until when an item is lent.
 * What happened is never refused afterwards: the server records it, or lets a person decide.
 */
import "./off-line-desk.css";

import type { ActName, Answer, Mode, Reader, Refusal } from "../desk-circulation/contract";
import { ScanField } from "../desk-circulation/field";
import { HeldError } from "../desk-circulation/queue";
import { actOf, keyLabel, readKeys, type KeyAct, type Keys } from "../desk-circulation/keys";
import { post, UnreadableError } from "../desk-circulation/server";
import { play } from "../desk-circulation/sound";
import { Twice } from "../desk-circulation/twice";
import { flash, showLine, showReader, showVerdict, spoken, type Line } from "../desk-circulation/view";
import { type Entry, type Journal, openJournal } from "../offline/journal";
import { registerWorker, saveAs } from "../offline/register";
import { type LineState, RefusedError, Sender } from "../offline/sender";
import { startLook } from "../shell/look";
import { say } from "../shell/strings";
import { answerOf, deviceCode, localDay, scopeOf, timeOf } from "./answers";
import { DeviceClock } from "./clock";
import type { Act, CardRow, ItemRow, Said, Snapshot } from "./contract";
import { journalFile, lineOf } from "./file";
import { Known, tidy } from "./known";
import { type Registered, RegistrationForm } from "./registration";
import { have, keep, taken } from "./taken";

const VERSION = 1;
const EXPORTED = "wenlan.journal-exported";
const SEQUENCE = "wenlan.journal-sequence";
const CONTACT_MS = 30_000;
const TAKE_ALONG_MS = 600_000;
const KEEP_SENT_MS = 35 * 86_400_000;
const AT_ONCE = 100;

const ACT_NAMES: Record<Exclude<Act["act"], "visit">, ActName> = { checkout: "out", checkin: "in", renew: "renew", register: "reader" };
const MODES: readonly Mode[] = ["auto", "reader", "out", "in", "renew"];
/** What no right overrules without a line: who it concerns, or whether it was so, is not known here. */
const NEVER = new Set(["card_lost", "item_on_loan", "no_rule", "not_on_loan", "not_longer"]);

type LineIs = LineState | "up";

interface Sitting {
  card: string;
  row: CardRow | undefined;
}

export class OffLineDesk {
  private readonly main = document.querySelector("main[data-off-line]") as HTMLElement;
  private readonly acts = this.part("[data-acts]");
  private readonly input = this.part<HTMLInputElement>("[data-scan]");
  private readonly field = new ScanField(this.input, (code) => void this.queue(() => this.read(code)));
  private readonly twice = new Twice();
  private readonly clock = new DeviceClock(localStorage);
  private readonly lines = new Map<string, Line>();
  private readonly entries = new Map<string, { entry: Entry<Act, Said>; before: ItemRow | undefined }>();
  private readonly keys: Keys = readKeys(localStorage);
  private readonly device = deviceCode();
  private readonly registration = new RegistrationForm(this.part<HTMLDialogElement>("[data-registering]"), {
    meta: () => this.known?.meta,
    today: () => this.clock.today,
    isCardKnown: async (card) => (await this.known?.card(card)) !== undefined,
    onRegistered: (line) => this.queue(() => this.register(line)),
  });
  private journal!: Journal<Act, Said>;
  private sender!: Sender<Act, Said>;
  private known: Known | null = null;
  private mode: Mode = "auto";
  private modeBefore: Mode = "auto";
  private reader: Sitting | null = null;
  private line: LineIs = "idle";
  private takenAt = 0;
  private work: Promise<void> = Promise.resolve();

  async start(): Promise<void> {
    startLook();
    this.journal = await openJournal<Act, Said>("acts", () => this.clock.tick(), withoutSeal);
    const [newest] = await this.journal.list(1);
    if (newest) this.clock.goOnAfter(timeOf(newest.id));
    this.sender = new Sender<Act, Said>({
      journal: this.journal,
      send: (entries) => this.send(entries),
      onState: (state, why) => void this.showState(state, why),
      most: AT_ONCE,
    });
    await this.load();
    for (const entry of (await this.journal.list(50)).reverse()) this.showEntry(entry);
    this.listen();
    await this.show();
    this.field.focus();
    this.main.dataset["ready"] = "yes";
    window.setInterval(() => void this.contact(), CONTACT_MS);
    await this.contact();
    const { workerUrl, scope } = this.main.dataset;
    const isKept = await registerWorker(workerUrl ?? "", scope ?? "");
    this.part("[data-not-lasting]").hidden = this.journal.isLasting;
    this.part("[data-not-kept]").hidden = isKept;
    this.main.dataset["kept"] = String(isKept);
    await this.journal.forgetSent(new Date(Date.now() - KEEP_SENT_MS));
  }

  private listen(): void {
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.main.addEventListener("click", (event) => void this.onClick(event.target as Element));
    this.main.addEventListener("submit", (event) => this.onOverride(event));
    window.addEventListener("online", () => void this.contact());
    document.addEventListener("visibilitychange", () => void this.contact());
    for (const label of document.querySelectorAll<HTMLElement>("kbd[data-key]")) {
      label.textContent = keyLabel(this.keys[label.dataset["key"] as KeyAct]);
    }
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.main.querySelector(selector) as Kind;
  }

  /** One after the other: the acts are written in the order of the scans. */
  private queue(run: () => Promise<void>): Promise<void> {
    this.work = this.work.then(run, run);
    return this.work;
  }

  // What is taken along

  private async load(): Promise<void> {
    const found = self.crypto?.subtle ? await taken(VERSION).catch(() => null) : null;
    if (!found) return;
    this.known = new Known(found);
    await this.known.catchUp(await this.journal.all());
    if (this.reader) this.reader.row = await this.known.card(this.reader.card);
  }

  private async takeAlong(): Promise<void> {
    if (!self.crypto?.subtle) return;
    const node = this.main.dataset["node"] ?? "";
    const snapshot = await post<Snapshot>(this.main.dataset["snapshotUrl"] ?? "", { have: await have(node) });
    await keep(snapshot);
    this.takenAt = Date.now();
    await this.load();
    await this.show();
  }

  // The line

  /** Asks the server for its clock, sends what waits, and fetches what has changed. */
  private async contact(): Promise<void> {
    try {
      const asked = Date.now();
      const { now } = await this.talk([]);
      this.clock.heard(now, Date.now() - asked, (await this.journal.count()).unsent > 0);
      if (this.line === "down" || this.line === "held") this.line = "up";
      await this.sender.go();
      if ((this.line === "idle" || this.line === "up") && Date.now() - this.takenAt > TAKE_ALONG_MS) await this.takeAlong();
    } catch (fault) {
      this.line = fault instanceof HeldError ? "held" : "down";
    }
    await this.show();
  }

  private talk(lines: string[]): Promise<{ now: string; said: Record<string, Said> }> {
    const { device, clock } = this;
    const sent = { device, sent_at: new Date().toISOString(), offset: clock.offset, lines };
    return post(this.main.dataset["actsUrl"] ?? "", sent);
  }

  private async send(entries: Entry<Act, Said>[]): Promise<Record<string, Said>> {
    try {
      const { said } = await this.talk(entries.map(lineOf));
      for (const entry of entries) {
        const answer = said[entry.id];
        if (answer) this.showEntry({ ...entry, sent: 1, answer });
      }
      return said;
    } catch (fault) {
      if (fault instanceof UnreadableError) throw new RefusedError(say("off_line.unreadable"));
      throw fault;
    }
  }

  private async showState(state: LineState, why: string): Promise<void> {
    this.line = state;
    if (state !== "sending") await this.show(why);
  }

  private async show(why = ""): Promise<void> {
    const { unsent } = await this.journal.count();
    const state = this.line === "up" ? "idle" : this.line;
    const bar = this.part("[data-line]");
    bar.className = `line-state ${state}`;
    this.part("[data-line-word]").textContent = say(`off_line.${state}`);
    this.part("[data-line-why]").textContent = why || this.age();
    this.part("[data-unsent]").textContent = String(unsent);
    this.part("[data-unsent-box]").classList.toggle("some", unsent > 0);
    this.part("[data-no-data]").hidden = this.known !== null;
    this.part("[data-sign-in]").hidden = this.line !== "held";
    this.part("[data-register]").hidden = !this.known?.meta.joining;
    this.main.dataset["line"] = state;
    await this.showVisits();
    showReader(this.part("[data-reader]"), this.panel());
  }

  /** How old the data is that was taken along, in words. */
  private age(): string {
    if (!this.known) return "";
    const { counts, now } = this.known.meta;
    const hours = Math.max(0, Math.floor((this.clock.here - Date.parse(now)) / 3_600_000));
    const old = hours < 1 ? say("off_line.fresh") : say(hours < 48 ? "off_line.hours_old" : "off_line.days_old", { hours, days: Math.floor(hours / 24) });
    return say("off_line.taken", { cards: counts.cards, items: counts.items, age: old });
  }

  // Scans

  private async read(code: string): Promise<void> {
    if (!this.twice.saw(code, this.mode)) return this.scan(code);
    play("look");
    this.part("[data-line-why]").textContent = say("circulation.read_twice", { code });
  }

  private async scan(read: string): Promise<void> {
    const code = tidy(read);
    if (!code) return;
    if (this.registration.isOpen) return this.registration.scanned(code);
    const mode = this.mode === "auto" ? await this.meant(code) : this.mode;
    if (this.mode === "reader") this.setMode(this.modeBefore);
    if (mode === "reader") return this.seat(code);
    if (mode === "out") return this.checkOut(code);
    if (mode === "in") return this.checkIn(code);
    if (mode === "renew") return this.renew(code);
    this.tell(answerOf("stop", "unknown", code, { lines: [say("off_line.card_or_item")], choices: [
      { scope: "reader", text: say("off_line.is_card") }, { scope: "item", text: say("off_line.is_item") },
      ...(this.known?.meta.joining ? [{ scope: "new", text: say("off_line.is_new") }] : []),
    ] }));
  }

  /** What a scan means by itself: a known card, a known item, or nothing that can be known here. */
  private async meant(code: string): Promise<Mode | "ask"> {
    const item = this.known?.item(code);
    if (item) return this.reader && item[3] !== "on_loan" ? "out" : "in";
    if (await this.known?.card(code)) return "reader";
    return "ask";
  }

  /** Somebody became a reader here: written down, and seated at once to borrow. */
  private async register(line: Registered): Promise<void> {
    await this.did("register", { ...line }, answerOf("good", "reader", line.card, { title: line.reader, lines: [say("off_line.registered")] }));
    this.reader = { card: line.card, row: await this.known?.card(line.card) };
    if (this.mode === "reader") this.setMode(this.modeBefore);
    await this.show();
  }

  private async seat(code: string): Promise<void> {
    const row = await this.known?.card(code);
    this.reader = { card: code, row };
    const against = row && this.known ? this.known.refusals(row, undefined, this.clock.today) : [];
    const lines = row ? against.map((one) => this.word(one)) : [say("off_line.card_not_here")];
    this.tell(answerOf(lines.length > 0 ? "look" : "good", "reader", code, { lines, reader: this.panel() }));
    await this.show();
  }

  private async checkOut(code: string, reason = ""): Promise<void> {
    const { reader, known } = this;
    if (!reader) return this.tell(answerOf("stop", "out", code, { lines: [say("off_line.card_first")] }));
    const item = known?.item(code);
    const refusals = known?.refusals(reader.row, item, this.clock.today) ?? [];
    if (refusals.length > 0 && !reason) return this.refuse("out", code, item, refusals);
    const due = known?.due(reader.row, item, this.clock.today) ?? "";
    const lines = [...(item ? [] : [say("off_line.item_not_here")]), ...(reader.row ? [] : [say("off_line.card_not_here")])];
    const fields = { card: reader.card, item: code, ...scopeOf(item), ...(due && { due }), ...(reason && { reason }) };
    await this.did("checkout", fields, answerOf(lines.length > 0 ? "look" : "good", "out", code, { title: item?.[2] ?? "", due_on: due, lines }));
  }

  private async checkIn(code: string): Promise<void> {
    const item = this.known?.item(code);
    const lines: string[] = [];
    if (this.known && !item) lines.push(say("off_line.item_not_here"));
    else if (item && item[3] !== "on_loan") lines.push(say("off_line.was_not_lent"));
    else if (item && item[7] && item[7] < this.clock.today) lines.push(say("off_line.was_due", { day: item[7] }));
    if (item?.[6]) lines.push(say("off_line.waited_for"));
    await this.did("checkin", { item: code, ...scopeOf(item) }, answerOf(lines.length > 0 ? "look" : "good", "in", code, { title: item?.[2] ?? "", lines }));
  }

  private async renew(code: string, reason = ""): Promise<void> {
    const item = this.known?.item(code);
    const { refusals, due } = this.known?.renewal(this.reader?.row, item, this.clock.today) ?? { refusals: [], due: "" };
    if (refusals.length > 0 && !reason) return this.refuse("renew", code, item, refusals);
    const fields = { item: code, ...scopeOf(item), ...(this.reader && { card: this.reader.card }), ...(due && { due }), ...(reason && { reason }) };
    const lines = due ? [] : [say("off_line.due_later")];
    await this.did("renew", fields, answerOf(due ? "good" : "look", "renew", code, { title: item?.[2] ?? "", due_on: due, lines }));
  }

  private word(refusal: string): string {
    return this.known?.meta.refusals[refusal] ?? refusal;
  }

  private refuse(act: ActName, code: string, item: ItemRow | undefined, codes: string[]): void {
    const may = this.known?.meta.may_override ?? false;
    const refusals: Refusal[] = codes.map((one) => ({ code: one, text: this.word(one), may_override: may && !NEVER.has(one) }));
    this.tell(answerOf("stop", act, code, { title: item?.[2] ?? "", refusals }));
  }

  /** Writes down what was done; only then it is said. */
  private async did(act: Act["act"], fields: Partial<Act>, answer: Answer): Promise<void> {
    const before = this.known?.item(fields.item ?? "", fields.scope);
    const copy = before && ([...before] as ItemRow);
    const { node, by } = this.signs();
    const body: Act = { act, at: new Date().toISOString(), offset: this.clock.offset, node, by, ...fields };
    const entry = await this.written(body);
    if (!entry) return this.tell({ ...answer, outcome: "stop", due_on: "", lines: [say("off_line.not_written")] });
    await this.known?.apply(body);
    this.entries.set(entry.id, { entry, before: copy });
    this.tell({ ...answer, key: entry.id, undo_key: entry.id });
    await this.show();
    void this.sender.go();
  }

  /** Writes an act down; null when this device could not: its store is full, or was taken away under the page. */
  private written(body: Act): Promise<Entry<Act, Said> | null> {
    return this.journal.append(body).catch(() => null);
  }

  /** Under whose name and where acts are written: as the page says, which is as old as the last line. */
  private signs(): { node: string; by: string } {
    const { node = "", by = "" } = this.main.dataset;
    return { node, by };
  }

  private async visit(): Promise<void> {
    const { node, by } = this.signs();
    const body: Act = { act: "visit", at: new Date().toISOString(), offset: this.clock.offset, node, by, persons: 1 };
    const entry = await this.written(body);
    if (!entry) return this.tell(answerOf("stop", "unknown", "", { lines: [say("off_line.not_written")] }));
    play("good");
    await this.show();
    void this.sender.go();
  }

  private async showVisits(): Promise<void> {
    const today = this.clock.today;
    const counted = (await this.journal.all()).filter(({ body }) => body.act === "visit" && localDay(body) === today);
    this.part("[data-visits]").textContent = String(counted.reduce((sum, { body }) => sum + (body.persons ?? 0), 0));
  }

  // What is seen

  private tell(answer: Answer): void {
    this.draw({ key: answer.key, code: answer.barcode, state: "answered", answer, undone: false, mode: answer.act });
    flash(document.querySelector("[data-flash]") as HTMLElement, answer.outcome);
    showVerdict(this.part("[data-verdict]"), answer, answer.barcode);
    play(answer.outcome);
    this.part("[data-spoken]").textContent = spoken(answer);
  }

  private draw(line: Line): void {
    this.lines.set(line.key, line);
    showLine(this.acts, line, this.known?.meta.may_override ?? false);
    const drawn = this.acts.querySelector(`[data-key="${line.key}"]`);
    const kept = this.entries.get(line.key)?.entry;
    const waits = kept?.sent === 0 && !line.undone;
    drawn?.querySelector<HTMLElement>("[data-slot=code]")?.setAttribute("data-waits", waits ? say("circulation.unsent") : "");
  }

  /** Draws an act of the journal with what the server said of it. */
  private showEntry(entry: Entry<Act, Said>): void {
    const { body, answer: said } = entry;
    if (body.act === "visit") return;
    const act = ACT_NAMES[body.act];
    const code = body.item ?? body.card ?? "";
    const shown = this.lines.get(entry.id)?.answer ?? answerOf("good", act, code, { due_on: body.due ?? "", lines: body.reader ? [say("off_line.registered")] : [] });
    const title = said?.title || shown.title || body.reader || this.known?.item(body.item ?? "", body.scope)?.[2] || "";
    const lines = said?.label ? [said.label] : said ? [] : shown.lines;
    const isSettled = said !== undefined || entry.sent === 1;
    const answer: Answer = {
      ...shown, key: entry.id, title, lines, outcome: said ? said.tone : shown.outcome, due_on: said?.due || shown.due_on, undo_key: isSettled ? "" : entry.id,
    };
    this.entries.set(entry.id, { entry, before: this.entries.get(entry.id)?.before });
    this.draw({ key: entry.id, code, state: "answered", answer, undone: said?.state === "set_aside", mode: act });
  }

  private panel(): Reader | null {
    const { reader, known } = this;
    if (!reader) return null;
    const { row } = reader;
    const category = row && known?.meta.categories[row[2]];
    const against = row && known ? known.refusals(row, undefined, this.clock.today) : [];
    return {
      card: reader.card, id: 0, name: row?.[1] || say("off_line.unknown_reader"), category: category?.name ?? "", home: "",
      valid_until: row?.[5] ?? "", loans: row && known ? known.loans(row) : 0, limit: row && known ? known.limit(row) : 0,
      points: null, points_floor: null, blocks: against.map((one) => ({ state: "blocked", text: this.word(one) })),
      open_loans: [], url: "",
    };
  }

  // Hands

  private onKey(event: KeyboardEvent): void {
    const act = actOf(this.keys, event.code);
    if (!act || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    if (act === "undo") void this.undoNewest();
    else if (act === "override") this.acts.querySelector<HTMLInputElement>(".act:first-child .override input")?.focus();
    else if (MODES.includes(act as Mode)) {
      if (act === "auto") this.field.clear();
      this.setMode(act === this.mode ? "auto" : (act as Mode));
    }
    if (act !== "override") this.field.focus();
  }

  private setMode(mode: Mode): void {
    if (mode === "reader") this.modeBefore = this.mode === "reader" ? this.modeBefore : this.mode;
    this.mode = mode;
    this.input.placeholder = say(`circulation.mode_${mode}`);
    for (const button of this.main.querySelectorAll<HTMLElement>("[data-mode-button]")) {
      button.setAttribute("aria-pressed", String(button.dataset["modeButton"] === mode));
    }
  }

  private async onClick(target: Element): Promise<void> {
    const { dataset } = (target.closest("button") ?? target) as HTMLElement;
    if (dataset["modeButton"]) this.setMode(dataset["modeButton"] as Mode);
    if (dataset["undo"] !== undefined) await this.undoNewest();
    if (dataset["undoKey"]) await this.undo(dataset["undoKey"]);
    if (dataset["visit"] !== undefined) await this.visit();
    if (dataset["register"] !== undefined) this.registration.open();
    if (dataset["contact"] !== undefined) await this.contact();
    if (dataset["export"] !== undefined) await this.save();
    if (dataset["choose"] !== undefined) await this.choose(dataset["line"] ?? "", dataset["choose"]);
    if (dataset["putAway"] !== undefined) {
      this.reader = null;
      await this.show();
    }
    if (!target.closest("input, a, summary, dialog") && !this.registration.isOpen) this.field.focus();
  }

  private choose(key: string, as: string): Promise<void> {
    const code = this.lines.get(key)?.code ?? "";
    if (as === "new") return Promise.resolve(this.registration.open(code));
    return this.queue(() => (as === "reader" ? this.seat(code) : this.reader ? this.checkOut(code) : this.checkIn(code)));
  }

  private onOverride(event: Event): void {
    const form = event.target as HTMLFormElement;
    const line = this.lines.get(form.dataset["override"] ?? "");
    if (!line) return;
    event.preventDefault();
    const reason = (form.elements.namedItem("reason") as HTMLInputElement).value.trim();
    if (!reason) return;
    void this.queue(() => (line.mode === "renew" ? this.renew(line.code, reason) : this.checkOut(line.code, reason)));
    form.remove();
    this.field.focus();
  }

  private undoNewest(): Promise<void> {
    const newest = [...this.lines.values()].reverse().find((line) => line.answer?.undo_key && !line.undone);
    if (newest) return this.undo(newest.key);
    this.part("[data-spoken]").textContent = say("off_line.nothing_to_undo");
    return Promise.resolve();
  }

  /** Takes a slip of the hand back: only what neither was sent nor has left as a file. */
  private async undo(key: string): Promise<void> {
    const line = this.lines.get(key);
    const { entry, before } = this.entries.get(key) ?? {};
    if (!line || !entry) return;
    if (entry.body.act === "register" && (await this.journal.unsent(100_000)).some(({ id, body }) => id !== key && body.card === entry.body.card)) {
      this.part("[data-spoken]").textContent = say("off_line.card_lent");
      return;
    }
    const isGone = key <= (localStorage.getItem(EXPORTED) ?? "") || !(await this.journal.drop(key));
    if (isGone) {
      this.part("[data-spoken]").textContent = say("off_line.sent_already");
      return;
    }
    await this.known?.unapply(entry.body, before);
    this.draw({ ...line, undone: true });
    play("good");
    await this.show();
  }

  /** Writes what waits into a file; from then on nothing of it is taken back here. */
  private async save(): Promise<void> {
    const waiting = await this.journal.unsent(100_000);
    const last = waiting[waiting.length - 1];
    if (!last) {
      this.part("[data-line-why]").textContent = say("off_line.nothing_to_save");
      return;
    }
    const sequence = Number(localStorage.getItem(SEQUENCE) ?? "0") + 1;
    try {
      localStorage.setItem(SEQUENCE, String(sequence));
      localStorage.setItem(EXPORTED, last.id);
    } catch {
      // A full store is when the file is needed most; an act undone after it comes with it all the same, as a conflict.
    }
    const madeAt = new Date(this.clock.here).toISOString();
    saveAs(`journal-${this.device}-${sequence}.jsonl`, await journalFile(this.device, sequence, madeAt, waiting));
  }
}

/** What is kept of an act that the server has: of a registration no longer what was said of the person. */
function withoutSeal(act: Act): Act {
  const { sealed: _sealed, ...rest } = act;
  return rest;
}

void new OffLineDesk().start();
