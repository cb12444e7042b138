/** Every desk page: look, dialogs, keys of the shell, htmx. */
import "./desk.css";

import { openDialog, startDialogs } from "./shell/dialogs";
import { startForms } from "./shell/forms";
import { startHotkeys } from "./shell/hotkeys";
import { startLook } from "./shell/look";
import { startMenu } from "./shell/menu";
import { startRequests } from "./shell/requests";
import { startRows } from "./shell/rows";

function writesIn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "F1" || (event.key === "?" && !writesIn(event.target))) {
    openDialog("keys-dialog");
    event.preventDefault();
  } else if (event.ctrlKey && !event.shiftKey && event.code === "KeyL") {
    const lock = document.querySelector<HTMLButtonElement>("[data-lock]");
    if (!lock) return;
    lock.click();
    event.preventDefault();
  } else if (event.key === "/" && !writesIn(event.target)) {
    const search = document.querySelector<HTMLElement>("main input[type=search]");
    if (!search) return;
    search.focus();
    event.preventDefault();
  }
});

// What a desk without a line took along of readers goes with whoever signs out; the acts that wait do not.
document.addEventListener("submit", (event) => {
  const target = (event.target as Element).getAttribute("action") ?? "";
  if (target.endsWith("/desk/sign-out/")) indexedDB.deleteDatabase("wenlan-taken-along");
});

// On a phone the pages of a section are longer than the screen: the one that is shown stands in sight.
document.querySelector(".desk-section [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

startLook();
startDialogs();
startMenu();
startForms();
startRows();
startHotkeys();
startRequests();
