/** The chooser of fixed positions: a caption and a choice for each, the whole string above. */
import { say } from "../shell/strings";
import type { Coded, Part } from "./contract";
import { button, element, meant, seen } from "./dom";
import { partsOf } from "./draft";

export interface Asked {
  heading: string;
  coded: Coded;
  text: string;
  leader: string;
  position: number | null;
}

/** Opens the chooser on coded data; calls `done` with the text when it is kept. */
export function chooseFixed(dialog: HTMLDialogElement, { heading, coded, text, leader, position }: Asked, done: (text: string) => void): void {
  const fitted = (said: string): string => {
    const { length } = partsOf(coded, said, leader);
    return said.padEnd(length).slice(0, coded.by === "first" ? length : Math.max(length, text.length));
  };
  let now = fitted(text || coded.blank);
  const whole = element("output", { className: "fixed-whole mono" });
  const show = (part: Part | null): void => {
    whole.replaceChildren(
      ...(part
        ? [seen(now.slice(0, part.at)), element("mark", {}, seen(now.slice(part.at, part.at + part.size))), seen(now.slice(part.at + part.size))]
        : [seen(now)]),
    );
  };
  const put = (part: Part, at: number, value: string): void => {
    now = now.slice(0, at) + value + now.slice(at + value.length);
    if (coded.by === "first" && at === 0) {
      now = fitted(now);
      draw();
      list.querySelector<HTMLElement>("select")?.focus();
    }
    show(part);
  };
  const list = element("div", { className: "fixed-parts" });
  const draw = (): void => list.replaceChildren(...partsOf(coded, now, leader).parts.map((part) => drawPart(part, () => now, put, show)));
  draw();
  const keep = (): void => {
    dialog.close();
    done(now);
  };
  const keepButton = button(say("cataloguing.keep"), {}, "Enter", "primary");
  const leave = button(say("cataloguing.leave"), {}, "Esc");
  keepButton.addEventListener("click", keep);
  leave.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(element("h2", {}, heading), whole, list, element("p", { className: "actions" }, keepButton, leave));
  dialog.onkeydown = (event) => {
    if (event.key !== "Enter" || event.target instanceof HTMLButtonElement || event.isComposing) return;
    event.preventDefault();
    keep();
  };
  show(null);
  dialog.showModal();
  const first = position === null ? null : list.querySelector<HTMLElement>(`[data-position="${position}"]`);
  (first ?? list.querySelector<HTMLElement>("select, input"))?.focus();
}

function drawPart(part: Part, text: () => string, put: (part: Part, at: number, value: string) => void, show: (part: Part) => void): HTMLElement {
  const at = part.size === 1 ? String(part.at) : `${part.at}–${part.at + part.size - 1}`;
  const controls = part.kind === "code" && part.each
    ? Array.from({ length: part.size }, (_, nth) => choice(part, part.at + nth, 1, text(), put))
    : [part.kind === "code" ? choice(part, part.at, part.size, text(), put) : typed(part, text(), put)];
  for (const [nth, control] of controls.entries()) {
    control.setAttribute("aria-label", controls.length > 1 ? `${part.name} ${nth + 1}` : part.name);
    control.addEventListener("focus", () => show(part));
  }
  (controls[0] as HTMLElement).dataset["position"] = String(part.at);
  return element("div", { className: "fixed-part" },
    element("span", { className: "fixed-at mono" }, at), element("span", { className: "fixed-name" }, part.name),
    element("span", { className: "fixed-choices" }, ...controls));
}

function choice(part: Part, at: number, size: number, text: string, put: (part: Part, at: number, value: string) => void): HTMLSelectElement {
  const given = text.slice(at, at + size).padEnd(size);
  const known = Object.entries(part.values);
  const all = part.values[given] === undefined ? [[given, say("cataloguing.not_known")] as [string, string], ...known] : known;
  const select = element("select", {}, ...all.map(([code, name]) => element("option", { value: code, selected: code === given }, `${seen(code)} ${name}`)));
  select.addEventListener("change", () => put(part, at, select.value.padEnd(size)));
  return select;
}

function typed(part: Part, text: string, put: (part: Part, at: number, value: string) => void): HTMLInputElement {
  const input = element("input", { className: "mono", value: seen(text.slice(part.at, part.at + part.size)), maxLength: part.size, size: Math.max(part.size, 4), autocomplete: "off", spellcheck: false });
  input.addEventListener("input", () => put(part, part.at, meant(input.value).padEnd(part.size)));
  input.addEventListener("focus", () => input.select());
  return input;
}
