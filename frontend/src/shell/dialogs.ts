/** Dialogs open by `data-dialog="id"`, close by `data-close`; notes go by `data-dismiss`. */

export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener) openDialog(opener.dataset["dialog"] ?? "");
    if (target.closest("[data-keys-help]")) openDialog("keys-dialog");
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    target.closest("[data-dismiss]")?.closest(".note")?.remove();
    closeMenus(target);
  });
}

export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function closeMenus(target: Element): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.desk-person[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
}
