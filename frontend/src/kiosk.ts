/** One question a screen; a screen that nobody touches goes home. */
import "./kiosk.css";

import { ScanField } from "./desk-circulation/field";
import { Agent } from "./agent/client";
import { Items } from "./kiosk/items";
import { startKeypads } from "./kiosk/keypad";
import { startLook } from "./shell/look";
import { startRequests } from "./shell/requests";

const LARGE_TYPE_FACTOR = 3;

const main = document.querySelector<HTMLElement>("main[data-idle]");
let timer = 0;

function restart(): void {
  const seconds = Number(main?.dataset["idle"]);
  if (!main || !seconds) return;
  const factor = document.documentElement.dataset["type"] === "large" ? LARGE_TYPE_FACTOR : 1;
  clearTimeout(timer);
  timer = window.setTimeout(() => location.assign(main.dataset["home"] ?? "/kiosk/start"), seconds * 1000 * factor);
}

/** A card before the scanner, or on the reader beside the screen, is the form sent. */
function startCard(form: HTMLFormElement): void {
  const input = form.querySelector("input[data-scan]") as HTMLInputElement;
  const show = (code: string): void => {
    input.value = code;
    form.submit();
  };
  const field = new ScanField(input, show);
  const agent = new Agent();
  if (agent.isPaired) {
    agent.listen({
      hello: (state) => state.tags.filter((tag) => tag.kind === "card").slice(0, 1).forEach((tag) => show(tag.code)),
      arrived: (tag) => tag.kind === "card" && show(tag.code),
      card: ({ number }) => show(number),
    });
  }
  field.focus();
}

for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, restart);
document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-print]")) window.print();
});
// A page that the browser's back button brings belongs to who was here before.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(main?.dataset["home"] ?? "/kiosk/start");
});
startLook();
startRequests();
startKeypads();
const items = document.querySelector<HTMLElement>("[data-items]");
if (items) new Items(items, restart).start();
const card = document.querySelector<HTMLFormElement>("[data-card-form]");
if (card) startCard(card);
main?.toggleAttribute("data-ready", true);
restart();
