/** Dark and large type: an attribute on the page now, a cookie for the first paint of the next one. */

const YEAR = 365 * 24 * 3600;

export function startLook(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-look]")) show(button);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-look]");
    if (button) toggle(button);
  });
}

function toggle(button: HTMLButtonElement): void {
  const root = document.documentElement;
  const name = button.dataset["look"] ?? "";
  const value = isOn(button) ? (name === "theme" ? "light" : "") : (button.dataset["value"] ?? "");
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  document.cookie = `wenlan_${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
  for (const other of document.querySelectorAll<HTMLButtonElement>("[data-look]")) show(other);
}

function isOn(button: HTMLButtonElement): boolean {
  const name = button.dataset["look"] ?? "";
  const chosen = document.documentElement.dataset[name];
  if (chosen === undefined && name === "theme") return matchMedia("(prefers-color-scheme: dark)").matches;
  return chosen === button.dataset["value"];
}

function show(button: HTMLButtonElement): void {
  button.setAttribute("aria-pressed", String(isOn(button)));
}
