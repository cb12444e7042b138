/** The slip that a reader takes home: what was lent, renewed and returned for one reader in this sitting. */
import { say } from "../shell/strings";
import type { Answer, Reader } from "./contract";
import type { Line } from "./view";

export type SlipAct = "out" | "renew" | "in";
export const SLIP_ACTS: readonly SlipAct[] = ["out", "renew", "in"];
/** A longer rest between two acts of a reader parts two visits. */
const VISIT_GAP_MS = 30 * 60 * 1000;

/** When a line was scanned, in milliseconds: its key is a UUIDv7. */
function scannedAt(line: Line): number {
  return parseInt(line.key.replace(/-/g, "").slice(0, 12), 16);
}

function isOnSlip(line: Line): boolean {
  const { answer } = line;
  return Boolean(answer && !line.undone && !line.printed && answer.outcome !== "stop" && answer.borrower && SLIP_ACTS.includes(answer.act as SlipAct));
}

/**
 * Returns the acts of one visit, oldest first: those of the reader in the panel, else of whose act came last. What was
 * undone, refused or printed before is left out.
 */
export function visitOf(lines: readonly Line[], reader: Reader | null): Line[] {
  const able = lines.filter(isOnSlip);
  const borrower = reader?.id ?? able[able.length - 1]?.answer?.borrower;
  const theirs = able.filter((line) => line.answer?.borrower === borrower);
  const seam = theirs.reduce((found, line, place) => {
    const before = theirs[place - 1];
    return before && scannedAt(line) - scannedAt(before) > VISIT_GAP_MS ? place : found;
  }, 0);
  return theirs.slice(seam);
}

/** Draws the slip into `sheet`; what stands around it (library, place) is in the template. */
export function drawSlip(sheet: HTMLElement, visit: readonly Line[], reader: Reader | null): void {
  const slot = (name: string): HTMLElement => sheet.querySelector(`[data-slip="${name}"]`) as HTMLElement;
  const answers = visit.map((line) => line.answer as Answer);
  const newest = answers[answers.length - 1];
  slot("at").textContent = newest?.at ?? "";
  slot("card").textContent = reader?.card ? say("circulation.slip_card", { end: reader.card.slice(-4) }) : "";
  slot("acts").replaceChildren(...SLIP_ACTS.flatMap((act) => part(act, answers.filter((answer) => answer.act === act))));
  slot("sums").textContent = [
    ...SLIP_ACTS.map((act) => [act, answers.filter((answer) => answer.act === act).length] as const)
      .filter(([, count]) => count > 0)
      .map(([act, count]) => say(`circulation.slip_count_${act}`, { count })),
    ...(reader ? [say("circulation.slip_at_home", { count: reader.loans })] : []),
  ].join(" · ");
}

function part(act: SlipAct, answers: Answer[]): HTMLElement[] {
  if (answers.length === 0) return [];
  const head = document.createElement("h3");
  head.textContent = say(`circulation.slip_${act}`);
  const list = document.createElement("ul");
  list.append(...answers.map(entry));
  return [head, list];
}

function entry(answer: Answer): HTMLElement {
  const made = document.createElement("li");
  const due = answer.act === "in" ? "" : say("circulation.due", { day: answer.due_on });
  for (const [name, text] of [["slip-title", answer.title], ["slip-code", answer.barcode], ["slip-due", due], ...(answer.told ?? []).map((told) => ["slip-told", told])]) {
    if (!text) continue;
    const span = document.createElement("span");
    Object.assign(span, { className: name, textContent: text });
    made.append(span);
  }
  return made;
}
