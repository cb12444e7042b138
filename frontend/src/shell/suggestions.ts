/** Search suggestions: a listbox under the field, fetched after a short rest, silent when the line is bad. */

interface Suggestion {
  text: string;
  url?: string;
}

const REST_MS = 180;
const MOST = 8;

export function startSuggestions(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) {
    const input = form.querySelector<HTMLInputElement>("input[type=search]");
    if (input && form.dataset["suggest"]) attach(form, input, form.dataset["suggest"]);
  }
}

function attach(form: HTMLFormElement, input: HTMLInputElement, address: string): void {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  list.hidden = true;
  form.append(list);
  setAttributes(input, { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" });
  let timer = 0;
  let asked = "";

  const ask = async (): Promise<void> => {
    const query = input.value.trim();
    asked = query;
    if (query.length === 0) return show([]);
    try {
      const response = await fetch(`${address}?q=${encodeURIComponent(query)}`);
      if (!response.ok || asked !== query) return;
      const { suggestions } = (await response.json()) as { suggestions: Suggestion[] };
      show(suggestions.slice(0, MOST));
    } catch {
      show([]); // No suggestion is no fault: the search itself still works.
    }
  };

  const show = (suggestions: Suggestion[]): void => {
    list.replaceChildren(...suggestions.map((suggestion, index) => option(list.id, suggestion, index)));
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (item: HTMLElement): void => {
    show([]);
    if (item.dataset["url"]) location.assign(item.dataset["url"]);
    else {
      input.value = item.textContent ?? "";
      form.requestSubmit();
    }
  };

  input.addEventListener("input", (event) => {
    if ((event as InputEvent).isComposing) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), REST_MS);
  });
  input.addEventListener("compositionend", () => void ask());
  input.addEventListener("blur", () => window.setTimeout(() => show([]), 150));
  list.addEventListener("mousedown", (event) => {
    const item = (event.target as Element).closest("li");
    if (item) choose(item);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const items = [...list.children] as HTMLElement[];
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      choose(items[now] as HTMLElement);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = items[(now + step + items.length + (now < 0 && step < 0 ? 1 : 0)) % items.length];
      items.forEach((item) => item.setAttribute("aria-selected", String(item === next)));
      if (next) input.setAttribute("aria-activedescendant", next.id);
    }
  });
}

function option(listId: string, suggestion: Suggestion, index: number): HTMLLIElement {
  const item = document.createElement("li");
  setAttributes(item, { role: "option", id: `${listId}-${index}`, "aria-selected": "false" });
  item.textContent = suggestion.text;
  if (suggestion.url) item.dataset["url"] = suggestion.url;
  return item;
}

function setAttributes(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
