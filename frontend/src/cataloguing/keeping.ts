/** What is typed and not yet saved, kept on this computer: a power cut or a closed tab loses nothing. */
import type { Draft } from "./contract";

const PREFIX = "wenlan.draft.";

export interface Kept {
  /** The content hash of the record it was begun on; empty for a new one. */
  hash: string;
  draft: Draft;
}

/** Where drafts are kept: `localStorage`, or anything like it. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Keeping {
  private readonly name: string;

  constructor(private readonly store: Store, of: string) {
    this.name = PREFIX + of;
  }

  keep(kept: Kept): void {
    try {
      this.store.setItem(this.name, JSON.stringify(kept));
    } catch {
      // A full store is no reason to stop cataloguing: the record itself is still on the page.
    }
  }

  forget(): void {
    this.store.removeItem(this.name);
  }

  /** Returns what was kept, if it was begun on the record as it stands and says something else. */
  find(hash: string, opened: Draft): Draft | null {
    try {
      const kept = JSON.parse(this.store.getItem(this.name) ?? "null") as Kept | null;
      const { leader, fields } = opened;
      if (!kept || kept.hash !== hash || JSON.stringify(kept.draft) === JSON.stringify({ leader, fields })) return null;
      return kept.draft;
    } catch {
      return null;
    }
  }
}
