/** The lending rules as they were taken along: what stands against a loan, and until when it is. Pure. */
import type { CardRow, Category, ItemRow, Meta, Terms, TermsFrom } from "./contract";

const DAY_MS = 86_400_000;
const LONGEST_CLOSURE_DAYS = 400;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first open day on or after a day. */
export function openDay(day: string, closed: ReadonlySet<string>): string {
  let found = day;
  for (let tried = 0; closed.has(found) && tried < LONGEST_CLOSURE_DAYS; tried += 1) found = addDays(found, 1);
  return found;
}

/** Until when an item is lent that runs `days` from `start`; a fixed day lengthens or cuts while it is to come. */
export function dueDay(terms: Terms, start: string, days: number, today: string, closed: ReadonlySet<string>): string {
  const earliest = addDays(start, days);
  const { fixed_on: fixed } = terms;
  const decides = fixed > today && (terms.fixed === "cuts" ? fixed < earliest : fixed > earliest);
  return openDay(decides ? fixed : earliest, closed);
}

export function lentUntil(terms: Terms, today: string, closed: ReadonlySet<string>): string {
  return dueDay(terms, today, terms.days, today, closed);
}

export function renewedUntil(terms: Terms, due: string, today: string, closed: ReadonlySet<string>): string {
  return dueDay(terms, terms.renew_from === "due" ? due : today, terms.renewal_days, today, closed);
}

/** The terms of a kind of item for a category on a day; undefined where no rule holds. */
export function termsOn(meta: Meta, kind: number, category: number, today: string): Terms | undefined {
  const [{ all }, ...dated] = meta.rules;
  const holding = (dated as TermsFrom[]).filter((one) => one.since <= today).pop() ?? dated[0];
  return all[holding?.terms[kind]?.[category] ?? -1];
}

/** What stands against the reader, as codes of the desk; `loans` is how many items they have by what is known here. */
export function readerRefusals(card: CardRow, category: Category | undefined, loans: number, today: string): string[] {
  const [, , , against, suspended, valid] = card;
  const found = [...against];
  if (suspended && suspended >= today && !found.includes("reader_suspended")) found.push("reader_suspended");
  if (valid && valid < today) found.push("card_expired");
  if (category && loans >= category.limit) found.push("loan_limit_reached");
  return found;
}

/** Whether the reader has as many items of some kind as the terms allow; `had` is how many of each by what is known. */
export function kindRefusals(terms: Terms | undefined, had: (kind: number) => number): string[] {
  return terms?.limits?.some(([kind, most]) => had(kind) >= most) ? ["kind_limit_reached"] : [];
}

const BY_STATUS: Record<string, string> = {
  on_loan: "item_on_loan", in_transit: "item_in_transit", in_processing: "item_in_processing", missing: "item_missing",
  searched_for: "item_missing", lost: "item_lost", lost_on_the_way: "item_lost", damaged: "item_damaged",
  in_repair: "item_damaged", at_bindery: "item_damaged", in_handover: "item_in_handover",
  in_transfer: "item_in_handover", locked: "item_locked", set_aside: "item_set_aside", on_hold_shelf: "item_reserved",
};

/** What stands against lending the item, as codes of the desk. */
export function itemRefusals(item: ItemRow): string[] {
  const found = BY_STATUS[item[3]];
  return [...(found ? [found] : []), ...(item[5] ? [] : ["item_not_for_loan"])];
}
