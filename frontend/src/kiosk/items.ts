/**
 * Lending and returning at a self-service station: what is shown to the scanner, or laid on the pad, goes to the
 * server in order and once; each answer is a line of the page. Nothing is kept beyond the page: the next reader
 * starts with nothing.
 */
import { Agent } from "../agent/client";
import { Pad } from "../agent/pad";
import { ScanField } from "../desk-circulation/field";
import { normalise } from "../desk-circulation/scanner";
import { HeldError, type Parcel, type ParcelState, ScanQueue, type Store } from "../desk-circulation/queue";
import { post, UnreadableError } from "../desk-circulation/server";
import { play } from "../desk-circulation/sound";
import { uuid7 } from "../desk-circulation/uuid";
import { say } from "../shell/strings";

type Outcome = "good" | "look" | "stop";

interface Answer {
  act: string;
  outcome: Outcome;
  barcode: string;
  refusals: string[];
  line: string;
}

/** A store that ends with the page. */
class Pocket implements Store {
  private readonly kept = new Map<string, string>();

  get length(): number {
    return this.kept.size;
  }

  key(place: number): string | null {
    return [...this.kept.keys()][place] ?? null;
  }

  getItem(name: string): string | null {
    return this.kept.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    this.kept.set(name, value);
  }

  removeItem(name: string): void {
    this.kept.delete(name);
  }
}

export class Items {
  private readonly act = this.root.dataset["act"] ?? "";
  private readonly lines = this.part("[data-lines]");
  private readonly waits = this.part("[data-waits]");
  private readonly finish = document.querySelector("[data-finish]") as HTMLAnchorElement;
  private readonly queue: ScanQueue<Answer>;
  private readonly pad: Pad;

  constructor(private readonly root: HTMLElement, private readonly touched: () => void) {
    this.queue = new ScanQueue<Answer>({
      store: new Pocket(),
      prefix: "",
      send: (parcel) => this.send(parcel),
      prepare: () => undefined,
      onState: (_parcel, state) => this.showWaits(state),
      onAnswer: (_parcel, answer) => this.answered(answer),
      later: (run, ms) => window.setTimeout(run, ms),
    });
    const agent = new Agent();
    this.pad = new Pad({
      scan: (code) => this.scan(code),
      arm: (uid, armed) => agent.arm(uid, armed),
      show: () => this.showOwed(),
      later: (run, ms) => window.setTimeout(run, ms),
    });
    if (agent.isPaired) this.listen(agent);
  }

  start(): void {
    const field = new ScanField(this.part<HTMLInputElement>("[data-scan]"), (code) => this.scan(code));
    field.focus();
    // Who taps "Done" too soon waits until everything is answered.
    this.finish.addEventListener("click", (event) => {
      if (this.queue.waiting > 0) event.preventDefault();
    });
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.root.querySelector(selector) as Kind;
  }

  private listen(agent: Agent): void {
    agent.listen({
      hello: (state) => {
        this.pad.begin([]);
        state.tags.forEach((tag) => this.pad.arrived(tag)); // laid down before the page came
      },
      arrived: (tag) => this.pad.arrived(tag),
      left: (tag) => this.pad.left(tag),
      changed: (tag) => this.pad.changed(tag),
    });
  }

  private scan(read: string): void {
    const code = normalise(read);
    if (!code) return;
    this.touched();
    const key = uuid7();
    this.queue.add({ key, kind: "scan", body: { act: this.act, code, key }, sent: false });
  }

  private async send(parcel: Parcel): Promise<Answer> {
    try {
      return await post<Answer>(this.root.dataset["scanUrl"] ?? "", parcel.body);
    } catch (fault) {
      if (fault instanceof UnreadableError) {
        const line = document.createElement("li");
        line.className = "kiosk-line stop";
        line.textContent = say("kiosk.unread");
        return { act: this.act, outcome: "stop", barcode: "", refusals: [], line: line.outerHTML };
      }
      if (fault instanceof HeldError) window.setTimeout(() => location.assign(this.root.dataset["start"] ?? "/"), 3000);
      throw fault;
    }
  }

  private answered(answer: Answer): boolean {
    this.touched();
    this.lines.insertAdjacentHTML("afterbegin", answer.line);
    this.pad.answered(answer.act, answer.outcome, answer.barcode, answer.refusals.includes("item_on_loan"));
    play(answer.outcome);
    for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) button.hidden = false;
    window.setTimeout(() => this.showWaits("waiting"));
    return false;
  }

  private showWaits(state: ParcelState): void {
    const count = this.queue.waiting;
    this.finish.toggleAttribute("data-waits", count > 0);
    if (state === "held") this.waits.textContent = say("kiosk.over");
    else this.waits.textContent = count > 0 && state === "failed" ? say("kiosk.waiting", { count }) : "";
  }

  private showOwed(): void {
    const codes = [...new Set(this.pad.owed.filter((owed) => owed.why).map((owed) => owed.code))].join("、");
    if (codes) this.waits.textContent = say("kiosk.lay_back", { codes });
  }
}
