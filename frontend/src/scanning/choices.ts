/** Keys that press what is shown: a digit, a letter or a function key, named by `data-choice-key`. */

/** Returns the element a key stands for; nothing while somebody writes, or holds Ctrl, Alt or Meta. */
export function choiceOf(event: KeyboardEvent, choices: Iterable<HTMLElement>): HTMLElement | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return undefined;
  const isFunctionKey = /^F\d+$/.test(event.key);
  if (!isFunctionKey && writesIn(event.target)) return undefined;
  return [...choices].find((one) => (one.dataset["choiceKey"] ?? "").toLowerCase() === event.key.toLowerCase());
}

function writesIn(target: EventTarget | null): boolean {
  if (typeof HTMLElement === "undefined" || !(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit)$/.test(target.type);
  return target.closest("select, textarea, [contenteditable]") !== null;
}

export function startChoices(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const choice = choiceOf(event, document.querySelectorAll<HTMLElement>("[data-choice-key]"));
    if (!choice) return;
    event.preventDefault();
    choice.click();
  });
}
