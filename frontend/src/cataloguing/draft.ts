/** Changes to a draft, each a new draft: nothing is changed in place, so that undoing is going back. */
import type { Coded, Draft, Edit, Format, Native, Part, Subfield } from "./contract";

export const LEADER = -1;

export function isControl(field: Native): field is [string, string] {
  return field.length === 2;
}

export function subfieldsOf(field: Native): Subfield[] {
  return field.length === 2 ? [["", field[1]]] : field[2];
}

function withField(draft: Draft, at: number, field: Native): Draft {
  const fields = [...draft.fields];
  fields[at] = field;
  return { ...draft, fields };
}

function withSubfields(draft: Draft, at: number, subfields: Subfield[]): Draft {
  const field = draft.fields[at] as Native;
  return isControl(field) ? withField(draft, at, [field[0], subfields[0]?.[1] ?? ""]) : withField(draft, at, [field[0], field[1], subfields]);
}

/** Sets the value of a subfield, the data of a control field, or the leader. */
export function setValue(draft: Draft, at: number, sub: number, value: string): Draft {
  if (at === LEADER) return { ...draft, leader: value };
  const subfields = subfieldsOf(draft.fields[at] as Native).map((one, place): Subfield => (place === sub ? [one[0], value] : one));
  return withSubfields(draft, at, subfields);
}

export function setCode(draft: Draft, at: number, sub: number, code: string): Draft {
  const subfields = subfieldsOf(draft.fields[at] as Native).map((one, place): Subfield => (place === sub ? [code, one[1]] : one));
  return withSubfields(draft, at, subfields);
}

export function setIndicator(draft: Draft, at: number, place: 0 | 1, value: string): Draft {
  const field = draft.fields[at] as Native;
  if (isControl(field)) return draft;
  const given = field[1].padEnd(2);
  const indicators = place === 0 ? value + given.slice(1) : given.slice(0, 1) + value + given.slice(2);
  return withField(draft, at, [field[0], indicators, field[2]]);
}

/** Returns where a new field with this tag belongs: behind the last one whose tag is not higher. */
export function placeOf(draft: Draft, tag: string): number {
  let place = 0;
  draft.fields.forEach((field, at) => {
    if (field[0] <= tag) place = at + 1;
  });
  return place;
}

/** Adds a field as the format begins it; returns the draft and the field's place. */
export function addField(draft: Draft, tag: string, format: Format): [Draft, number] {
  const form = format.fields[tag];
  const at = placeOf(draft, tag);
  const fields = [...draft.fields];
  fields.splice(at, 0, newField(tag, form?.control ?? tag.startsWith("00"), form?.new ?? "  ", form?.start ?? "a", format));
  return [{ ...draft, fields }, at];
}

function newField(tag: string, isControlField: boolean, indicators: string, start: string, format: Format): Native {
  if (isControlField) return [tag, format.coded[tag]?.blank ?? ""];
  const subfields = [...start].map((code): Subfield => [code, format.coded[tag + code]?.blank ?? (code === "1" ? "2001 " : "")]);
  return [tag, indicators, subfields];
}

export function addSubfield(draft: Draft, at: number, after: number, code: string): Draft {
  const field = draft.fields[at] as Native;
  if (isControl(field)) return draft;
  const subfields = [...field[2]];
  subfields.splice(after + 1, 0, [code, ""]);
  return withSubfields(draft, at, subfields);
}

/** Removes a subfield; the last one takes its field with it. */
export function removeSubfield(draft: Draft, at: number, sub: number): Draft {
  const subfields = subfieldsOf(draft.fields[at] as Native).filter((_, place) => place !== sub);
  return subfields.length === 0 ? removeField(draft, at) : withSubfields(draft, at, subfields);
}

export function removeField(draft: Draft, at: number): Draft {
  return { ...draft, fields: draft.fields.filter((_, place) => place !== at) };
}

export function moveField(draft: Draft, at: number, by: number): Draft {
  return { ...draft, fields: moved(draft.fields, at, by) };
}

export function moveSubfield(draft: Draft, at: number, sub: number, by: number): Draft {
  return withSubfields(draft, at, moved(subfieldsOf(draft.fields[at] as Native), sub, by));
}

function moved<Kind>(list: readonly Kind[], at: number, by: number): Kind[] {
  const other = at + by;
  const changed = [...list];
  if (at < 0 || other < 0 || at >= list.length || other >= list.length) return changed;
  [changed[at], changed[other]] = [changed[other] as Kind, changed[at] as Kind];
  return changed;
}

/** Returns the length and the positions of coded data, as leader or first character decide. */
export function partsOf(coded: Coded, text: string, leader: string): { length: number; parts: Part[] } {
  const deciding = coded.by === "leader" ? leader.slice(6, 8) : text.slice(0, 1);
  const kind = coded.kinds.find(({ when }) => when.some((letters) => deciding.startsWith(letters)));
  if (!kind) return coded;
  return { length: kind.length, parts: [...coded.parts, ...kind.parts].sort((one, other) => one.at - other.at) };
}

/** Puts a field in the place of another. */
export function setField(draft: Draft, at: number, field: Native): Draft {
  return withField(draft, at, field);
}

/** Applies the edits of a repair, in their order. */
export function apply(draft: Draft, edits: readonly Edit[]): Draft {
  let leader = draft.leader;
  const fields = [...draft.fields];
  for (const edit of edits) {
    if (edit[0] === "leader") leader = edit[1];
    else if (edit[0] === "remove") fields.splice(edit[1], 1);
    else fields.splice(edit[1], edit[0] === "set" ? 1 : 0, edit[2]);
  }
  return { leader, fields };
}

/** Puts the pinyin where the field already has it ($A or $9), else into a $9 behind $a. */
export function setPinyin(draft: Draft, at: number, pinyin: string): Draft {
  const field = draft.fields[at] as Native;
  if (isControl(field)) return draft;
  const usesA = draft.fields.some((one) => !isControl(one) && one[2].some(([code]) => code === "A"));
  const there = field[2].findIndex(([code]) => code === "9" || code === "A");
  if (there >= 0) return setValue(draft, at, there, pinyin);
  const title = field[2].findIndex(([code]) => code === "a");
  const added = addSubfield(draft, at, title, usesA ? "A" : "9");
  return setValue(added, at, title + 1, pinyin);
}

const MOST_STEPS = 500;

/** The steps of one sitting: typing on in one place is one step. */
export class Steps {
  private past: Draft[] = [];
  private future: Draft[] = [];
  private mark = "";

  constructor(public now: Draft) {}

  /** Makes a step; with the same mark as the one before it goes on with that one. */
  to(next: Draft, mark = ""): void {
    if (next === this.now) return;
    if (!mark || mark !== this.mark) this.past = [...this.past.slice(1 - MOST_STEPS), this.now];
    this.mark = mark;
    this.future = [];
    this.now = next;
  }

  /** Ends the step, so that the next change in the same place is another one. */
  rest(): void {
    this.mark = "";
  }

  undo(): boolean {
    return this.go(this.past, this.future);
  }

  redo(): boolean {
    return this.go(this.future, this.past);
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  private go(from: Draft[], to: Draft[]): boolean {
    const there = from.pop();
    if (!there) return false;
    to.push(this.now);
    this.now = there;
    this.mark = "";
    return true;
  }
}
