/** The big screen: polls one cached snapshot a second with its ETag and swaps in what changed. */
import "./screen.css";

const EVERY_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

const screen = document.querySelector<HTMLElement>("[data-snapshot]");
const clock = document.querySelector<HTMLElement>("[data-clock]");
let wait = EVERY_MS;
let tag = "";

function showTime(): void {
  if (!clock) return;
  const now = new Date();
  clock.textContent = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
}

/** The answer is a JSON object: element id to its new text. */
async function poll(address: string): Promise<void> {
  try {
    const response = await fetch(address, { headers: tag ? { "If-None-Match": tag } : {} });
    if (response.ok) {
      tag = response.headers.get("ETag") ?? "";
      for (const [id, text] of Object.entries((await response.json()) as Record<string, string>)) {
        const element = document.getElementById(id);
        if (!element || element.textContent === text) continue;
        if ("structure" in element.dataset) window.location.reload(); // the page's own shape has changed
        else element.textContent = text;
      }
    }
    wait = EVERY_MS;
  } catch {
    wait = Math.min(wait * 2, LONGEST_WAIT_MS); // The line is down: the last figures stay, the asking slows.
  }
  showTime();
  window.setTimeout(() => void poll(address), wait);
}

showTime();
if (screen?.dataset["snapshot"]) void poll(screen.dataset["snapshot"]);
