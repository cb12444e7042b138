/** What is known here of cards and items: as taken along, and as the acts of this device have changed it since. */
import type { Entry } from "../offline/journal";
import type { Act, CardRow, ItemRow, Meta, Said } from "./contract";
import { itemRefusals, kindRefusals, lentUntil, readerRefusals, renewedUntil, termsOn } from "./rules";
import type { TakenAlong } from "./taken";

type Hash = (code: string) => Promise<string>;

/** A code as the server matches it: half-width, capitals, no spaces. */
export function tidy(code: string): string {
  return code.normalize("NFKC").replace(/[\s\u200b-\u200f\ufeff]+/g, "").toUpperCase();
}

/** The salted hash that cards are found by; what the browser has only on safe pages. */
export async function cardHash(salt: string, code: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${salt}:${tidy(code)}`));
  return hex(bytes).slice(0, 20);
}

export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Known {
  readonly meta: Meta;
  readonly closed: ReadonlySet<string>;
  private readonly cards = new Map<string, CardRow>();
  private readonly items = new Map<string, ItemRow[]>();
  private readonly hash: Hash;
  /** Who has an item by an act of this device: the hash of the card. */
  private readonly holders = new Map<string, string>();
  private readonly more = new Map<string, number>();
  /** The same by kind that is limited: the hash of the card and the number of the kind. */
  private readonly moreOfKind = new Map<string, number>();

  constructor(taken: TakenAlong, hash: Hash = (code) => cardHash(taken.meta.salt, code)) {
    this.meta = taken.meta;
    this.hash = hash;
    this.closed = new Set(taken.meta.closed);
    for (const card of taken.cards) this.cards.set(card[0], card);
    for (const item of taken.items) this.items.set(item[0], [...(this.items.get(item[0]) ?? []), [...item] as ItemRow]);
  }

  /** Goes through the acts of this device that what was taken along cannot know yet. */
  async catchUp(entries: Entry<Act, Said>[]): Promise<void> {
    for (const entry of entries) {
      const at = Date.parse(entry.body.at) + entry.body.offset;
      const waits = entry.body.act === "register" && entry.answer?.state === "waiting";
      if (entry.sent && at <= Date.parse(this.meta.now) && !waits) continue;
      if (entry.answer?.state === "set_aside") continue;
      await this.apply(entry.body);
    }
  }

  async apply(act: Act): Promise<void> {
    const item = this.item(act.item ?? "", act.scope);
    const code = tidy(act.item ?? "");
    if (act.act === "checkout") {
      const holder = await this.hash(act.card ?? "");
      this.holders.set(code, holder);
      this.count(holder, 1, item);
      if (item) [item[3], item[7], item[8]] = ["on_loan", act.due ?? "", 0];
    } else if (act.act === "checkin") {
      const holder = this.holders.get(code);
      if (holder) this.count(holder, -1, item);
      this.holders.delete(code);
      if (item) [item[3], item[7]] = ["available", ""];
    } else if (act.act === "renew" && item) {
      [item[7], item[8]] = [act.due ?? item[7], item[8] + 1];
    } else if (act.act === "register") {
      const holder = await this.hash(act.card ?? "");
      const kind = this.meta.categories.findIndex((one) => one.code === act.category);
      if (!this.cards.has(holder)) this.cards.set(holder, [holder, act.reader ?? "", Math.max(0, kind), [], "", "", 0, 0]);
    }
  }

  /** Takes an act back that was never sent. */
  async unapply(act: Act, before: ItemRow | undefined): Promise<void> {
    const code = tidy(act.item ?? "");
    const item = this.item(code, act.scope);
    if (act.act === "checkout") {
      this.count(this.holders.get(code) ?? "", -1, item);
      this.holders.delete(code);
    }
    if (act.act === "register") this.cards.delete(await this.hash(act.card ?? ""));
    if (item && before) Object.assign(item, before);
  }

  async card(code: string): Promise<CardRow | undefined> {
    return this.cards.get(await this.hash(code));
  }

  /** The item of a barcode; of several the one that is named, else the first. */
  item(code: string, scope = ""): ItemRow | undefined {
    const found = this.items.get(tidy(code)) ?? [];
    return found.find((item) => !scope || item[1] === scope);
  }

  scopes(code: string): string[] {
    return (this.items.get(tidy(code)) ?? []).map((item) => item[1]);
  }

  loans(card: CardRow): number {
    return Math.max(0, card[6] + (this.more.get(card[0]) ?? 0));
  }

  limit(card: CardRow): number {
    return this.meta.categories[card[2]]?.limit ?? 0;
  }

  /** What stands against lending an item to a reader; an unknown card or item has nothing against it here. */
  refusals(card: CardRow | undefined, item: ItemRow | undefined, today: string): string[] {
    const ofReader = card ? readerRefusals(card, this.meta.categories[card[2]], this.loans(card), today) : [];
    const ofKind = card && item ? kindRefusals(termsOn(this.meta, item[4], card[2], today), (kind) => this.loansOf(card, kind)) : [];
    return [...ofReader, ...ofKind, ...(item ? itemRefusals(item) : [])];
  }

  /** Until when the reader is told; "" where nothing is known to say it by. */
  due(card: CardRow | undefined, item: ItemRow | undefined, today: string): string {
    const terms = card && termsOn(this.meta, item?.[4] ?? this.meta.usual, card[2], today);
    return terms ? lentUntil(terms, today, this.closed) : "";
  }

  /** What stands against a renewal, and until when it goes; `due` is "" where nothing is known of the loan. */
  renewal(card: CardRow | undefined, item: ItemRow | undefined, today: string): { refusals: string[]; due: string } {
    if (!item || item[3] !== "on_loan" || !item[7]) return { refusals: item && item[3] !== "on_loan" ? ["not_on_loan"] : [], due: "" };
    if (!card) return { refusals: item[7] < today ? ["overdue"] : [], due: "" };
    const terms = termsOn(this.meta, item[4], card[2], today);
    if (!terms) return { refusals: ["no_rule"], due: "" };
    const due = renewedUntil(terms, item[7], today, this.closed);
    const refusals = [
      ...(item[7] < today ? ["overdue"] : []), ...(item[8] >= terms.renewals ? ["renewals_used"] : []),
      ...(item[6] ? ["reserved"] : []), ...(due <= item[7] ? ["not_longer"] : []),
    ];
    return { refusals, due };
  }

  /** How many items of a limited kind the reader has. */
  private loansOf(card: CardRow, kind: number): number {
    const had = (card[8] ?? []).find(([number]) => number === kind)?.[1] ?? 0;
    return Math.max(0, had + (this.moreOfKind.get(`${card[0]} ${kind}`) ?? 0));
  }

  private count(holder: string, by: number, item: ItemRow | undefined): void {
    this.more.set(holder, (this.more.get(holder) ?? 0) + by);
    for (const kind of (item && this.meta.kinds?.[item[4]]) ?? []) {
      const key = `${holder} ${kind}`;
      this.moreOfKind.set(key, (this.moreOfKind.get(key) ?? 0) + by);
    }
  }
}
