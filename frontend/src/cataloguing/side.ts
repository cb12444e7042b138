/** The side of the editor: what the rules found, which records are alike, and the field the cursor is in. */
import { say } from "../shell/strings";
import type { Draft, Finding, Format, Likeness, Native } from "./contract";
import { button, element } from "./dom";
import type { Spot } from "./fields";
import { isControl } from "./draft";

const TONES = { error: "vermilion", warning: "amber", hint: "indigo" } as const;

export function drawFindings(root: HTMLElement, findings: readonly Finding[]): void {
  const counted = (["error", "warning", "hint"] as const).map((gravity) => findings.filter((one) => one.gravity === gravity).length);
  const heading = element("h2", {}, findings.length === 0 ? say("cataloguing.sound") : say("cataloguing.found", { errors: counted[0] as number, warnings: counted[1] as number, hints: counted[2] as number }));
  const list = element("ol", { className: "findings" }, ...findings.map(drawFinding));
  root.replaceChildren(heading, list);
}

function drawFinding(one: Finding, nth: number): HTMLElement {
  const go = element("button", { type: "button", className: "finding-text" }, one.text);
  go.dataset["goto"] = String(nth);
  const row = element("li", { className: "finding" }, element("span", { className: `seal ${TONES[one.gravity]}` }, say(`cataloguing.${one.gravity}`)), go);
  row.dataset["rule"] = one.rule;
  if (one.repair) row.append(button(one.repair.label, { repair: String(nth) }, nth === 0 ? "F8" : "", "quiet"));
  return row;
}

export function drawLikenesses(root: HTMLElement, alike: readonly Likeness[]): void {
  root.hidden = alike.length === 0;
  root.replaceChildren(
    element("h2", {}, say("cataloguing.alike", { count: alike.length })),
    element("ul", { className: "alike" }, ...alike.map((one) =>
      element("li", {},
        element("a", { href: one.url, target: "_blank", rel: "noopener", className: "serif" }, one.title), " ",
        element("span", { className: `seal ${one.sure ? "vermilion" : "amber"}` }, one.why), element("small", {}, one.line)))),
  );
}

/** Shows the catalogue card as the record would have it now. */
export function drawCard(root: HTMLElement, card: readonly string[]): void {
  root.hidden = card.length === 0;
  root.replaceChildren(
    element("h2", {}, say("cataloguing.card")),
    element("div", { className: "card" }, ...card.map((text) => element("p", {}, text))),
  );
}

/** Shows what the format knows of the field under the cursor, and what can be done there. */
export function drawHelp(root: HTMLElement, draft: Draft, format: Format, spot: Spot | null): void {
  const field = spot && spot.field >= 0 ? draft.fields[spot.field] : undefined;
  if (!field || !spot) {
    root.replaceChildren(element("p", { className: "ink-2" }, say("cataloguing.no_field")));
    return;
  }
  const form = format.fields[field[0]];
  root.replaceChildren(
    element("h2", {}, `${field[0]} ${form?.name ?? say("cataloguing.not_known")}`),
    ...(spot.part === "indicator" ? [values(form?.indicators[spot.sub === -1 ? 0 : 1] ?? {})] : []),
    ...(isControl(field) ? [] : [codes(field, format)]),
    element("p", { className: "help-acts" },
      ...(isControl(field) ? [] : [button(say("cataloguing.add_subfield"), { act: "add-subfield" }, "Alt Enter", "quiet")]),
      ...(format.headings.includes(field[0]) ? [button(say("cataloguing.heading"), { act: "heading" }, "F3", "quiet")] : []),
      ...(field[0] === "200" || field[0].startsWith("7") || field[0].startsWith("5") ? [button(say("cataloguing.pinyin"), { act: "pinyin" }, "F4", "quiet")] : []),
      button(say("cataloguing.up"), { act: "up" }, "Alt ↑", "quiet"), button(say("cataloguing.down"), { act: "down" }, "Alt ↓", "quiet"),
      button(say("cataloguing.remove_subfield"), { act: "remove-subfield" }, "Ctrl Del", "quiet"),
      button(say("cataloguing.remove_field"), { act: "remove-field" }, "Ctrl ⇧ Del", "quiet danger")),
  );
}

function values(known: Record<string, string>): HTMLElement {
  return element("dl", { className: "help-codes" }, ...Object.entries(known).map(([code, name]) => element("div", {}, element("dt", {}, code), element("dd", {}, name))));
}

function codes(field: Native, format: Format): HTMLElement {
  const known = Object.entries(format.fields[field[0]]?.subfields ?? {}).sort(([one], [other]) => rank(one) - rank(other));
  const used = new Set(isControl(field) ? [] : field[2].map(([code]) => code));
  return element("ul", { className: "help-codes" }, ...known.map(([code, { name, once }]) => {
    const add = button(`$${code} ${name}`, { code }, "", "quiet");
    add.disabled = once && used.has(code);
    return element("li", {}, add);
  }));
}

/** Small letters first, then digits, then capitals: as catalogues list them. */
function rank(code: string): number {
  return code.charCodeAt(0) + (/[a-z]/.test(code) ? 0 : /\d/.test(code) ? 200 : 300);
}
