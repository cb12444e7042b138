/** The chooser of authorities: type, walk with the arrows, take one over with heading and number. */
import { say } from "../shell/strings";
import type { Authority, Headings } from "./contract";
import { button, element } from "./dom";

const REST_MS = 200;

/** Opens the chooser on what a field says; `search` asks the server, `done` gets the authority that was chosen. */
export function chooseHeading(dialog: HTMLDialogElement, text: string, search: (text: string) => Promise<Headings | null>, done: (authority: Authority) => void): void {
  const input = element("input", { type: "search", value: text, autocomplete: "off", spellcheck: false, className: "heading-input" });
  input.setAttribute("aria-label", say("cataloguing.heading"));
  input.setAttribute("aria-controls", "heading-list");
  const list = element("ul", { className: "heading-list", id: "heading-list" });
  const state = element("p", { className: "ink-2" });
  state.setAttribute("role", "status");
  let timer = 0;
  let asked = 0;
  const take = (authority: Authority): void => {
    dialog.close();
    done(authority);
  };
  const look = async (): Promise<void> => {
    const turn = ++asked;
    const answer = input.value.trim() ? await search(input.value.trim()) : null;
    if (turn !== asked) return;
    list.replaceChildren(...(answer?.found ?? []).map((one) => drawAuthority(one, take, (other) => {
      input.value = other;
      input.focus();
      void look();
    })));
    state.replaceChildren(answer && answer.found.length === 0 ? say("cataloguing.no_heading") : say("cataloguing.heading_hint"));
    if (answer && answer.found.length === 0) state.append(" ", element("a", { href: answer.founding, target: "_blank", rel: "noopener" }, say("cataloguing.found_heading")));
  };
  input.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    if (!(event as InputEvent).isComposing) timer = window.setTimeout(() => void look(), REST_MS);
  });
  input.addEventListener("compositionend", () => void look());
  const leave = button(say("cataloguing.leave"), {}, "Esc");
  leave.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(element("h2", {}, say("cataloguing.heading")), input, state, list, element("p", { className: "actions" }, leave));
  dialog.onkeydown = (event) => walk(event, input, list);
  dialog.showModal();
  input.select();
  void look();
}

/** Enter in the field takes the first one; the arrows go along the list and back into the field. */
function walk(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  const choices = [...list.querySelectorAll<HTMLButtonElement>(".heading-take")];
  const here = choices.indexOf(document.activeElement as HTMLButtonElement);
  if (event.isComposing || choices.length === 0) return;
  if (event.key === "ArrowDown") (choices[Math.min(here + 1, choices.length - 1)] as HTMLElement).focus();
  else if (event.key === "ArrowUp") (here <= 0 ? input : (choices[here - 1] as HTMLElement)).focus();
  else if (event.key === "Enter" && event.target === input) choices[0]?.click();
  else return;
  event.preventDefault();
}

function drawAuthority(one: Authority, take: (one: Authority) => void, look: (text: string) => void): HTMLElement {
  const choose = element("button", { type: "button", className: "heading-take" },
    element("b", { className: "serif" }, one.heading), " ", element("span", { className: "mono ink-2" }, one.number), " ",
    element("small", { className: "ink-2" }, say("cataloguing.heading_records", { count: one.records })));
  choose.addEventListener("click", () => take(one));
  const row = element("li", {}, choose);
  if (one.see.length > 0) row.append(element("p", { className: "heading-see" }, say("cataloguing.see_from", { names: one.see.join("、") })));
  if (one.note) row.append(element("p", { className: "heading-see" }, one.note));
  if (one.seeAlso.length > 0) {
    const others = one.seeAlso.map((text) => {
      const go = button(text, {}, "", "quiet");
      go.addEventListener("click", () => look(text));
      return go;
    });
    row.append(element("p", { className: "heading-see" }, say("cataloguing.see_also"), " ", ...others));
  }
  return row;
}
