/** htmx with our forgery token, our errors and our one rule: a page that fails says so, and how. */
import htmx from "htmx.org";

import { csrfToken } from "./csrf";
import { say } from "./strings";

export function startRequests(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
    const token = csrfToken();
    if (token) headers["X-CSRFToken"] = token;
  });
  // A refusal (409) or a form with errors (422) is an answer, to be shown where it was asked.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean; isError: boolean }>;
    if (detail.xhr.status === 409 || detail.xhr.status === 422) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });
  document.addEventListener("htmx:sendError", () => note(say("shell.offline"), "warning"));
  document.addEventListener("htmx:responseError", () => note(say("shell.failed"), "error"));
}

/** Puts a note under the page's title; the same words are not repeated. */
export function note(text: string, tone: "info" | "success" | "warning" | "error"): void {
  const notes = document.getElementById("notes");
  if (!notes || [...notes.children].some((child) => child.textContent === text)) return;
  const line = document.createElement("p");
  line.className = `note ${tone}`;
  line.textContent = text;
  notes.append(line);
}

export { htmx };
