/**
 * A key for an act: `data-hotkey="F9"` on a button or link. In a table the one of the row that has the focus, or the
 * only one there is.
 */

export function startHotkeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat) return;
    const wanted = `[data-hotkey="${CSS.escape(event.key)}"]`;
    const row = document.activeElement?.closest("tr");
    const acts = [...document.querySelectorAll<HTMLElement>(`main ${wanted}`)];
    const act = row?.querySelector<HTMLElement>(wanted) ?? acts.find((one) => !one.closest("tr")) ?? (acts.length === 1 ? acts[0] : null);
    if (!act) return;
    event.preventDefault();
    act.click();
  });
}
