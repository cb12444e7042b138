/** The words of the page in the reader's language, handed over by the template tag `script_strings`. */

let words: Record<string, string> | undefined;

/** Returns the words under `group.name`, with named places filled; a missing key shows itself. */
export function say(key: string, places: Record<string, string | number> = {}): string {
  words ??= JSON.parse(document.getElementById("wenlan-strings")?.textContent ?? "{}") as Record<string, string>;
  const text = words[key] ?? key;
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => String(places[name] ?? whole));
}
