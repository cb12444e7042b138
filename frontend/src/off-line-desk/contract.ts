/** What the desk without a line takes along and sends; the server's side is `circulation/journals/`. */

/** One act as it is kept and sent: a line of `docs/reference/journal.md` without its uuid, which is the entry's id. */
export interface Act {
  act: "checkout" | "checkin" | "renew" | "visit" | "register";
  at: string;
  offset: number;
  node: string;
  by: string;
  card?: string;
  item?: string;
  scope?: string;
  due?: string;
  reason?: string;
  persons?: number;
  category?: string;
  /** A new reader's masked name, and what was written down of them, which only the server can read. */
  reader?: string;
  sealed?: string;
}

export interface Said {
  state: "recorded" | "waiting" | "accepted" | "corrected" | "set_aside";
  problem: string;
  tone: "good" | "look" | "stop";
  label: string;
  title: string;
  due: string;
}

export interface Terms {
  days: number;
  renewals: number;
  renewal_days: number;
  renew_from: "due" | "today";
  fixed_on: string;
  fixed: "extends" | "cuts";
  /** Limits on kinds of items: the number of the kind, and how many of it a reader may have. */
  limits?: [number, number][];
}

export interface Category {
  name: string;
  limit: number;
  late: number | null;
  code: string;
  /** Whether readers of it are registered here; under which age a guardian is asked for; usual days of a loan. */
  joins: boolean;
  guardian_under: number | null;
  days: number | null;
}

/**
 * hash, masked name, category, what stands against the reader, suspended until, valid until, loans, loans overdue,
 * and how many items of each limited kind the reader has: its number, and the items
 */
export type CardRow = [string, string, number, string[], string, string, number, number, [number, number][]?];

/** barcode, scope, title, status, kind, may be lent, is waited for, due on, renewals */
export type ItemRow = [string, string, string, string, number, 0 | 1, 0 | 1, string, number];

export interface TermsFrom {
  since: string;
  /** By kind of item, then by category: the number of the terms, -1 for none. */
  terms: number[][];
}

/** Everything but cards and items. */
export interface Meta {
  version: number;
  now: string;
  salt: string;
  node: string;
  place: string;
  by: string;
  name: string;
  may_override: boolean;
  /** Where readers may be registered by whoever is signed in: the key that persons are sealed with. */
  joining?: { key: string };
  categories: Category[];
  rules: [{ all: Terms[] }, ...TermsFrom[]];
  usual: number;
  /** By kind of item: the numbers of the limited kinds that it is of. */
  kinds?: number[][];
  closed: string[];
  /** What each reason to refuse is called. */
  refusals: Record<string, string>;
  counts: { cards: number; items: number };
}

export interface Part<Row> {
  changed: Record<string, [string, Row[]]>;
  gone: string[];
}

export type Snapshot = Meta & { cards: Part<CardRow>; items: Part<ItemRow> };
