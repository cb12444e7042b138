/** What the circulation desk sends and what the server answers; the server's side is `circulation/views.py`. */

export type Mode = "auto" | "reader" | "out" | "in" | "renew";
export type Outcome = "good" | "look" | "stop";
export type ActName = "out" | "in" | "renew" | "reader" | "item" | "undo" | "unknown";

/** POST scan_url. `key` is the act's key: sent again after a broken line or a reload, it is answered the same. */
export interface ScanRequest {
  key: string;
  mode: Mode;
  code: string;
  /** Card number of the reader in the panel when the scan is first sent; "" when there is none. */
  reader: string;
  overrides: string[];
  reason: string;
  /** Chosen when a barcode stands in several branches; "" otherwise. */
  scope: string;
  /** When it was scanned (ISO instant), by this computer's clock: for the offline journal, not for rules. */
  scanned_at: string;
}

/** POST undo_url. */
export interface UndoRequest {
  key: string;
  undo_key: string;
}

export interface Refusal {
  code: string;
  text: string;
  may_override: boolean;
}

export interface OpenLoan {
  loan_uid: string;
  barcode: string;
  /** "" when the reader is masked: another library's desk sees barcodes and due dates only. */
  title: string;
  due_on: string;
  overdue: boolean;
}

export interface Reader {
  card: string;
  id: number;
  name: string;
  category: string;
  home: string;
  valid_until: string;
  loans: number;
  limit: number;
  points: number | null;
  points_floor: number | null;
  blocks: { state: string; text: string }[];
  open_loans: OpenLoan[];
  /** The deposit held, in yuan; "" when there is none. */
  deposit?: string;
  url: string;
}

export interface Answer {
  key: string;
  outcome: Outcome;
  act: ActName;
  title: string;
  barcode: string;
  call_number: string;
  due_on: string;
  days_late: number;
  /** Sentences for the clerk, the most important first. */
  lines: string[];
  rule: string;
  /** The panel after the act; null leaves it as it is. */
  reader: Reader | null;
  refusals: Refusal[];
  choices: { scope: string; text: string }[];
  /** Send it to undo; "" when the act cannot be undone. */
  undo_key: string;
  /** Where the slip for a book that travels or lies ready is printed; "" for the others. */
  slip_url?: string;
  /** When it was done, as a slip shows it. */
  at?: string;
  /** Whose loan it is or was (the reader's id); 0 when nobody's. */
  borrower?: number;
  /** Sentences for the reader: what being late meant. They are among `lines` too. */
  told?: string[];
}
