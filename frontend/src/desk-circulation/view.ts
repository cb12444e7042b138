/** Drawing the desk: the reader's panel and the lines of the sitting, from templates that stand in the page. */
import { say } from "../shell/strings";
import type { Answer, Outcome, Reader } from "./contract";
import type { ParcelState } from "./queue";

/** One line of the sitting, as it is kept in this tab so that a reload shows it again. */
export interface Line {
  key: string;
  code: string;
  state: ParcelState | "answered";
  answer: Answer | null;
  undone: boolean;
  /** Stands on a slip already. */
  printed?: boolean;
  /** The scan's mode: an override or a choice of branch is sent in the same one. */
  mode: string;
}

const TONES: Record<Outcome, string> = { good: "moss", look: "amber", stop: "vermilion filled" };
/** What stands against lending is vermilion; what is only to be looked at or handed over is not. */
const BLOCK_TONES: Record<string, string> = { owes: "amber", reserved: "moss" };
const MOST_LINES = 200;

function clone(id: string): DocumentFragment {
  const template = document.getElementById(id) as HTMLTemplateElement;
  return template.content.cloneNode(true) as DocumentFragment;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name, properties: Partial<HTMLElementTagNameMap[Name]> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(text: string, data: Record<string, string>, tone = ""): HTMLButtonElement {
  const made = element("button", { type: "button", className: `button ${tone}` }, text);
  Object.assign(made.dataset, data);
  return made;
}

export function showReader(panel: HTMLElement, reader: Reader | null): void {
  if (!reader) {
    panel.replaceChildren(
      element("div", { className: "reader-none" }, element("b", {}, say("circulation.no_reader_yet")), element("p", {}, say("circulation.no_reader_help"))),
    );
    return;
  }
  const view = clone("reader-template");
  const slot = (name: string): HTMLElement => view.querySelector(`[data-slot="${name}"]`) as HTMLElement;
  for (const name of ["name", "category", "card", "home", "valid_until", "deposit"] as const) {
    slot(name).textContent = reader[name] ?? "";
    if (!reader[name]) slot(name).closest<HTMLElement>("dl > div")?.setAttribute("hidden", "");
  }
  slot("loans").textContent = String(reader.loans);
  slot("limit").textContent = String(reader.limit);
  slot("loans-tally").classList.toggle("full", reader.loans >= reader.limit);
  showPoints(slot, reader);
  slot("blocks").append(...reader.blocks.map((block) =>
    element("li", {}, element("span", { className: `seal ${BLOCK_TONES[block.state] ?? "vermilion"} filled` }, blockWord(block.state)), block.text)));
  slot("open_loans").append(...reader.open_loans.map((loan) =>
    element("li", { className: loan.overdue ? "late" : "" },
      element("span", { className: "loan-title", title: `${loan.title} ${loan.barcode}`.trim() }, loan.title || loan.barcode),
      element("span", { className: "loan-due" }, loan.due_on))));
  slot("open_loans").hidden = reader.open_loans.length === 0;
  const link = slot("url") as HTMLAnchorElement;
  if (reader.url) link.href = reader.url;
  else link.hidden = true;
  panel.replaceChildren(view);
}

function showPoints(slot: (name: string) => HTMLElement, reader: Reader): void {
  if (reader.points === null) {
    slot("points-tally").hidden = true;
    return;
  }
  slot("points").textContent = String(reader.points);
  slot("points-tally").classList.toggle("full", reader.points_floor !== null && reader.points < reader.points_floor);
  if (reader.points_floor !== null) slot("floor").textContent = say("circulation.points_floor", { floor: reader.points_floor });
}

function blockWord(state: string): string {
  return say(`circulation.block_${state}`);
}

/** Draws a line, in the place of its earlier form when it has one, else on top. */
export function showLine(list: HTMLElement, line: Line, mayOverride: boolean): void {
  const view = clone("act-template").firstElementChild as HTMLElement;
  const slot = (name: string): HTMLElement => view.querySelector(`[data-slot="${name}"]`) as HTMLElement;
  view.dataset["key"] = line.key;
  const { answer } = line;
  slot("code").textContent = answer?.barcode || line.code;
  if (!answer) {
    view.classList.add("waiting");
    slot("seal").textContent = say(line.state === "waiting" || line.state === "sending" ? "circulation.sending" : "circulation.unsent");
    if (line.state === "failed" || line.state === "held") slot("seal").classList.add("amber", "filled");
    slot("title").textContent = line.code;
    slot("code").textContent = "";
    if (line.state !== "sending") slot("tools").append(...waitingTools(line));
  } else {
    fillAnswer(view, slot, line, answer, mayOverride);
  }
  const earlier = list.querySelector(`[data-key="${line.key}"]`);
  if (earlier) earlier.replaceWith(view);
  else list.prepend(view);
  while (list.children.length > MOST_LINES) list.lastElementChild?.remove();
}

function waitingTools(line: Line): HTMLElement[] {
  if (line.state === "waiting") return [button(say("circulation.leave_out"), { drop: line.key }, "quiet")];
  return [button(say("circulation.retry"), { go: "" })];
}

function fillAnswer(view: HTMLElement, slot: (name: string) => HTMLElement, line: Line, answer: Answer, mayOverride: boolean): void {
  view.classList.add(answer.outcome);
  view.classList.toggle("undone", line.undone);
  const seal = slot("seal");
  seal.textContent = line.undone ? say("circulation.seal_undone") : sealWord(answer);
  if (!line.undone) seal.classList.add(...(answer.act === "reader" && answer.outcome === "good" ? "indigo" : TONES[answer.outcome]).split(" "));
  slot("title").textContent = answer.title || answer.reader?.name || line.code;
  slot("rule").textContent = answer.rule;
  if (answer.due_on && (answer.act === "out" || answer.act === "renew")) slot("due").textContent = say("circulation.due", { day: answer.due_on });
  else if (answer.call_number) slot("due").textContent = answer.call_number;
  if (answer.undo_key && !line.undone) slot("tools").append(button(say("circulation.undo"), { undoKey: answer.undo_key, undoLine: line.key }, "quiet"));
  if (answer.slip_url && !line.undone) slot("tools").append(element("a", { className: "button quiet", href: answer.slip_url, target: "_blank" }, say("circulation.way_slip")));
  const more = slot("more");
  more.append(...answer.lines.map((text) => element("p", { className: "act-said" }, text)));
  if (answer.refusals.length > 0) more.append(refusals(answer));
  if (canOverride(answer)) more.append(mayOverride ? overrideForm(line) : element("p", { className: "ink-2" }, say("circulation.may_not_override")));
  if (answer.choices.length > 0) {
    more.append(element("div", { className: "choices" }, ...answer.choices.map((choice) => button(choice.text, { choose: choice.scope, line: line.key }))));
  }
}

function sealWord(answer: Answer): string {
  if (answer.outcome === "stop") return say("circulation.seal_stop");
  const words: Partial<Record<Answer["act"], string>> = {
    out: "seal_lent", in: "seal_returned", renew: "seal_renewed", reader: "seal_reader", undo: "seal_undone", item: "seal_item",
  };
  return say(`circulation.${words[answer.act] ?? "seal_look"}`);
}

function refusals(answer: Answer): HTMLElement {
  return element("ul", { className: "act-refusals" }, ...answer.refusals.map((refusal) => element("li", {}, refusal.text)));
}

export function canOverride(answer: Answer): boolean {
  return answer.outcome === "stop" && answer.refusals.length > 0 && answer.refusals.every((refusal) => refusal.may_override);
}

function overrideForm(line: Line): HTMLElement {
  const input = element("input", { type: "text", name: "reason", required: true, maxLength: 200, placeholder: say("circulation.override_reason") });
  input.setAttribute("aria-label", say("circulation.override_reason"));
  const form = element("form", { className: "override" }, input, element("button", { className: "button danger" }, say("circulation.override")));
  form.dataset["override"] = line.key;
  return form;
}

/** Tells the outcome of the last scan large, in its colour, where the eye is: above the acts. */
export function showVerdict(band: HTMLElement, answer: Answer, code: string): void {
  const slot = (name: string): HTMLElement => band.querySelector(`[data-slot="${name}"]`) as HTMLElement;
  const isLent = answer.act === "out" || answer.act === "renew";
  const due = isLent && answer.due_on ? say("circulation.due", { day: answer.due_on }) : "";
  slot("word").textContent = sealWord(answer);
  slot("title").textContent = answer.title || answer.reader?.name || code;
  slot("said").textContent = answer.refusals[0]?.text ?? answer.lines[0] ?? due;
  flash(band, answer.outcome, "verdict");
}

/** Flashes the bar on top of the screen: the answer that is seen without looking. */
export function flash(bar: HTMLElement, outcome: Outcome, name = "flash"): void {
  bar.className = name;
  void bar.offsetWidth; // restarts the animation
  bar.classList.add("on", outcome);
}

/** What a screen reader says of a line. */
export function spoken(answer: Answer): string {
  const words = [sealWord(answer), answer.title, ...answer.lines, ...answer.refusals.map((refusal) => refusal.text)];
  if (answer.due_on) words.push(say("circulation.due", { day: answer.due_on }));
  return words.filter(Boolean).join("，");
}
