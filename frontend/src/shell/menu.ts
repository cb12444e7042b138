/**
 * The desk's pages: Alt and a digit opens a group, the key beside a page opens the page; Ctrl K opens all of them with a
 * field to type a name into. One dialog shows a group, all, or what was typed.
 */
import { fit, fits } from "./finding";

// A scanner's keys follow each other faster; a scan while a group is open must not turn the page.
const ALONE_MS = 60;

export function startMenu(): void {
  const dialog = document.querySelector<HTMLDialogElement>("[data-menu]");
  if (dialog) new Menu(dialog).listen();
}

class Menu {
  private readonly field: HTMLInputElement;
  private readonly links: HTMLAnchorElement[];
  private best: HTMLAnchorElement | null = null;
  private waiting = 0;

  constructor(private readonly dialog: HTMLDialogElement) {
    this.field = dialog.querySelector<HTMLInputElement>("[data-menu-find]") as HTMLInputElement;
    this.links = [...dialog.querySelectorAll<HTMLAnchorElement>("a[data-key]")];
  }

  listen(): void {
    document.addEventListener("keydown", (event) => this.onKey(event), true);
    document.addEventListener("click", (event) => this.onClick(event));
    this.field.addEventListener("input", () => this.find());
    this.dialog.addEventListener("keydown", (event) => this.onKeyInside(event));
    // A page taken from the browser's memory shows no open menu.
    window.addEventListener("pageshow", (event) => event.persisted && this.dialog.open && this.dialog.close());
  }

  private onKey(event: KeyboardEvent): void {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const isCtrl = event.ctrlKey && !event.altKey && !event.shiftKey;
    if (isAlt && digit && this.group(digit)) this.open(digit);
    else if (isCtrl && event.code === "KeyK") this.open("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-menu-group], [data-menu-all]");
    if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      this.open(opener.dataset["menuGroup"] ?? "");
      event.preventDefault();
    } else if (target === this.dialog) this.dialog.close();
  }

  private group(key: string): HTMLElement | null {
    return this.dialog.querySelector<HTMLElement>(`[data-group="${key}"]`);
  }

  /** Opens one group, or all of them with the cursor in the field. */
  private open(key: string): void {
    const others = document.querySelector("dialog[open]");
    if (others && others !== this.dialog) return;
    this.field.value = "";
    this.find();
    this.dialog.classList.toggle("one", key !== "");
    for (const group of this.dialog.querySelectorAll<HTMLElement>("[data-group]")) group.hidden = key !== "" && group.dataset["group"] !== key;
    this.place(key);
    if (!this.dialog.open) this.dialog.showModal();
    const shown = this.group(key);
    if (!shown) {
      this.field.focus();
      this.dialog.querySelector("[data-here]")?.scrollIntoView({ block: "nearest" });
    } else (shown.querySelector<HTMLElement>("[aria-current]") ?? shown.querySelector<HTMLElement>("a"))?.focus();
  }

  /** A group hangs under its name; all of them stand in the middle. */
  private place(key: string): void {
    const name = document.querySelector(`[data-menu-group="${key}"]`);
    const box = name?.getBoundingClientRect();
    this.dialog.style.setProperty("--under", `${Math.round(box?.bottom ?? 0)}px`);
    this.dialog.style.setProperty("--beside", `${Math.round(Math.max(0, (box?.left ?? 0) - 8))}px`);
  }

  private onKeyInside(event: KeyboardEvent): void {
    window.clearTimeout(this.waiting);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Escape" && !event.isComposing) this.dialog.close(); // not: first empty the field
    else if (event.target === this.field) return event.key === "Enter" && !event.isComposing ? this.go(event) : undefined;
    else if (event.key === "Home" || event.key === "End") this.focusOn(event.key === "Home" ? 0 : -1);
    else if (this.dialog.classList.contains("one") && event.key.length === 1 && !event.repeat) {
      const key = event.code.replace(/^(Digit|Numpad|Key)/, "").toLowerCase();
      this.waiting = window.setTimeout(() => this.shown().find((link) => link.dataset["key"] === key)?.click(), ALONE_MS);
      return;
    } else return;
    event.preventDefault();
  }

  private shown(): HTMLAnchorElement[] {
    return [...this.dialog.querySelectorAll<HTMLAnchorElement>("a")].filter((link) => link.offsetParent !== null);
  }

  private move(step: number): void {
    const links = this.shown();
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const from = at < 0 && this.best ? links.indexOf(this.best) - (document.activeElement === this.field ? 1 : 0) : at;
    this.focusOn((from + step + links.length) % links.length);
  }

  private focusOn(place: number): void {
    const links = this.shown();
    links[place < 0 ? links.length - 1 : place]?.focus();
  }

  private go(event: KeyboardEvent): void {
    event.preventDefault();
    (this.best ?? this.shown()[0])?.click();
  }

  /** Leaves the pages that what was typed can mean, the likeliest marked; Enter opens it. */
  private find(): void {
    const typed = this.field.value.trim();
    const ranks = this.links.map((link) => fit(link.firstChild?.textContent ?? "", link.dataset["reads"] ?? "", typed));
    const least = Math.min(...ranks);
    const found = ranks.filter(fits).length;
    this.links.forEach((link, place) => {
      (link.parentElement as HTMLElement).hidden = typed !== "" && !fits(ranks[place] as number);
      link.classList.remove("best");
    });
    this.dialog.classList.toggle("typed", typed !== "");
    this.hideEmpty();
    this.best = typed && fits(least) ? (this.links[ranks.indexOf(least)] ?? null) : null;
    this.best?.classList.add("best");
    this.best?.scrollIntoView({ block: "nearest" });
    const count = this.dialog.querySelector<HTMLElement>("[data-menu-count]");
    if (count) count.textContent = typed ? (count.dataset["words"] ?? "").replace("{count}", String(found)) : "";
    this.lookElsewhere(typed);
  }

  private hideEmpty(): void {
    for (const part of this.dialog.querySelectorAll<HTMLElement>(".desk-menu-part")) part.hidden = !part.querySelector("li:not([hidden])");
    for (const group of this.dialog.querySelectorAll<HTMLElement>("[data-group]"))
      group.hidden = !group.querySelector(".desk-menu-part:not([hidden])");
  }

  private lookElsewhere(typed: string): void {
    const list = this.dialog.querySelector<HTMLElement>("[data-menu-elsewhere]");
    if (!list) return;
    list.hidden = typed === "";
    for (const link of list.querySelectorAll<HTMLAnchorElement>("a[data-search]")) {
      link.href = `${link.dataset["search"] ?? ""}${encodeURIComponent(typed)}`;
      const shown = link.querySelector("b");
      if (shown) shown.textContent = typed;
    }
  }
}
