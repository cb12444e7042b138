/** Digits for a screen without a keyboard. */

export function startKeypads(): void {
  for (const pad of document.querySelectorAll<HTMLElement>("[data-keypad]")) {
    const field = document.getElementById(pad.dataset["keypad"] ?? "") as HTMLInputElement | null;
    if (!field) continue;
    pad.addEventListener("click", (event) => {
      const digit = (event.target as HTMLElement).dataset["digit"];
      if (digit === undefined) return;
      field.value = digit ? field.value + digit : field.value.slice(0, -1);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
}
