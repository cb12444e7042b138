/**
 * What was taken along, in this browser's store: rules, cards and items in buckets. Only what differs is fetched.
 * It is thrown away at the sign-out; the acts are kept elsewhere and never thrown away with it.
 */
import type { CardRow, ItemRow, Meta, Part, Snapshot } from "./contract";

export const NAME = "wenlan-taken-along";
const PARTS = ["cards", "items"] as const;
type PartName = (typeof PARTS)[number];
export type Have = Record<PartName, Record<string, string>>;

interface Bucket<Row> {
  id: string;
  digest: string;
  rows: Row[];
}

export interface TakenAlong {
  meta: Meta;
  cards: CardRow[];
  items: ItemRow[];
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    for (const part of PARTS) request.result.createObjectStore(part, { keyPath: "id" });
    request.result.createObjectStore("meta");
  };
  return done(request);
}

/** Everything that was taken along, null when there is nothing, or nothing of this version. */
export async function taken(version: number): Promise<TakenAlong | null> {
  const database = await open();
  try {
    const reading = database.transaction(["meta", ...PARTS]);
    const meta = (await done(reading.objectStore("meta").get("meta"))) as Meta | undefined;
    if (!meta || meta.version !== version) return null;
    const [cards, items] = await Promise.all([rows<CardRow>(reading, "cards"), rows<ItemRow>(reading, "items")]);
    return { meta, cards, items };
  } finally {
    database.close();
  }
}

async function rows<Row>(reading: IDBTransaction, part: PartName): Promise<Row[]> {
  const buckets = (await done(reading.objectStore(part).getAll())) as Bucket<Row>[];
  return ([] as Row[]).concat(...buckets.map((bucket) => bucket.rows));
}

/** The digests of what is here, to be told to the server; none when the salt of the cards will be another. */
export async function have(node: string): Promise<Have> {
  const found: Have = { cards: {}, items: {} };
  const database = await open();
  try {
    const reading = database.transaction(["meta", ...PARTS]);
    const meta = (await done(reading.objectStore("meta").get("meta"))) as Meta | undefined;
    if (!meta || meta.node !== node) return found;
    for (const part of PARTS) {
      const buckets = (await done(reading.objectStore(part).getAll())) as Bucket<unknown>[];
      for (const bucket of buckets) found[part][bucket.id] = bucket.digest;
    }
    return found;
  } finally {
    database.close();
  }
}

/** Puts what came in the place of what was there, whole or not at all. */
export async function keep(snapshot: Snapshot): Promise<void> {
  const database = await open();
  try {
    const writing = database.transaction(["meta", ...PARTS], "readwrite");
    const { cards, items, ...meta } = snapshot;
    writing.objectStore("meta").put(meta, "meta");
    put(writing.objectStore("cards"), cards);
    put(writing.objectStore("items"), items);
    await new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => resolve();
      writing.onabort = writing.onerror = () => reject(writing.error);
    });
  } finally {
    database.close();
  }
}

function put<Row>(store: IDBObjectStore, part: Part<Row>): void {
  for (const id of part.gone) store.delete(id);
  for (const [id, [digest, rows]] of Object.entries(part.changed)) store.put({ id, digest, rows });
}
