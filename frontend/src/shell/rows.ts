/** Rows by keyboard: in a table with `data-row-keys`, arrows move and Enter opens the row's first link. */

export function startRows(): void {
  reachable();
  document.addEventListener("htmx:afterSwap", reachable);
  document.addEventListener("keydown", onKey);
}

/** One row of each table can be reached by the tab key. */
function reachable(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-row-keys]")) {
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    if (!rows.some((row) => row.hasAttribute("tabindex"))) rows[0]?.setAttribute("tabindex", "0");
  }
}

function onKey(event: KeyboardEvent): void {
  const row = event.target;
  const table = row instanceof HTMLTableRowElement ? row.closest<HTMLTableElement>("table[data-row-keys]") : null;
  if (!(row instanceof HTMLTableRowElement) || !table) return;
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length };
  const step = steps[event.key];
  if (step !== undefined) {
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step))];
    row.removeAttribute("tabindex");
    next?.setAttribute("tabindex", "0");
    next?.focus();
    event.preventDefault();
  } else if (event.key === "Enter") {
    row.querySelector("a")?.click();
  }
}
