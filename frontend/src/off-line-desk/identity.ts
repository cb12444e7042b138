/** Numbers of documents, looked at where the reader stands; the server looks again (`patrons/policies.py`). */

export interface Told {
  born: string;
  sex: "m" | "f";
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]; // GB 11643-1999, annex A
const CHECKS = "10X98765432";
const NUMBERED = /^\d{17}[\dX]$/;
const FORMS: Record<string, RegExp> = {
  residence_permit: /^8[123]0000\d{11}[\dX]$/,
  foreigners_card: /^(9\d{16}[\dX]|[A-Z]{3}\d{12})$/,
  hk_macau_permit: /^[HM]\d{8}(\d{2})?$/,
  taiwan_permit: /^(\d{8}|\d{10}[A-Z]?)$/,
  passport: /^(?=.*\d)[A-Z0-9]{5,15}$/,
  military: /^[\p{L}\p{N}_-]{4,20}$/u,
};
const CHECKED = ["citizen", "residence_permit", "foreigners_card"];

/** What an identity number states; null for one whose check digit or date does not fit. */
export function stated(number: string): Told | null {
  if (!NUMBERED.test(number)) return null;
  const total = WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(number[place]), 0);
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isDay = !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day) && Number(year) > 0;
  if (CHECKS[total % 11] !== number[17] || !isDay) return null;
  return { born: `${year}-${month}-${day}`, sex: Number(number[16]) % 2 ? "m" : "f" };
}

/** What is wrong with a number of a kind of document: a word of the page, "" for nothing. */
export function documentFault(kind: string, number: string): "" | "id_old" | "id_wrong" | "document_wrong" {
  if (!number) return "";
  if (kind === "citizen" && /^\d{15}$/.test(number)) return "id_old";
  if (CHECKED.includes(kind) && NUMBERED.test(number) && !stated(number)) return "id_wrong";
  if (kind === "citizen") return stated(number) ? "" : "id_wrong";
  return FORMS[kind]?.test(number) ? "" : "document_wrong";
}

/** The completed years on a day, both as ISO days; null when nothing is known, or the birth lies ahead. */
export function age(born: string, today: string): number | null {
  if (!born || born > today) return null;
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}

/** A name with all but the first letter of each word hidden, as the server masks it. */
export function masked(name: string): string {
  return name.split(/\s+/).filter(Boolean).map((word) => {
    const [first = "", ...rest] = word;
    return first + "*".repeat(rest.length);
  }).join(" ");
}
