/** The pad at the circulation desk: a strip that says what lies there and what did not obey, and the gate's alarm. */
import "./agent.css";

import type { Answer } from "../desk-circulation/contract";
import { play } from "../desk-circulation/sound";
import { say } from "../shell/strings";
import { Agent, type Device, type Tag } from "./client";
import { type Owed, Pad } from "./pad";

const TAB = "wenlan.agent.tab";
const OWED = "wenlan.agent.owed";
const IS_OUT = ["item_on_loan"];
const MOST_ALARMS = 5;

interface Passage {
  found: { code: string; title: string; status: string; is_out: boolean } | null;
}

export class PadAtDesk {
  private readonly agent = new Agent();
  private readonly tab = `${Date.now()}.${Math.random()}`;
  private readonly strip = document.createElement("div");
  private readonly alarms = document.createElement("div");
  private readonly pad: Pad;
  private devices: Device[] = [];
  private isLost = false;

  /** Returns the pad of a computer that is paired with an agent, else null. */
  static start(before: Element, passageUrl: string, scan: (code: string) => void): PadAtDesk | null {
    const made = new PadAtDesk(passageUrl, scan);
    if (!made.agent.isPaired) return null;
    before.after(made.strip);
    before.before(made.alarms);
    made.listen();
    return made;
  }

  private constructor(private readonly passageUrl: string, private readonly scan: (code: string) => void) {
    this.strip.className = "pad-strip";
    this.alarms.className = "pad-alarms";
    this.alarms.setAttribute("role", "alert");
    this.pad = new Pad({
      scan: (code) => this.scanHere(code),
      arm: (uid, armed) => this.agent.arm(uid, armed),
      show: () => this.show(),
      later: (run, ms) => window.setTimeout(run, ms),
    });
    this.strip.addEventListener("click", (event) => this.onClick(event.target as HTMLElement));
    this.alarms.addEventListener("click", (event) => (event.target as Element).closest("button")?.closest("p")?.remove());
  }

  /** The server's answer to a scan, wherever the scan came from. */
  answered(answer: Answer): void {
    const isOut = answer.refusals.some((refusal) => IS_OUT.includes(refusal.code));
    this.pad.answered(answer.act, answer.outcome, answer.barcode, isOut);
  }

  /** An act that was done before is undone. */
  undone(before: Answer | null): void {
    if (before) this.pad.undone(before.act, before.barcode);
  }

  private scanHere(code: string): void {
    if (localStorage.getItem(TAB) === this.tab) this.scan(code);
  }

  private listen(): void {
    // Of several pages on this computer the one last looked at reads the pad.
    const lead = (): void => localStorage.setItem(TAB, this.tab);
    lead();
    window.addEventListener("focus", lead);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lead());
    this.agent.listen({
      hello: (state) => {
        this.devices = state.devices;
        this.isLost = false;
        this.pad.begin(state.tags);
        this.pad.owe(JSON.parse(sessionStorage.getItem(OWED) ?? "[]") as Owed[]);
      },
      arrived: (tag) => this.pad.arrived(tag),
      left: (tag) => this.pad.left(tag),
      changed: (tag) => this.pad.changed(tag),
      card: ({ number }) => this.scanHere(number),
      passage: (tag) => void this.alarm(tag),
      device: (device) => {
        this.devices = [...this.devices.filter((other) => other.kind !== device.kind), device];
        this.show();
      },
      lost: () => {
        this.isLost = true;
        this.show();
      },
    });
  }

  private onClick(target: HTMLElement): void {
    if (target.dataset["padRetry"] !== undefined) this.pad.retry();
    if (target.dataset["padForget"]) this.pad.forget(target.dataset["padForget"]);
  }

  private show(): void {
    sessionStorage.setItem(OWED, JSON.stringify(this.pad.owed));
    const tags = [...this.pad.lying.values()];
    const open = tags.filter((tag) => tag.armed === false).length;
    const parts: Node[] = [text("p", say("agent.on_pad", { count: tags.length, open }))];
    const silent = tags.filter((tag) => tag.kind === "blank" || tag.kind === "strange").length;
    if (silent) parts.push(text("p", say("agent.unlabelled", { count: silent }), "look"));
    for (const set of this.pad.incomplete) parts.push(text("p", say("agent.incomplete", { code: set.code, here: set.here, total: set.total }), "look"));
    if (this.failed.length) parts.push(this.owedList());
    const trouble = this.devices.find((device) => device.kind === "pad" && device.trouble);
    if (this.isLost) parts.push(text("p", say("agent.absent"), "stop"));
    else if (trouble) parts.push(text("p", say("agent.trouble", { why: trouble.trouble }), "stop"));
    this.strip.replaceChildren(...parts);
  }

  /** What was tried and not heard; what is only on its way is not worth a word. */
  private get failed(): Owed[] {
    return this.pad.owed.filter((owed) => owed.why);
  }

  private owedList(): HTMLElement {
    const list = document.createElement("ul");
    for (const owed of this.failed) {
      const line = text("li", say(owed.armed ? "agent.not_armed" : "agent.not_released", { code: owed.code }), "stop");
      if (owed.why === "not_switched") line.append(` ${say("agent.locked")}`);
      line.append(button(say("agent.again"), "padRetry", ""), button(say("agent.put_aside"), "padForget", owed.uid));
      list.append(line);
    }
    return list;
  }

  private async alarm(tag: Tag): Promise<void> {
    play("stop");
    const query = new URLSearchParams({ code: tag.code, uid: tag.uid });
    let found: Passage["found"] = null;
    try {
      const answer = await fetch(`${this.passageUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (answer.ok) ({ found } = (await answer.json()) as Passage);
    } catch {
      // The gate is loud without a title too.
    }
    const words = found ? (found.is_out ? "agent.passage_lent" : "agent.passage") : "agent.passage_unknown";
    const time = new Date().toTimeString().slice(0, 5);
    const line = text("p", say(words, { title: found?.title ?? "", code: found?.code ?? (tag.code || tag.uid), time, status: found?.status ?? "" }));
    line.append(button(say("agent.seen"), "padSeen", ""));
    this.alarms.prepend(line);
    while (this.alarms.children.length > MOST_ALARMS) this.alarms.lastElementChild?.remove();
  }
}

function text(name: string, words: string, tone = ""): HTMLElement {
  return Object.assign(document.createElement(name), { textContent: words, className: tone });
}

function button(words: string, data: string, value: string): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: words });
  made.dataset[data] = value;
  return made;
}
