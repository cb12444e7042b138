/** The cataloguer's editor: a record by field, by keyboard, with the rules beside it and every step undoable. */
import "../cataloguing.css";

import { say } from "../shell/strings";
import { uuid7 } from "../desk-circulation/uuid";
import type { Authority, Checked, Draft, Finding, Format, Headings, Native, Opened, Reading, Refusal, Saved, Subfield } from "./contract";
import { button, element, meant } from "./dom";
import * as draft from "./draft";
import { drawFields, fit, inputAt, markFindings, spotOf, type Spot } from "./fields";
import { chooseFixed } from "./fixed";
import { chooseHeading } from "./headings";
import { Keeping } from "./keeping";
import { actOf, type Act } from "./keys";
import { choosePinyin } from "./pinyin";
import { get, HeldError, post, RefusedError } from "./server";
import { drawCard, drawFindings, drawHelp, drawLikenesses } from "./side";

const REST_MS = 450;

class Editor {
  private readonly opened = JSON.parse(document.getElementById("opened-record")?.textContent ?? "{}") as Opened;
  private readonly fields = this.part("[data-fields]");
  private readonly state = this.part("[data-state]");
  private readonly dialog = this.part<HTMLDialogElement>("[data-chooser]");
  private readonly steps: draft.Steps;
  private format: Format = { fields: {}, coded: {}, leaderName: "", headings: [] };
  private saved: Draft;
  private checked: { draft: Draft; findings: Finding[] } | null = null;
  private spot: Spot | null = null;
  private at = -1;
  private timer = 0;
  private asked = 0;
  private key = uuid7();
  private keeping: Keeping;
  private nevertheless = false;

  constructor(private readonly root: HTMLElement) {
    const { leader, fields } = this.opened;
    this.saved = { leader, fields };
    this.steps = new draft.Steps(this.saved);
    this.keeping = new Keeping(localStorage, this.keptAs());
  }

  private keptAs(): string {
    return `${this.root.dataset["staff"] ?? ""}.${this.opened.record ?? this.opened.template}`;
  }

  async start(): Promise<void> {
    this.format = await get<Format>(this.address("format"));
    this.fillTags();
    this.draw();
    this.root.addEventListener("input", (event) => this.onInput(event));
    this.root.addEventListener("focusin", (event) => this.onFocus(event.target));
    this.root.addEventListener("click", (event) => this.onClick(event.target as Element));
    document.addEventListener("keydown", (event) => this.onKey(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.steps.now === this.saved) return;
      event.preventDefault();
      event.returnValue = "";
    });
    this.focusFirst();
    this.offerKept();
    await this.check();
  }

  private offerKept(): void {
    const kept = this.keeping.find(this.opened.hash, this.opened);
    if (!kept) return;
    const take = button(say("cataloguing.kept_take"), {}, "", "primary");
    const leave = button(say("cataloguing.kept_leave"), {});
    take.addEventListener("click", () => {
      this.say("");
      this.change(kept, null);
    });
    leave.addEventListener("click", () => {
      this.say("");
      this.keeping.forget();
    });
    this.say(say("cataloguing.kept_found"), "warning", " ", take, " ", leave);
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.root.querySelector(selector) as Kind;
  }

  private address(name: string): string {
    return this.root.dataset[`${name}Url`] ?? "";
  }

  // Drawing

  private draw(spot: Spot | null = null): void {
    drawFields(this.fields, this.steps.now, this.format);
    if (this.checked) markFindings(this.fields, this.checked.draft === this.steps.now ? this.checked.findings : []);
    if (spot) this.focus(spot);
    else drawHelp(this.part("[data-help]"), this.steps.now, this.format, null);
    this.showSteps();
  }

  private showSteps(): void {
    this.part<HTMLButtonElement>('[data-do="undo"]').disabled = !this.steps.canUndo;
    this.part<HTMLButtonElement>('[data-do="redo"]').disabled = !this.steps.canRedo;
    this.root.classList.toggle("dirty", this.steps.now !== this.saved);
  }

  private focus(spot: Spot): void {
    const input = inputAt(this.fields, spot) ?? inputAt(this.fields, { ...spot, sub: 0, part: "value" });
    input?.focus();
    input?.scrollIntoView({ block: "nearest" });
  }

  private focusFirst(): void {
    const empty = this.steps.now.fields.findIndex((field) => draft.subfieldsOf(field).some(([, value]) => value === ""));
    const field = empty < 0 ? this.steps.now.fields.findIndex(([tag]) => tag === "200") : empty;
    const sub = empty < 0 ? 0 : draft.subfieldsOf(this.steps.now.fields[field] as Native).findIndex(([, value]) => value === "");
    this.focus({ field, sub, part: "value" });
  }

  private fillTags(): void {
    const tags = this.part<HTMLDataListElement>("#cataloguing-tags");
    tags.replaceChildren(...Object.entries(this.format.fields).map(([tag, form]) => element("option", { value: tag }, `${tag} ${form.name}`)));
  }

  private say(text: string, tone = "", ...more: (Node | string)[]): void {
    this.state.className = `editor-state ${tone}`;
    this.state.replaceChildren(text, ...more);
  }

  // Changes

  private change(next: Draft, spot: Spot | null): void {
    this.steps.to(next);
    this.draw(spot ?? this.spot);
    this.checkSoon();
  }

  private onInput(event: Event): void {
    const target = event.target as HTMLInputElement | HTMLTextAreaElement;
    const spot = spotOf(target);
    if (!spot) return;
    const now = this.steps.now;
    const mark = `${spot.part}.${spot.field}.${spot.sub}`;
    if (spot.part === "value") {
      const value = target.value.replace(/[\r\n]+/g, "");
      if (value !== target.value) target.value = value;
      this.steps.to(draft.setValue(now, spot.field, spot.sub, target.dataset["coded"] === undefined ? value : meant(value)), mark);
      fit(target as HTMLTextAreaElement);
    } else {
      const typed = target.value.slice(-1) || (spot.part === "indicator" ? "#" : "");
      if (!typed || (event as InputEvent).isComposing) return;
      const next = spot.part === "code"
        ? draft.setCode(now, spot.field, spot.sub, typed)
        : draft.setIndicator(now, spot.field, spot.sub === -1 ? 0 : 1, meant(typed));
      this.change(next, spot.part === "code" ? { ...spot, part: "value" } : spot);
    }
    this.showSteps();
    this.checkSoon();
  }

  private onFocus(target: EventTarget | null): void {
    const spot = spotOf(target);
    if (!spot) return;
    this.steps.rest();
    this.spot = spot;
    if (spot.part !== "value") (target as HTMLInputElement).select();
    drawHelp(this.part("[data-help]"), this.steps.now, this.format, spot);
  }

  private step(goes: boolean): void {
    if (!goes) return;
    this.draw(this.spot);
    this.checkSoon();
  }

  // Acts

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const act = actOf(event, spotOf(event.target), event.target);
    if (!act) return;
    event.preventDefault();
    this.act(act);
  }

  private act(act: Act): void {
    const spot = this.spot;
    const acts: Record<Act, () => unknown> = {
      save: () => this.save(),
      undo: () => this.step(this.steps.undo()),
      redo: () => this.step(this.steps.redo()),
      "add-field": () => this.askTag(),
      "next-finding": () => this.nextFinding(),
      repair: () => this.repair(Math.max(this.at, 0)),
      alike: () => this.part("[data-likenesses] a")?.focus(),
      "next-line": () => this.walk(1),
      "line-before": () => this.walk(-1),
      "add-subfield": () => spot && this.addSubfield(spot),
      "remove-subfield": () => spot && this.removeSubfield(spot),
      "remove-field": () => spot && spot.field >= 0 && this.change(draft.removeField(this.steps.now, spot.field), this.near(spot.field)),
      up: () => spot && this.moveField(spot, -1),
      down: () => spot && this.moveField(spot, 1),
      "subfield-up": () => spot && this.moveSubfield(spot, -1),
      "subfield-down": () => spot && this.moveSubfield(spot, 1),
      fixed: () => spot && this.openFixed(spot, null),
      pinyin: () => spot && this.openPinyin(spot.field),
      heading: () => spot && this.openHeading(spot.field),
    };
    acts[act]();
  }

  private onClick(target: Element): void {
    const hit = (selector: string): HTMLElement | null => target.closest<HTMLElement>(selector);
    const todo = hit("[data-do], [data-act]");
    const fixed = hit("[data-fixed]");
    if (todo) this.act((todo.dataset["do"] ?? todo.dataset["act"]) as Act);
    else if (fixed) this.openFixed({ field: Number(fixed.dataset["at"]), sub: Number(fixed.dataset["sub"]), part: "value" }, null);
    else if (hit("[data-goto]")) this.goTo(Number(hit("[data-goto]")?.dataset["goto"]));
    else if (hit("[data-repair]")) void this.repair(Number(hit("[data-repair]")?.dataset["repair"]));
    else if (hit("[data-code]") && this.spot) this.addSubfield(this.spot, hit("[data-code]")?.dataset["code"] ?? "");
  }

  private walk(by: number): void {
    const inputs = [...this.fields.querySelectorAll<HTMLTextAreaElement>('[data-part="value"]')];
    const here = this.spot ? inputAt(this.fields, { ...this.spot, sub: Math.max(this.spot.sub, 0), part: "value" }) : null;
    const next = inputs[inputs.indexOf(here as HTMLTextAreaElement) + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  private near(field: number): Spot {
    return { field: Math.max(Math.min(field, this.steps.now.fields.length - 2), 0), sub: 0, part: "value" };
  }

  private addSubfield(spot: Spot, code = ""): void {
    if (spot.field < 0) return;
    const after = Math.max(spot.sub, -1);
    const next = draft.addSubfield(this.steps.now, spot.field, after, code || "a");
    if (next === this.steps.now) return;
    this.change(next, { field: spot.field, sub: after + 1, part: code ? "value" : "code" });
  }

  private removeSubfield(spot: Spot): void {
    if (spot.field < 0 || spot.sub < 0) return;
    const left = draft.subfieldsOf(this.steps.now.fields[spot.field] as Native).length - 1;
    const next = left === 0 ? this.near(spot.field) : { ...spot, sub: Math.min(spot.sub, left - 1), part: "value" as const };
    this.change(draft.removeSubfield(this.steps.now, spot.field, spot.sub), next);
  }

  private moveField(spot: Spot, by: number): void {
    const to = spot.field + by;
    if (spot.field < 0 || to < 0 || to >= this.steps.now.fields.length) return;
    this.change(draft.moveField(this.steps.now, spot.field, by), { ...spot, field: to });
  }

  private moveSubfield(spot: Spot, by: number): void {
    const to = spot.sub + by;
    if (spot.field < 0 || to < 0 || to >= draft.subfieldsOf(this.steps.now.fields[spot.field] as Native).length) return;
    this.change(draft.moveSubfield(this.steps.now, spot.field, spot.sub, by), { ...spot, sub: to });
  }

  private askTag(): void {
    const input = element("input", { className: "mono", maxLength: 3, autocomplete: "off", spellcheck: false, inputMode: "numeric" });
    input.setAttribute("list", "cataloguing-tags");
    input.setAttribute("aria-label", say("cataloguing.tag"));
    const add = (): void => {
      if (!/^[0-9A-Za-z]{3}$/.test(input.value)) return;
      this.dialog.close();
      const [next, at] = draft.addField(this.steps.now, input.value, this.format);
      this.change(next, { field: at, sub: 0, part: "value" });
      const first = draft.subfieldsOf(next.fields[at] as Native)[0] as Subfield;
      if (this.format.coded[input.value + first[0]]) this.openFixed({ field: at, sub: 0, part: "value" }, null);
    };
    input.addEventListener("input", () => input.value.length === 3 && add());
    this.dialog.replaceChildren(element("h2", {}, say("cataloguing.add_field")), element("p", { className: "ink-2" }, say("cataloguing.tag_hint")), input);
    this.dialog.onkeydown = null;
    this.dialog.showModal();
    input.focus();
  }

  private openFixed(spot: Spot, position: number | null): void {
    const field = this.steps.now.fields[spot.field];
    const code = field && !draft.isControl(field) ? (field[2][spot.sub]?.[0] ?? "") : "";
    const coded = this.format.coded[spot.field === draft.LEADER ? "LDR" : `${field?.[0] ?? ""}${code}`];
    if (!coded) return;
    const text = spot.field === draft.LEADER ? this.steps.now.leader : (draft.subfieldsOf(field as Native)[spot.sub]?.[1] ?? "");
    const name = spot.field === draft.LEADER ? this.format.leaderName : `${field?.[0] ?? ""} ${this.format.fields[field?.[0] ?? ""]?.name ?? ""}`;
    chooseFixed(this.dialog, { heading: name, coded, text, leader: this.steps.now.leader, position }, (kept) =>
      this.change(draft.setValue(this.steps.now, spot.field, spot.sub, kept), { ...spot, part: "value" }));
  }

  private async openPinyin(at: number): Promise<void> {
    const field = this.steps.now.fields[at];
    if (!field || draft.isControl(field)) return;
    const text = field[2].find(([code]) => code === "a")?.[1] ?? "";
    if (!text) return;
    await this.ask(async () => {
      const { readings } = await post<{ readings: Reading[] }>(this.address("readings"), { text, name: field[0].startsWith("7") });
      const spot = this.spot?.field === at ? this.spot : { field: at, sub: 0, part: "value" as const };
      choosePinyin(this.dialog, text, readings, (pinyin) => this.change(draft.setPinyin(this.steps.now, at, pinyin), { ...spot, part: "value" }));
    });
  }

  private openHeading(at: number): void {
    const field = this.steps.now.fields[at];
    if (!field || draft.isControl(field) || !this.format.headings.includes(field[0])) return;
    const said = field[2].filter(([code]) => "ab".includes(code)).map(([, value]) => value).join("");
    const { format } = this.opened;
    const search = async (text: string): Promise<Headings | null> => {
      let answer: Headings | null = null;
      await this.ask(async () => {
        answer = await post<Headings>(this.address("headings"), { text, tag: field[0], format });
      });
      return answer;
    };
    chooseHeading(this.dialog, said, search, (authority) => void this.link(at, authority));
  }

  private async link(at: number, authority: Authority): Promise<void> {
    const field = this.steps.now.fields[at];
    if (!field) return;
    await this.ask(async () => {
      const answer = await post<{ field: Native }>(this.address("link"), { field, authority: authority.uid, format: this.opened.format });
      this.change(draft.setField(this.steps.now, at, answer.field), { field: at, sub: 0, part: "value" });
    });
  }

  // Rules

  private checkSoon(): void {
    this.nevertheless = false;
    if (this.steps.now === this.saved) this.keeping.forget();
    else this.keeping.keep({ hash: this.opened.hash, draft: this.steps.now });
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.check(), REST_MS);
  }

  private async check(): Promise<void> {
    window.clearTimeout(this.timer);
    const asked = ++this.asked;
    const now = this.steps.now;
    await this.ask(async () => {
      const found = await post<Checked>(this.address("check"), { draft: now, record: this.opened.record, format: this.opened.format });
      if (asked !== this.asked) return;
      this.checked = { draft: now, findings: found.findings };
      this.at = -1;
      drawFindings(this.part("[data-findings]"), found.findings);
      drawLikenesses(this.part("[data-likenesses]"), found.duplicates);
      drawCard(this.part("[data-card]"), found.card);
      markFindings(this.fields, found.findings);
    });
  }

  private goTo(nth: number): void {
    const one = this.checked?.findings[nth];
    if (!one) return;
    this.at = nth;
    const field = one.field ?? (one.tag === "LDR" ? draft.LEADER : -2);
    if (field > -2) this.focus({ field, sub: one.subfield ?? 0, part: "value" });
    for (const row of this.root.querySelectorAll(".finding")) row.classList.remove("current");
    this.root.querySelectorAll(".finding")[nth]?.classList.add("current");
  }

  private nextFinding(): void {
    const count = this.checked?.findings.length ?? 0;
    if (count > 0) this.goTo((this.at + 1) % count);
  }

  private async repair(nth: number): Promise<void> {
    const wanted = this.checked?.findings[nth];
    if (!wanted?.repair) return;
    if (this.checked?.draft !== this.steps.now) await this.check();
    const one = this.checked?.findings.find((other) => other.rule === wanted.rule && other.tag === wanted.tag && other.text === wanted.text);
    if (!one?.repair || this.checked?.draft !== this.steps.now) return;
    const spot: Spot = { field: one.field ?? draft.LEADER, sub: one.subfield ?? 0, part: "value" };
    if (one.repair.name === "pinyin") await this.openPinyin(spot.field);
    else if (one.repair.name === "fixed") this.openFixed(spot, one.position);
    else {
      const edit = one.repair.edits[0];
      this.change(draft.apply(this.steps.now, one.repair.edits), edit && typeof edit[1] === "number" && edit[0] !== "remove" ? { field: edit[1], sub: one.subfield ?? 0, part: "value" } : null);
      await this.check();
    }
  }

  // Saving

  private async save(): Promise<void> {
    if (this.checked?.draft !== this.steps.now) await this.check();
    const errors = this.checked?.findings.filter((one) => one.gravity === "error").length ?? 0;
    if (errors > 0 && !this.nevertheless) {
      this.nevertheless = true;
      this.say(say("cataloguing.errors_first", { count: errors }), "warning");
      return;
    }
    const now = this.steps.now;
    this.say(say("cataloguing.saving"));
    await this.ask(async () => {
      try {
        this.kept(await post<Saved>(this.address("save"), { ...this.request(), draft: now }));
      } catch (fault) {
        if (!(fault instanceof RefusedError)) throw fault;
        this.key = uuid7();
        if (fault.refusal.stored) this.showConflict(fault.refusal);
        else this.say(fault.refusal.message, "error");
      }
    });
  }

  private request(): Record<string, unknown> {
    const { template, format, record, hash } = this.opened;
    return { key: this.key, template, format, record, hash, note: this.part<HTMLInputElement>("[data-note]").value.trim() };
  }

  private kept(saved: Saved): void {
    this.keeping.forget();
    Object.assign(this.opened, { record: saved.record, hash: saved.hash });
    this.keeping = new Keeping(localStorage, this.keptAs());
    this.key = uuid7();
    this.part<HTMLInputElement>("[data-note]").value = "";
    this.nevertheless = false;
    this.saved = { leader: saved.leader, fields: saved.fields };
    this.steps.to(this.saved);
    history.replaceState(null, "", saved.url);
    this.root.dispatchEvent(new CustomEvent("kept"));
    for (const link of this.root.querySelectorAll<HTMLAnchorElement>("[data-of-record]")) {
      link.href = (link.dataset["ofRecord"] ?? "").replace("/0/", `/${saved.record}/`);
      link.hidden = false;
    }
    this.draw(this.spot);
    this.say(say("cataloguing.saved", { title: saved.title }), "success");
    this.checkSoon();
  }

  private showConflict(refusal: Refusal): void {
    const stored = refusal.stored as Draft;
    const take = button(say("cataloguing.take_theirs"), {});
    const put = button(say("cataloguing.put_mine"), {}, "", "primary");
    const back = button(say("cataloguing.leave"), {}, "Esc");
    const lines = element("ul", { className: "conflict mono" }, ...(refusal.lines ?? []).map((line) => element("li", { className: line.sign === "+" ? "came" : "went" }, `${line.sign} ${line.text}`)));
    take.addEventListener("click", () => {
      this.dialog.close();
      this.opened.hash = refusal.hash ?? "";
      this.saved = { leader: stored.leader, fields: stored.fields };
      this.change(this.saved, null);
      this.say(say("cataloguing.taken"), "success");
    });
    put.addEventListener("click", () => {
      this.dialog.close();
      this.opened.hash = refusal.hash ?? "";
      void this.save();
    });
    back.addEventListener("click", () => this.dialog.close());
    this.dialog.onkeydown = null;
    this.dialog.replaceChildren(
      element("h2", {}, refusal.message), element("p", {}, say("cataloguing.saved_by", { by: refusal.by ?? "" })),
      element("p", { className: "ink-2" }, say("cataloguing.conflict_lines")), lines, element("p", { className: "actions" }, take, put, back));
    this.say(refusal.message, "error");
    this.dialog.showModal();
  }

  /** Asks the server; what goes wrong on the way is said, and nothing that was typed is lost. */
  private async ask(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.root.classList.remove("offline");
    } catch (fault) {
      this.root.classList.add("offline");
      if (fault instanceof RefusedError) this.say(fault.message, "error");
      else this.say(say(fault instanceof HeldError ? "cataloguing.sign_in" : "shell.offline"), "error");
    }
  }
}

const root = document.querySelector<HTMLElement>("[data-cataloguing]");
if (root) void new Editor(root).start();
