/**
 * Lists that are worked with a scanner: every scan goes to the address of the list, its answer becomes a line.
 * And keys that press what is shown: `data-choice-key` on a button, a link or a box.
 *
 * A scan is sent as `{key, code}`; the answer is `{tone: good|look|stop, label, title, note, code, counts}`.
 * `counts` fill the elements `data-count="name"`.
 */
import "../desk-circulation.css";
import "../scanning.css";

import type { Outcome } from "../desk-circulation/contract";
import { ScanField } from "../desk-circulation/field";
import { ScanQueue, type Parcel, type ParcelState } from "../desk-circulation/queue";
import { post, UnreadableError } from "../desk-circulation/server";
import { play } from "../desk-circulation/sound";
import { uuid7 } from "../desk-circulation/uuid";
import { flash } from "../desk-circulation/view";
import { note } from "../shell/requests";
import { say } from "../shell/strings";
import { offerCamera } from "./camera";
import { startChoices } from "./choices";
import { startLabels } from "./labels";

interface Answer {
  tone: Outcome;
  label: string;
  title: string;
  note: string;
  code: string;
  counts: Record<string, number>;
}

const TONES: Record<Outcome, string> = { good: "moss", look: "amber", stop: "vermilion filled" };
const MOST_LINES = 200;

class ScanList {
  private readonly url = this.root.dataset["scanUrl"] ?? "";
  private readonly acts = this.root.querySelector("[data-acts]") as HTMLElement;
  private readonly waits = this.root.querySelector("[data-waits]") as HTMLElement;
  private readonly spoken = this.root.querySelector("[data-spoken]") as HTMLElement;
  private readonly input = this.root.querySelector("[data-scan]") as HTMLInputElement;
  private readonly bar = document.querySelector("[data-flash]") as HTMLElement;
  private readonly field = new ScanField(this.input, (code) => this.scan(code));
  private readonly queue = new ScanQueue<Answer>({
    store: localStorage,
    prefix: `wenlan.list.${this.url}.`,
    send: (parcel) => this.send(parcel),
    prepare: () => undefined,
    onState: (_parcel, state) => this.showWaiting(state),
    onAnswer: (_parcel, answer) => this.answered(answer),
    later: (run, ms) => window.setTimeout(run, ms),
  });

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.queue.restore();
    this.queue.go();
    window.addEventListener("online", () => this.queue.go());
    window.addEventListener("focus", () => this.queue.go());
    this.field.focus();
  }

  private scan(code: string): void {
    this.queue.add({ key: uuid7(), kind: "scan", body: { code }, sent: false });
  }

  private async send(parcel: Parcel): Promise<Answer> {
    try {
      return await post<Answer>(this.url, { key: parcel.key, ...parcel.body });
    } catch (fault) {
      if (!(fault instanceof UnreadableError)) throw fault;
      const code = String(parcel.body["code"]);
      return { tone: "stop", label: "?", title: code, note: "", code, counts: {} };
    }
  }

  private answered(answer: Answer): boolean {
    flash(this.bar, answer.tone);
    play(answer.tone);
    this.acts.prepend(this.line(answer));
    while (this.acts.children.length > MOST_LINES) this.acts.lastElementChild?.remove();
    for (const [name, count] of Object.entries(answer.counts)) {
      const place = this.root.querySelector(`[data-count="${name}"]`);
      if (place) place.textContent = String(count);
    }
    this.spoken.textContent = [answer.label, answer.title, answer.note].filter(Boolean).join("，");
    this.waits.textContent = "";
    return false;
  }

  private line(answer: Answer): DocumentFragment {
    const template = document.getElementById("scan-line") as HTMLTemplateElement;
    const view = template.content.cloneNode(true) as DocumentFragment;
    const slot = (name: string): HTMLElement => view.querySelector(`[data-slot="${name}"]`) as HTMLElement;
    (view.firstElementChild as HTMLElement).classList.add(answer.tone);
    for (const name of ["label", "title", "note", "code"] as const) slot(name).textContent = answer[name];
    slot("label").className += ` ${TONES[answer.tone]}`;
    return view;
  }

  private showWaiting(state: ParcelState): void {
    if (state === "failed") this.waits.textContent = say("shell.offline");
    else if (state === "held") note(say("shell.failed"), "warning");
  }
}

/** A scan that asks for a page: the field is filled and its form sent. */
function startGoing(form: HTMLFormElement): void {
  const input = form.querySelector("[data-scan]") as HTMLInputElement;
  new ScanField(input, (code) => {
    input.value = code;
    form.submit();
  });
  if (input.dataset["camera"]) offerCamera(form, input);
}

startChoices();
for (const root of document.querySelectorAll<HTMLElement>("[data-scan-list]")) new ScanList(root).start();
for (const form of document.querySelectorAll<HTMLFormElement>("[data-scan-go]")) startGoing(form);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-label-form]")) startLabels(form);
