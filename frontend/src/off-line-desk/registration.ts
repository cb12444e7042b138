/**
 * Registers a reader where there is no line: what is written down is checked as far as it can be here, sealed for the
 * server, and wiped from the page. Whoever finds the device later reads a card, a category and a masked name.
 */
import { say } from "../shell/strings";
import type { Category, Meta } from "./contract";
import { age, documentFault, masked, stated } from "./identity";
import { tidy } from "./known";
import { seal } from "./sealing";

/** Fields of the journal's line; `reader` is the masked name. */
export interface Registered {
  card: string;
  category: string;
  reader: string;
  sealed: string;
}

export interface RegistrationOptions {
  meta: () => Meta | undefined;
  today: () => string;
  isCardKnown: (card: string) => Promise<boolean>;
  onRegistered: (line: Registered) => Promise<void>;
}

const CONSENT_AGE = 14; // Personal Information Protection Law, article 31

export class RegistrationForm {
  private readonly form: HTMLFormElement;
  private busy = false;

  constructor(private readonly dialog: HTMLDialogElement, private readonly options: RegistrationOptions) {
    this.form = dialog.querySelector("form") as HTMLFormElement;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.register();
    });
    this.form.addEventListener("input", () => this.follow());
    dialog.addEventListener("close", () => this.wipe());
    dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  }

  get isOpen(): boolean {
    return this.dialog.open;
  }

  /** Opens the form, for a card that was scanned already or for none. */
  open(card = ""): void {
    const { joining, categories } = this.options.meta() ?? {};
    if (!joining || !categories) return;
    const offered = categories.filter((one) => one.joins);
    const choice = this.field<HTMLSelectElement>("category");
    choice.replaceChildren(...offered.map((one) => new Option(`${one.name}：${this.rule(one)}`, one.code)));
    this.field("card").value = card;
    if (!this.isOpen) this.dialog.showModal();
    this.follow();
    this.field(card ? "document" : "card").focus();
  }

  /** A scan while the form is open: the number of an identity card, or else the library's own card. */
  scanned(code: string): void {
    const field = this.field(stated(tidy(code)) ? "document" : "card");
    field.value = code;
    this.follow();
    this.field(field.name === "card" ? "document" : "name").focus();
  }

  private field<Kind extends HTMLElement = HTMLInputElement>(name: string): Kind {
    return this.form.elements.namedItem(name) as unknown as Kind;
  }

  private text(name: string): string {
    return this.field(name).value.normalize("NFKC").trim();
  }

  private part(name: string): HTMLElement {
    return this.form.querySelector(`[data-${name}]`) as HTMLElement;
  }

  private rule(category: Category): string {
    const { limit, days } = category;
    return days === null ? say("off_line.rule_limit", { limit }) : say("off_line.rule", { limit, days });
  }

  private category(): Category | undefined {
    return this.options.meta()?.categories.find((one) => one.code === this.field<HTMLSelectElement>("category").value);
  }

  /** What the document states is filled in, and a guardian is asked for where one is needed. */
  private follow(): void {
    const told = stated(tidy(this.text("document")));
    for (const [name, value] of [["birth", told?.born], ["sex", told?.sex]] as const) {
      const field = this.field<HTMLInputElement>(name);
      if (value) field.value = value;
      field.disabled = Boolean(value);
    }
    this.part("guardian").hidden = !this.needs().guardian;
    this.part("consent").hidden = !this.needs().consent;
  }

  private needs(): { guardian: boolean; consent: boolean } {
    const years = age(this.field("birth").value, this.options.today());
    const under = this.category()?.guardian_under ?? null;
    const guardian = years === null ? under !== null : years < Math.max(CONSENT_AGE, under ?? 0);
    return { guardian, consent: guardian && (years === null || years < CONSENT_AGE) };
  }

  private async faults(): Promise<string[]> {
    const card = tidy(this.text("card"));
    const fault = documentFault(this.field<HTMLSelectElement>("document_kind").value, tidy(this.text("document")));
    const { guardian, consent } = this.needs();
    const found = [
      !card && "card_missing", card && (await this.options.isCardKnown(card)) && "card_taken", !this.category() && "category_missing",
      !this.text("name") && "name_missing", fault, this.field("birth").value > this.options.today() && "birth_ahead",
      guardian && !this.text("guardian_name") && "guardian_missing", consent && !this.field("consents").checked && "consent_missing",
    ];
    return found.filter(Boolean).map((one) => say(`off_line.${String(one)}`));
  }

  private person(): string {
    const guardian = this.needs().guardian && {
      name: this.text("guardian_name"), relation: this.text("guardian_relation"), phone: this.text("guardian_phone"), consents: this.field("consents").checked,
    };
    return JSON.stringify({
      name: this.text("name"), document_kind: this.field<HTMLSelectElement>("document_kind").value, document: tidy(this.text("document")),
      birth: this.field("birth").value, sex: this.field<HTMLSelectElement>("sex").value, phone: this.text("phone"), ...(guardian && { guardian }),
    });
  }

  private async register(): Promise<void> {
    const key = this.options.meta()?.joining?.key;
    if (this.busy || !key) return;
    this.busy = true;
    try {
      const faults = await this.faults();
      this.part("faults").hidden = faults.length === 0;
      this.part("faults").textContent = faults.join(" ");
      if (faults.length > 0) return;
      const [card, category] = [this.text("card"), this.category()?.code ?? ""];
      const line = { card, category, reader: masked(this.text("name")), sealed: await seal(this.person(), card, key) };
      await this.options.onRegistered(line);
      this.dialog.close();
    } finally {
      this.busy = false;
    }
  }

  private wipe(): void {
    this.form.reset();
    this.part("faults").hidden = true;
  }
}
