/**
 * The conversion station: the old barcode is scanned, a tag is laid on the pad, written, read again and noted.
 * With "go on by itself" the tag is written as soon as one blank tag lies there.
 */
import { ScanField } from "../desk-circulation/field";
import { play } from "../desk-circulation/sound";
import { csrfToken } from "../shell/csrf";
import { say } from "../shell/strings";
import { Agent, AgentProblem, type Tag } from "./client";

interface Item {
  item: number;
  code: string;
  title: string;
  call_number: string;
  owner: string;
  owner_name: string;
  status: string;
  tags: { uid: string; part: number; total: number; written_on: string }[];
}

type Tone = "good" | "look" | "stop";

export class Station {
  private readonly agent = new Agent();
  private readonly lying = new Map<string, Tag>();
  private readonly input = this.part<HTMLInputElement>("[data-scan]");
  private readonly field = new ScanField(this.input, (code) => void this.scan(code));
  private item: Item | null = null;
  private piece = 1;
  private isWriting = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.part("[data-write]").addEventListener("click", () => void this.write(false));
    this.part("[data-over]").addEventListener("click", () => void this.write(true));
    if (!this.agent.isPaired) {
      this.tell("stop", say("agent.not_paired"));
      return;
    }
    this.agent.listen({
      hello: (state) => {
        this.lying.clear();
        for (const tag of state.tags) this.lying.set(tag.uid, tag);
        this.show();
      },
      arrived: (tag) => {
        this.lying.set(tag.uid, tag);
        this.show();
        if (this.isAuto && tag.kind === "blank") void this.write(false);
      },
      left: (tag) => {
        this.lying.delete(tag.uid);
        this.show();
      },
      changed: (tag) => this.lying.set(tag.uid, tag),
      lost: () => this.tell("stop", say("agent.absent")),
    });
    this.field.focus();
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.root.querySelector(selector) as Kind;
  }

  private get isAuto(): boolean {
    return this.part<HTMLInputElement>("[data-auto]").checked;
  }

  private get total(): number {
    const total = Number(this.part<HTMLInputElement>("[data-total]").value);
    return total > 1 ? Math.min(total, 99) : 0;
  }

  private async scan(code: string): Promise<void> {
    this.item = null;
    this.piece = 1;
    this.part<HTMLInputElement>("[data-total]").value = "1";
    let answer: (Item & { refusal?: string }) | null = null;
    try {
      const response = await fetch(`${this.root.dataset["itemUrl"]}?${new URLSearchParams({ code })}`);
      answer = (await response.json()) as Item & { refusal?: string };
    } catch {
      this.tell("stop", say("shell.offline"));
      return;
    }
    if (answer.refusal) {
      this.tell("stop", answer.refusal);
      this.show();
      return;
    }
    this.item = answer;
    this.tell(answer.tags.length ? "look" : "good", answer.tags.length ? say("agent.has_tag", { day: answer.tags[0]?.written_on ?? "" }) : say("agent.lay_tag"), true);
    this.show();
    if (this.isAuto && this.only("blank")) void this.write(false);
  }

  private only(kind?: Tag["kind"]): Tag | null {
    const tags = [...this.lying.values()];
    const [tag] = tags;
    return tags.length === 1 && tag && (!kind || tag.kind === kind) ? tag : null;
  }

  private async write(over: boolean): Promise<void> {
    const { item } = this;
    if (!item || this.isWriting) return;
    const tag = this.only();
    if (!tag) {
      this.tell("look", say(this.lying.size ? "agent.one_tag" : "agent.lay_tag"));
      return;
    }
    this.isWriting = true;
    const part = this.total ? this.piece : 0;
    try {
      const made = await this.agent.write(tag.uid, {
        code: item.code, owner: item.owner, part, total: this.total, over,
        profile: this.part<HTMLSelectElement>("[data-profile]").value,
      });
      await this.note(item, made);
      this.written(item, part);
    } catch (fault) {
      this.refused(fault);
    } finally {
      this.isWriting = false;
      this.field.focus();
    }
  }

  private written(item: Item, part: number): void {
    this.list(item, part);
    if (this.total && part < this.total) {
      this.piece = part + 1;
      this.tell("good", say("agent.next_part", { part: this.piece, total: this.total }));
      return;
    }
    this.item = null;
    this.tell("good", say("agent.written", { title: item.title, code: item.code }));
    this.show();
  }

  private refused(fault: unknown): void {
    const code = fault instanceof AgentProblem ? fault.code : "not_noted";
    this.part("[data-over]").hidden = code !== "written_already";
    this.tell(code === "written_already" ? "look" : "stop", say(`agent.why_${code}`, {}));
  }

  private async note(item: Item, tag: Tag): Promise<void> {
    const body = new URLSearchParams({
      item: String(item.item), uid: tag.uid, profile: tag.profile, part: String(tag.part), total: String(tag.total),
    });
    const response = await fetch(this.root.dataset["writtenUrl"] ?? "", { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body });
    if (!response.ok) throw new Error(String(response.status));
  }

  private list(item: Item, part: number): void {
    const line = document.createElement("li");
    const told = part ? `${item.title} (${part}/${this.total})` : item.title;
    line.textContent = `${told} · ${item.code}`;
    this.part("[data-done]").prepend(line);
  }

  private show(): void {
    const { item } = this;
    this.part("[data-title]").textContent = item?.title ?? "";
    this.part("[data-facts]").textContent = item ? [item.code, item.call_number, item.owner_name, item.status].filter(Boolean).join(" · ") : "";
    const tags = [...this.lying.values()];
    const words = tags.map((tag) => say(`agent.kind_${tag.kind}`, { code: tag.code }));
    this.part("[data-lying]").textContent = words.length ? words.join("、") : say("agent.nothing_lies");
    this.part<HTMLButtonElement>("[data-write]").disabled = !item;
    this.part("[data-over]").hidden = true;
  }

  private tell(tone: Tone, words: string, isQuiet = false): void {
    const said = this.part("[data-said]");
    said.dataset["tone"] = tone;
    said.textContent = words;
    if (!isQuiet || tone !== "good") play(tone);
  }
}
