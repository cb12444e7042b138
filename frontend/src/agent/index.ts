/** Pages that speak with the agent beside the desk: setting it up, writing tags, reading an identity card. */
import "./agent.css";

import { say } from "../shell/strings";
import { Agent, AgentProblem, type Identity } from "./client";
import { Station } from "./station";

class Setup {
  private readonly agent = new Agent();

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    this.part<HTMLInputElement>("[data-port]").value = this.agent.port;
    this.part<HTMLFormElement>("[data-pair]").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.pair();
    });
    this.part("[data-forget]").addEventListener("click", () => {
      this.agent.forget();
      void this.look();
    });
    void this.look();
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.root.querySelector(selector) as Kind;
  }

  private async look(): Promise<void> {
    try {
      const { version, paired } = await this.agent.status();
      this.show(paired ? "paired" : "found", say(paired ? "agent.paired" : "agent.found", { version }));
      if (paired) this.listen();
    } catch (fault) {
      this.show("absent", say(fault instanceof AgentProblem && fault.code === "origin" ? "agent.why_origin" : "agent.absent"));
    }
  }

  private show(state: string, words: string): void {
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-when]")) {
      part.hidden = !(part.dataset["when"] ?? "").split(" ").includes(state);
    }
    this.part("[data-said]").textContent = words;
  }

  private async pair(): Promise<void> {
    const port = this.part<HTMLInputElement>("[data-port]").value.trim();
    if (/^\d{2,5}$/.test(port)) this.agent.port = port;
    try {
      await this.agent.pair(this.part<HTMLInputElement>("[data-code]").value.trim());
      await this.look();
    } catch (fault) {
      this.part("[data-said]").textContent = say(`agent.why_${(fault as AgentProblem).code}`);
    }
  }

  private listen(): void {
    const lines = new Map<string, string>();
    const show = (): void => {
      this.part("[data-devices]").replaceChildren(...[...lines.values()].map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    };
    const told = (kind: string, name: string, trouble: string): void => {
      lines.set(kind, `${say(`agent.device_${kind}`)} ${name} · ${trouble ? say("agent.trouble", { why: trouble }) : say("agent.ready")}`);
      show();
    };
    this.agent.listen({
      hello: (state) => state.devices.forEach((device) => told(device.kind, device.name, device.trouble)),
      device: (device) => told(device.kind, device.name, device.trouble),
      arrived: (tag) => {
        lines.set("last", say(`agent.kind_${tag.kind}`, { code: tag.code }));
        show();
      },
      lost: () => (this.part("[data-said]").textContent = say("agent.absent")),
    });
  }
}

/** Fills a form of a person from the identity card on the reader. What was typed is replaced by what the card says. */
class IdentityButton {
  private readonly agent = new Agent();

  constructor(private readonly form: HTMLFormElement) {}

  start(): void {
    const place = this.form.querySelector("[data-identity]");
    if (!place || !this.agent.isPaired) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: say("agent.read_card") });
    const said = Object.assign(document.createElement("span"), { className: "ink-2" });
    said.setAttribute("role", "status");
    button.addEventListener("click", () => void this.read(button, said));
    place.append(button, " ", said);
  }

  private async read(button: HTMLButtonElement, said: HTMLElement): Promise<void> {
    button.disabled = true;
    said.textContent = say("agent.lay_card");
    try {
      this.fill(await this.agent.identity());
      said.textContent = say("agent.card_read");
    } catch (fault) {
      said.textContent = say(`agent.why_${(fault as AgentProblem).code}`);
    } finally {
      button.disabled = false;
    }
  }

  private fill(card: Identity): void {
    const values: Record<string, string> = {
      name: card.name, sex: card.sex, birth_date: card.birth, address: card.address, id_number: card.number, document: card.number, document_kind: card.kind,
    };
    for (const [name, value] of Object.entries(values)) {
      const field = this.form.elements.namedItem(name);
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.form.querySelector<HTMLInputElement>("[name=phone]")?.focus();
  }
}

const setup = document.querySelector<HTMLElement>("[data-agent]");
if (setup) new Setup(setup).start();
const station = document.querySelector<HTMLElement>("[data-station]");
if (station) new Station(station).start();
for (const form of document.querySelectorAll("form")) new IdentityButton(form).start();
