/** One question a screen; a screen that nobody touches goes home. */
import "./kiosk.css";

import { startLook } from "./shell/look";
import { startRequests } from "./shell/requests";

const LARGE_TYPE_FACTOR = 3;

const main = document.querySelector<HTMLElement>("main[data-idle]");
let timer = 0;

function restart(): void {
  if (!main) return;
  const factor = document.documentElement.dataset["type"] === "large" ? LARGE_TYPE_FACTOR : 1;
  clearTimeout(timer);
  timer = window.setTimeout(() => location.assign(main.dataset["home"] ?? "/kiosk/"), Number(main.dataset["idle"]) * 1000 * factor);
}

for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, restart);
startLook();
startRequests();
restart();
