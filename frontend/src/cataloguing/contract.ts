/** What the editor and the server say to each other; the server's side is catalogue/editing/views.py. */

/** A field as JSON: `[tag, data]` or `[tag, indicators, [[code, value], …]]`. */
export type Subfield = [code: string, value: string];
export type Native = [tag: string, data: string] | [tag: string, indicators: string, subfields: Subfield[]];

export interface Draft {
  readonly leader: string;
  readonly fields: readonly Native[];
}

export interface Opened extends Draft {
  template: string;
  format: string;
  record: number | null;
  hash: string;
  language: string;
}

export interface FieldForm {
  name: string;
  once: boolean;
  control: boolean;
  indicators: [Record<string, string>, Record<string, string>];
  new: string;
  start: string;
  subfields: Record<string, { name: string; once: boolean }>;
}

export interface Part {
  at: number;
  size: number;
  name: string;
  kind: "code" | "date" | "year" | "language" | "charset" | "text";
  each: boolean;
  values: Record<string, string>;
}

/** Positions that only some coded data has: that whose deciding characters begin with one of `when`. */
export interface CodedKind {
  name: string;
  when: string[];
  length: number;
  parts: Part[];
}

export interface Coded {
  length: number;
  blank: string;
  parts: Part[];
  /** What decides which of `kinds` it is: positions 06-07 of the leader, or its own first character. */
  by: "" | "leader" | "first";
  kinds: CodedKind[];
}

export interface Format {
  fields: Record<string, FieldForm>;
  /** By tag and code (`100a`), the leader as `LDR`. */
  coded: Record<string, Coded>;
  leaderName: string;
  /** Tags whose fields an authority may stand behind. */
  headings: string[];
}

export type Edit = ["set" | "insert", number, Native] | ["remove", number] | ["leader", string];

export interface Finding {
  rule: string;
  gravity: "error" | "warning" | "hint";
  tag: string;
  field: number | null;
  subfield: number | null;
  position: number | null;
  text: string;
  repair: { name: string; label: string; edits: Edit[] } | null;
}

export interface Likeness {
  id: number;
  url: string;
  title: string;
  line: string;
  why: string;
  sure: boolean;
}

export interface Checked {
  findings: Finding[];
  duplicates: Likeness[];
  /** The catalogue card, a paragraph an entry. */
  card: string[];
}

export interface Authority {
  uid: string;
  number: string;
  heading: string;
  see: string[];
  seeAlso: string[];
  note: string;
  records: number;
}

export interface Headings {
  found: Authority[];
  /** Where a new heading is founded. */
  founding: string;
}

export interface Reading {
  text: string;
  readings: string[];
}

export interface Saved extends Draft {
  record: number;
  hash: string;
  title: string;
  url: string;
}

export interface Refusal {
  code: string;
  message: string;
  hash?: string;
  stored?: Draft;
  by?: string;
  lines?: { sign: "+" | "-"; text: string }[];
}
