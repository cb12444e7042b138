/** Drawing the record: a row a field, with captions; what is typed goes to the draft without drawing again. */
import { say } from "../shell/strings";
import type { Draft, Finding, Format, Native } from "./contract";
import { button, element, seen } from "./dom";
import { isControl, LEADER, subfieldsOf } from "./draft";

/** Where the cursor is: `sub` counts subfields; -1 and -2 are the indicators. */
export interface Spot {
  field: number;
  sub: number;
  part: "value" | "code" | "indicator";
}

export function drawFields(root: HTMLElement, draft: Draft, format: Format): void {
  const rows = [drawLeader(draft, format), ...draft.fields.map((field, at) => drawField(field, at, format))];
  root.replaceChildren(...rows);
  for (const area of root.querySelectorAll("textarea")) fit(area);
}

function drawLeader(draft: Draft, format: Format): HTMLElement {
  const row = element("div", { className: "mf" });
  row.dataset["field"] = String(LEADER);
  const value = valueInput(LEADER, 0, draft.leader, format.leaderName || "LDR", true);
  row.append(
    element("div", { className: "mf-head" }, element("span", { className: "mf-tag" }, "LDR"), element("span", { className: "mf-name" }, format.leaderName)),
    element("div", { className: "mf-body" }, element("div", { className: "ms" }, element("span", { className: "ms-code" }), element("span", { className: "ms-name" }), value, ...chooser(format, "LDR", LEADER, 0))),
  );
  return row;
}

function drawField(field: Native, at: number, format: Format): HTMLElement {
  const form = format.fields[field[0]];
  const head = element("div", { className: "mf-head" }, element("span", { className: "mf-tag" }, field[0]));
  if (!isControl(field)) head.append(indicator(field, at, 0, format), indicator(field, at, 1, format));
  head.append(element("span", { className: "mf-name", title: form?.name ?? "" }, form?.name ?? ""));
  const body = element("div", { className: "mf-body" });
  subfieldsOf(field).forEach(([code, value], sub) => {
    const isCoded = format.coded[field[0] + code] !== undefined;
    const caption = isControl(field) ? "" : (form?.subfields[code]?.name ?? "");
    const label = `${field[0]}${code ? ` $${code}` : ""} ${caption || form?.name || ""}`;
    const line = element("div", { className: "ms" });
    line.append(
      isControl(field) ? element("span", { className: "ms-code" }) : codeInput(at, sub, code, label),
      element("span", { className: "ms-name", title: caption }, caption),
      valueInput(at, sub, value, label, isCoded),
      ...chooser(format, field[0] + code, at, sub),
    );
    body.append(line);
  });
  const row = element("div", { className: "mf" }, head, body);
  row.dataset["field"] = String(at);
  return row;
}

function chooser(format: Format, key: string, at: number, sub: number): HTMLElement[] {
  if (!format.coded[key]) return [];
  const open = button(say("cataloguing.choose"), { fixed: key, at: String(at), sub: String(sub) }, "", "quiet");
  open.tabIndex = -1;
  return [open];
}

function indicator(field: Native, at: number, place: 0 | 1, format: Format): HTMLInputElement {
  const value = field.length === 3 ? field[1].charAt(place) || " " : " ";
  const input = element("input", { className: "mf-indicator", value: seen(value), maxLength: 2, autocomplete: "off", spellcheck: false });
  const caption = format.fields[field[0]]?.indicators[place][seen(value)] ?? "";
  input.setAttribute("aria-label", say("cataloguing.indicator", { tag: field[0], place: place + 1 }));
  input.title = caption;
  return placed(input, at, -1 - place, "indicator");
}

function codeInput(at: number, sub: number, code: string, label: string): HTMLInputElement {
  const input = element("input", { className: "ms-code", value: code, maxLength: 2, autocomplete: "off", spellcheck: false });
  input.autocapitalize = "off";
  input.setAttribute("aria-label", say("cataloguing.code", { label }));
  return placed(input, at, sub, "code");
}

function valueInput(at: number, sub: number, value: string, label: string, isCoded: boolean): HTMLTextAreaElement {
  const area = element("textarea", { className: isCoded ? "ms-value coded" : "ms-value", value: isCoded ? seen(value) : value, rows: 1, spellcheck: false });
  area.setAttribute("aria-label", label);
  area.dir = isCoded ? "ltr" : "auto";
  if (isCoded) area.dataset["coded"] = "";
  return placed(area, at, sub, "value");
}

function placed<Kind extends HTMLElement>(input: Kind, at: number, sub: number, part: Spot["part"]): Kind {
  Object.assign(input.dataset, { at: String(at), sub: String(sub), part });
  return input;
}

export function spotOf(target: EventTarget | null): Spot | null {
  if (!(target instanceof HTMLElement) || target.dataset["part"] === undefined) return null;
  return { field: Number(target.dataset["at"]), sub: Number(target.dataset["sub"]), part: target.dataset["part"] as Spot["part"] };
}

export function inputAt(root: HTMLElement, spot: Spot): HTMLInputElement | HTMLTextAreaElement | null {
  return root.querySelector(`[data-part="${spot.part}"][data-at="${spot.field}"][data-sub="${spot.sub}"]`);
}

/** Lets a text area be as high as its text. */
export function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Marks what the rules found at its place: the worst of a subfield or a field. */
export function markFindings(root: HTMLElement, findings: readonly Finding[]): void {
  for (const marked of root.querySelectorAll("[data-gravity]")) {
    marked.removeAttribute("data-gravity");
    marked.removeAttribute("aria-invalid");
  }
  for (const said of root.querySelectorAll(".mf-findings")) said.remove();
  findings.forEach((one, nth) => {
    const row = root.querySelector<HTMLElement>(`.mf[data-field="${one.field ?? (one.tag === "LDR" ? LEADER : "")}"]`);
    if (!row) return;
    let list = row.querySelector<HTMLElement>(".mf-findings");
    if (!list) row.append((list = element("ul", { className: "mf-findings" })));
    list.append(element("li", { className: one.gravity }, one.text, ...(one.repair ? [" ", button(one.repair.label, { repair: String(nth) }, "", "quiet")] : [])));
  });
  for (const one of [...findings].reverse()) {
    const at = one.field ?? (one.tag === "LDR" ? LEADER : null);
    if (at === null) continue;
    const row = root.querySelector<HTMLElement>(`.mf[data-field="${at}"]`);
    if (row) row.dataset["gravity"] = one.gravity;
    const input = inputAt(root, { field: at, sub: one.subfield ?? 0, part: "value" });
    if (input && one.gravity !== "hint") {
      input.dataset["gravity"] = one.gravity;
      input.setAttribute("aria-invalid", "true");
    }
  }
}
