/**
 * Stocktaking on a phone, with or without a line. A scan is written into the journal of the count first and sent
 * when the line allows; what the server says of it (in its place, misplaced, on loan ...) is shown beside it.
 */
import "./stocktaking.css";

import { ScanField } from "../desk-circulation/field";
import { normalise } from "../desk-circulation/scanner";
import { post, UnreadableError } from "../desk-circulation/server";
import { play } from "../desk-circulation/sound";
import { type Entry, type Journal, openJournal } from "../offline/journal";
import { registerWorker, saveAs } from "../offline/register";
import { type LineState, RefusedError, Sender } from "../offline/sender";
import { startLook } from "../shell/look";
import { say } from "../shell/strings";
import { Camera, hasCamera } from "./camera";

type Tone = "good" | "look" | "stop";

interface Scan {
  code: string;
}

interface Said {
  tone: Tone;
  label: string;
  title: string;
}

interface Answer {
  said: Record<string, Said>;
  total: number;
  refusal?: string;
}

const SHOWN = 12;

class Count {
  private readonly main = document.querySelector("main[data-count]") as HTMLElement;
  private readonly url = this.main.dataset["scansUrl"] ?? "";
  private readonly acts = this.main.querySelector("[data-acts]") as HTMLOListElement;
  private readonly line = this.main.querySelector("[data-line]") as HTMLElement;
  private readonly input = this.main.querySelector("[data-scan]") as HTMLInputElement;
  private readonly known = new Set<string>();
  private readonly sender: Sender<Scan, Said>;
  private total = Number(this.main.dataset["scanned"]);
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly journal: Journal<Scan, Said>) {
    this.sender = new Sender<Scan, Said>({
      journal,
      send: (entries) => this.send(entries),
      onState: (state, why) => void this.showLine(state, why),
    });
  }

  async start(): Promise<void> {
    for (const entry of await this.journal.all()) this.known.add(entry.body.code);
    const field = new ScanField(this.input, (code) => this.scan(code));
    this.startCamera();
    (this.main.querySelector("[data-export]") as HTMLElement).addEventListener("click", () => void this.save());
    (this.main.querySelector("[data-send]") as HTMLElement).addEventListener("click", () => void this.sender.go());
    window.addEventListener("online", () => void this.sender.go());
    document.addEventListener("visibilitychange", () => void this.sender.go());
    this.tickOff();
    await this.show();
    if (!hasTouch()) field.focus();
    await this.sender.go();
  }

  private scan(read: string): void {
    const code = normalise(read);
    if (!code) return;
    if (this.known.has(code)) {
      play("look");
      this.flash(code);
      return;
    }
    this.known.add(code);
    play("good");
    navigator.vibrate?.(40);
    // One after the other: the list is shown in the order of the shelf.
    this.writing = this.writing.then(() => this.write(code));
  }

  private async write(code: string): Promise<void> {
    await this.journal.append({ code });
    this.tickOff();
    await this.show();
    void this.sender.go();
  }

  private async send(entries: Entry<Scan, Said>[]): Promise<Record<string, Said>> {
    try {
      const scans = entries.map(({ id, at, body }) => ({ id, at, code: body.code }));
      const answer = await post<Answer>(this.url, { scans });
      if (answer.refusal) throw new RefusedError(answer.refusal);
      this.total = answer.total;
      return answer.said;
    } catch (fault) {
      if (fault instanceof UnreadableError) throw new RefusedError(say("stocktaking.unreadable"));
      throw fault;
    }
  }

  private async showLine(state: LineState, why: string): Promise<void> {
    this.line.className = `count-line ${state}`;
    this.line.textContent = state === "refused" && why ? why : say(`stocktaking.${state}`);
    if (state !== "sending") await this.show();
    const worst = (await this.journal.list(1))[0]?.answer?.tone;
    if (state === "idle" && worst && worst !== "good") play(worst);
  }

  private async show(): Promise<void> {
    const { all, unsent } = await this.journal.count();
    this.put("here", all);
    this.put("unsent", unsent);
    this.put("total", Math.max(this.total, 0));
    const latest = await this.journal.list(SHOWN);
    this.acts.replaceChildren(...latest.map((entry) => this.row(entry)));
  }

  private put(name: string, value: number): void {
    (this.main.querySelector(`[data-figure="${name}"]`) as HTMLElement).textContent = String(value);
  }

  private row(entry: Entry<Scan, Said>): HTMLLIElement {
    const row = document.createElement("li");
    const code = document.createElement("span");
    code.className = "mono";
    code.textContent = entry.body.code;
    const said = document.createElement("span");
    row.append(code, said);
    row.dataset["code"] = entry.body.code;
    if (entry.answer) {
      row.className = entry.answer.tone;
      said.textContent = [entry.answer.label, entry.answer.title].filter(Boolean).join(" ");
    } else {
      row.className = "waits";
      const out = document.createElement("button");
      out.type = "button";
      out.className = "button quiet";
      out.textContent = say("stocktaking.drop");
      out.addEventListener("click", () => void this.drop(entry));
      said.append(out);
    }
    return row;
  }

  private async drop(entry: Entry<Scan, Said>): Promise<void> {
    if (await this.journal.drop(entry.id)) this.known.delete(entry.body.code);
    this.tickOff();
    await this.show();
  }

  /** A code that was read before: its line lights up, or says so when it is no longer shown. */
  private flash(code: string): void {
    const row = [...this.acts.children].find((one) => (one as HTMLElement).dataset["code"] === code);
    row?.classList.add("again");
    window.setTimeout(() => row?.classList.remove("again"), 900);
    this.line.textContent = say("stocktaking.again", { code });
  }

  /** The second pass: what the first did not find is a list, and a scan ticks its line. */
  private tickOff(): void {
    for (const row of this.main.querySelectorAll<HTMLElement>("[data-sought]")) {
      row.classList.toggle("found", this.known.has(normalise(row.dataset["sought"] ?? "")));
    }
  }

  private startCamera(): void {
    const button = this.main.querySelector("[data-camera]") as HTMLButtonElement;
    const video = this.main.querySelector("video") as HTMLVideoElement;
    if (!hasCamera()) return;
    const camera = new Camera(video, (code) => this.scan(code));
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (camera.isOn) camera.stop();
      else await camera.start().catch(() => (this.line.textContent = say("stocktaking.no_camera")));
      video.hidden = !camera.isOn;
      button.setAttribute("aria-pressed", String(camera.isOn));
    });
  }

  private async save(): Promise<void> {
    saveAs(`${this.main.dataset["count"]}.txt`, await this.journal.exportText((entry) => entry.body.code));
  }
}

function hasTouch(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}

async function start(): Promise<void> {
  startLook();
  const main = document.querySelector("main[data-count]") as HTMLElement;
  const journal = await openJournal<Scan, Said>(`stocktaking-${main.dataset["count"]}-${main.dataset["staff"]}`);
  await new Count(journal).start();
  const isKept = await registerWorker(main.dataset["workerUrl"] ?? "", main.dataset["scope"] ?? "");
  (main.querySelector("[data-not-lasting]") as HTMLElement).hidden = journal.isLasting;
  (main.querySelector("[data-not-kept]") as HTMLElement).hidden = isKept;
  main.dataset["ready"] = String(isKept);
}

void start();
