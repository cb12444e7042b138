/** The keeper's page without a line: the county's books taken along, and a new book found among them by its ISBN. */
import { canCarry, type CountyBook, CountyFile, isbn13, type Plan } from "./county";

type Word = (name: string, places?: Record<string, string | number>) => string;

interface Options {
  box: HTMLElement;
  word: Word;
  /** Writes a book down; fields of the act `book`. */
  onBook: (fields: Record<string, string | number>) => Promise<void>;
}

const MEGABYTE = 1_000_000;

function size(bytes: number): string {
  return bytes < MEGABYTE / 10 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

export class CountyBooks {
  private readonly form: HTMLFormElement;
  private readonly button: HTMLButtonElement;
  private file: CountyFile | null = null;
  private plan: Plan | null = null;
  private takes = false;

  constructor(private readonly options: Options) {
    this.form = this.part<HTMLFormElement>("book");
    this.button = this.part<HTMLButtonElement>("county-take");
    this.part("book-find").addEventListener("click", () => void this.find());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.register();
    });
    this.button.addEventListener("click", () => void (this.takes ? this.stop() : this.plan ? this.take() : this.ask()));
  }

  async start(): Promise<void> {
    this.part("county").hidden = !canCarry();
    if (!canCarry()) return;
    this.file = await CountyFile.open(this.options.box.dataset["countyUrl"] ?? "");
    await this.say();
  }

  private part<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
    return this.options.box.querySelector(`[data-${name}]`) as Kind;
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private async say(more = ""): Promise<void> {
    const here = (await this.file?.here()) ?? 0;
    const { word } = this.options;
    this.part("county-state").textContent = [here > 0 ? word("countyHere", { books: here }) : word("countyNone"), more].filter(Boolean).join(" ");
  }

  /** Says how much it would be, before anything is fetched. */
  private async ask(): Promise<void> {
    const { word } = this.options;
    try {
      this.plan = (await this.file?.plan()) ?? null;
    } catch {
      return this.say(word("countyDown"));
    }
    const { books = 0, bytes = 0, lacking = [], made = false } = this.plan ?? {};
    if (lacking.length === 0) {
      this.plan = null;
      return this.say(word(books > 0 ? "countyFresh" : made ? "countyNothing" : "countyEmpty"));
    }
    this.button.textContent = word("countyTake", { size: size(bytes) });
    return this.say(word("countyOf", { books }));
  }

  private async take(): Promise<void> {
    const { plan } = this;
    if (!plan || !this.file) return;
    const { word } = this.options;
    this.takes = true;
    this.button.textContent = word("countyStop");
    const bar = this.part<HTMLProgressElement>("county-bar");
    bar.hidden = false;
    bar.max = plan.bytes;
    const told = await this.file.take(plan, (bytes) => (bar.value = bytes), () => this.takes).then(() => (this.takes ? "countyFresh" : "countyStopped"), () => "countyBroke");
    bar.hidden = true;
    this.takes = false;
    this.plan = null;
    this.button.textContent = word("countyAsk");
    await this.say(word(told));
  }

  private stop(): void {
    this.takes = false;
  }

  /** What the county has of this number; or the fields to be filled in by hand. */
  private async find(): Promise<void> {
    const { word } = this.options;
    const isbn = this.field("isbn").value;
    const found = (await this.file?.find(isbn)) ?? [];
    const list = this.part("book-found");
    list.replaceChildren(...found.map((one, place) => this.choice(one, place)));
    this.part("book-said").textContent = found.length > 0 ? "" : isbn13(isbn) ? word("bookUnknown") : word("bookNoIsbn");
    this.part("book-hand").hidden = found.length > 0;
    this.part("book-rest").hidden = false;
  }

  private choice(book: CountyBook, place: number): HTMLElement {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "found";
    radio.value = JSON.stringify(book);
    radio.checked = place === 0;
    const text = document.createElement("span");
    const title = document.createElement("strong");
    title.textContent = book.title;
    text.append(title, ` ${[book.author, book.classNumber].filter(Boolean).join(" · ")}`);
    label.append(radio, text);
    return label;
  }

  private async register(): Promise<void> {
    const chosen = this.form.querySelector<HTMLInputElement>("[name=found]:checked");
    const book = chosen ? (JSON.parse(chosen.value) as CountyBook) : null;
    const value = (name: string): string => this.field(name).value.trim();
    const title = book?.title ?? value("title");
    if (!title) {
      this.part("book-said").textContent = this.options.word("bookTitle");
      return void (this.part("book-hand").hidden ? this.find() : this.field("title").focus());
    }
    const was_here = this.form.querySelector<HTMLInputElement>("[name=was_here]:checked")?.value ?? "yes";
    const told = { isbn: isbn13(value("isbn")) || value("isbn"), title, author: book?.author ?? value("author"), price: value("price"), barcode: value("barcode"), was_here };
    await this.options.onBook({ ...told, ...(book && { record: book.record }) });
    this.form.reset();
    this.part("book-found").replaceChildren();
    this.part("book-rest").hidden = true;
  }
}
