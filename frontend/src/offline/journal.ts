/**
 * The journal of a page that works without a line: what was done is written here first, and sent when it can be.
 *
 *     const journal = await openJournal<Scan>("stocktaking-12");   // one journal a page and matter
 *     const entry = await journal.append({ code: "ZC0001234" });   // kept before anything else happens
 *     await journal.unsent(200);                                   // oldest first, to be sent
 *     await journal.markSent({ [entry.id]: answer });              // what the server said of each
 *     await journal.list(10);                                      // newest first, to be shown
 *     journal.exportText((one) => one.body.code);                  // a file, when no line will come
 *
 * An entry has an id of its own (UUIDv7: ids sort as time does) under which the server knows it, so that sending
 * twice is as once. Entries live in IndexedDB; where a browser has none (some private windows) they live as long as
 * the page, and `isLasting` says so. Nothing is forgotten but by `forgetSent` and `drop`.
 */
import { uuid7 } from "../desk-circulation/uuid";

export interface Entry<Body, Answer = unknown> {
  id: string;
  /** When it was done, by this device's clock: ISO 8601 with its zone as UTC. */
  at: string;
  body: Body;
  /** 1 once the server has answered; a number, because IndexedDB has no index over booleans. */
  sent: 0 | 1;
  answer?: Answer;
}

/** Where entries are kept, by id. Every write is on the disk when its promise is fulfilled. */
export interface Store<Body, Answer> {
  readonly isLasting: boolean;
  put(entries: Entry<Body, Answer>[]): Promise<void>;
  remove(ids: string[]): Promise<void>;
  /** In the order of ids; `newestFirst` turns it. */
  read(options: { unsentOnly?: boolean; newestFirst?: boolean; most?: number }): Promise<Entry<Body, Answer>[]>;
  count(unsentOnly: boolean): Promise<number>;
}

export class Journal<Body, Answer = unknown> {
  constructor(
    private readonly store: Store<Body, Answer>,
    private readonly now: () => number = Date.now,
    private readonly keptOf: (body: Body, answer: Answer) => Body = (body) => body,
  ) {}

  /** False when the entries do not outlive the page. */
  get isLasting(): boolean {
    return this.store.isLasting;
  }

  /** Writes down what was done; the entry is safe when the promise is fulfilled. */
  async append(body: Body): Promise<Entry<Body, Answer>> {
    const at = this.now();
    const entry: Entry<Body, Answer> = { id: uuid7(at), at: new Date(at).toISOString(), body, sent: 0 };
    await this.store.put([entry]);
    return entry;
  }

  /** The latest entries, newest first. */
  list(most: number): Promise<Entry<Body, Answer>[]> {
    return this.store.read({ newestFirst: true, most });
  }

  /** What still has to be sent, oldest first. */
  unsent(most: number): Promise<Entry<Body, Answer>[]> {
    return this.store.read({ unsentOnly: true, most });
  }

  /** Every entry, oldest first. */
  all(): Promise<Entry<Body, Answer>[]> {
    return this.store.read({});
  }

  /** Takes down what the server said of entries, by id. An id that nobody knows is passed over. */
  async markSent(answers: Record<string, Answer>): Promise<void> {
    await this.take(await this.store.read({ unsentOnly: true }), answers);
  }

  /** Takes down what the server says now of entries that were sent before. */
  async answer(answers: Record<string, Answer>): Promise<void> {
    await this.take(await this.all(), answers);
  }

  /** Takes entries out, whatever has become of them. */
  forget(ids: string[]): Promise<void> {
    return this.store.remove(ids);
  }

  private async take(entries: Entry<Body, Answer>[], answers: Record<string, Answer>): Promise<void> {
    const answered = entries.filter((entry) => entry.id in answers);
    const kept = answered.map((entry) => {
      const answer = answers[entry.id] as Answer;
      return { ...entry, body: this.keptOf(entry.body, answer), sent: 1 as const, answer };
    });
    await this.store.put(kept);
  }

  /** Takes out an entry that was never sent; returns false when it was, for then the server knows it. */
  async drop(id: string): Promise<boolean> {
    const waiting = await this.store.read({ unsentOnly: true });
    if (!waiting.some((entry) => entry.id === id)) return false;
    await this.store.remove([id]);
    return true;
  }

  /** Takes out what was sent and is older than a time: the journal of a year must not grow for ever. */
  async forgetSent(before: Date): Promise<void> {
    const old = (await this.all()).filter((entry) => entry.sent === 1 && entry.at < before.toISOString());
    await this.store.remove(old.map((entry) => entry.id));
  }

  async count(): Promise<{ all: number; unsent: number }> {
    return { all: await this.store.count(false), unsent: await this.store.count(true) };
  }

  /** A line for each entry, oldest first, to be saved as a file and taken in at a desk. */
  async exportText(line: (entry: Entry<Body, Answer>) => string): Promise<string> {
    return (await this.all()).map((entry) => `${line(entry)}\r\n`).join("");
  }
}

/** Entries that live as long as the page; also what the tests run on. */
export class PageStore<Body, Answer> implements Store<Body, Answer> {
  readonly isLasting = false;
  private readonly entries = new Map<string, Entry<Body, Answer>>();

  async put(entries: Entry<Body, Answer>[]): Promise<void> {
    for (const entry of entries) this.entries.set(entry.id, entry);
  }

  async remove(ids: string[]): Promise<void> {
    for (const id of ids) this.entries.delete(id);
  }

  async read(options: { unsentOnly?: boolean; newestFirst?: boolean; most?: number }): Promise<Entry<Body, Answer>[]> {
    const found = [...this.entries.values()].filter((entry) => !options.unsentOnly || entry.sent === 0);
    found.sort((one, other) => (one.id < other.id ? -1 : 1));
    if (options.newestFirst) found.reverse();
    return found.slice(0, options.most ?? found.length);
  }

  async count(unsentOnly: boolean): Promise<number> {
    return [...this.entries.values()].filter((entry) => !unsentOnly || entry.sent === 0).length;
  }
}

const ENTRIES = "entries";
const SENT = "sent";

/** Entries in IndexedDB: they outlive the page, the browser and a flat battery. */
class DiskStore<Body, Answer> implements Store<Body, Answer> {
  readonly isLasting = true;

  constructor(private readonly database: IDBDatabase) {}

  put(entries: Entry<Body, Answer>[]): Promise<void> {
    return this.write((kept) => entries.forEach((entry) => kept.put(entry)));
  }

  remove(ids: string[]): Promise<void> {
    return this.write((kept) => ids.forEach((id) => kept.delete(id)));
  }

  read(options: { unsentOnly?: boolean; newestFirst?: boolean; most?: number }): Promise<Entry<Body, Answer>[]> {
    const kept = this.database.transaction(ENTRIES).objectStore(ENTRIES);
    const source = options.unsentOnly ? kept.index(SENT) : kept;
    const range = options.unsentOnly ? IDBKeyRange.only(0) : undefined;
    return new Promise((resolve, reject) => {
      const found: Entry<Body, Answer>[] = [];
      const request = source.openCursor(range, options.newestFirst ? "prev" : "next");
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor || found.length === options.most) return resolve(found);
        found.push(cursor.value as Entry<Body, Answer>);
        cursor.continue();
      };
    });
  }

  count(unsentOnly: boolean): Promise<number> {
    const kept = this.database.transaction(ENTRIES).objectStore(ENTRIES);
    return answerOf(unsentOnly ? kept.index(SENT).count(IDBKeyRange.only(0)) : kept.count());
  }

  private write(change: (kept: IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction(ENTRIES, "readwrite");
    change(transaction.objectStore(ENTRIES));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  }
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Opens the journal of that name, made when it is new; asks the browser not to throw it away. Ids sort by `now`: a page
 * whose device's clock may be put back gives a time that never is. `keptOf` says what stays of an act once the server has
 * answered it.
 */
export async function openJournal<Body, Answer = unknown>(
  name: string,
  now: () => number = Date.now,
  keptOf?: (body: Body, answer: Answer) => Body,
): Promise<Journal<Body, Answer>> {
  try {
    const request = indexedDB.open(`wenlan-${name}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: "id" }).createIndex(SENT, SENT);
    };
    const database = await answerOf(request);
    void navigator.storage?.persist?.();
    return new Journal(new DiskStore<Body, Answer>(database), now, keptOf);
  } catch {
    return new Journal(new PageStore<Body, Answer>(), now, keptOf);
  }
}
