/** A journal as a file: the lines, and a head that says how many they are and what their bytes sum up to. */
import type { Entry } from "../offline/journal";
import type { Act, Said } from "./contract";
import { hex } from "./known";

/** A line as it is sent and written. */
export function lineOf(entry: Entry<Act, Said>): string {
  return JSON.stringify({ uuid: entry.id, ...entry.body });
}

export async function journalFile(device: string, sequence: number, madeAt: string, entries: Entry<Act, Said>[]): Promise<string> {
  const body = entries.map((entry) => `${lineOf(entry)}\n`).join("");
  const sum = crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body))) : "";
  const head = { journal: 1, device, sequence, made_at: madeAt, acts: entries.length, sha256: sum };
  return `${JSON.stringify(head)}\n${body}`;
}
