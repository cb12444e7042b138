/** Small words for making elements. */

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name, properties: Partial<HTMLElementTagNameMap[Name]> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(text: string, data: Record<string, string>, key = "", tone = ""): HTMLButtonElement {
  const made = element("button", { type: "button", className: `button ${tone}` }, text);
  Object.assign(made.dataset, data);
  if (key) made.append(" ", element("kbd", {}, key));
  return made;
}

/** A blank in coded data and indicators is shown as #, so that it can be seen and counted. */
export function seen(text: string): string {
  return text.replace(/ /g, "#");
}

export function meant(text: string): string {
  return text.replace(/#/g, " ");
}
