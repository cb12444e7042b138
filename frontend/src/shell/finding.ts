/** How well typed letters name a page: its own words, its pinyin in full, or the first letters of each syllable. */

const NOTHING = 99;

/** Returns 0 for the very name, then 1, 2, ... the looser it fits, and 99 for not at all. An input method's marks do not count. */
export function fit(label: string, reads: string, typed: string): number {
  const asked = plain(typed);
  if (!asked) return NOTHING;
  const name = plain(label);
  const syllables = reads.split(" ").filter(Boolean);
  if (name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  if (begins(syllables, asked)) return 2;
  if (label.toLowerCase().split(/[\s\-/]+/).some((word) => word.startsWith(asked))) return 3;
  if (syllables.some((_one, place) => place > 0 && begins(syllables.slice(place), asked))) return 4;
  return name.includes(asked) ? 5 : NOTHING;
}

export function fits(rank: number): boolean {
  return rank < NOTHING;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s'’\-]+/g, "");
}

/** Whether the letters walk along the syllables, taking of each as much as they like, but at least its first letter. */
function begins(syllables: string[], letters: string): boolean {
  if (letters === "") return true;
  const [first, ...rest] = syllables;
  if (!first || first[0] !== letters[0]) return false;
  for (let length = 1; length <= first.length && first.startsWith(letters.slice(0, length)); length += 1) {
    if (begins(rest, letters.slice(length))) return true;
    if (length === letters.length) return true;
  }
  return false;
}
