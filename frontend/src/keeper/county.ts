/**
 * The county's records on the phone: which title, author and class an ISBN has, without a line. They come in parts of
 * some ten kilobytes, only when the keeper wishes; a download that breaks off goes on where it was, and later only the
 * parts that have changed are fetched. Parts stay packed as they came; beside them lie the numbers alone, four bytes each.
 */
export interface CountyBook {
  record: number;
  title: string;
  author: string;
  classNumber: string;
}

/** number, digest, bytes, lines */
export type PartTold = [number, string, number, number];

export interface Manifest {
  records: number;
  parts: PartTold[];
  /** False while the county has not prepared it yet. */
  made: boolean;
}

export interface Plan {
  records: number;
  /** How many books the county has, how many are here, and what has to be fetched. */
  books: number;
  here: number;
  lacking: PartTold[];
  bytes: number;
  made: boolean;
}

interface Part {
  id: number;
  digest: string;
  lines: number;
  content: ArrayBuffer;
}

interface Numbers {
  id: number;
  digest: string;
  lines: number;
  records: number;
  numbers: ArrayBuffer;
}

const NAME = "wenlan-county";
const STORES = ["parts", "numbers"];
const TRIES = 3;
const PAUSE_MS = 2000;
const LIMIT_MS = 60_000;

/** Whether this phone can carry the file: it unpacks by itself since Chromium 80. */
export function canCarry(): boolean {
  return "DecompressionStream" in self && "indexedDB" in self;
}

/** An ISBN of ten or thirteen places as its thirteen digits; "" for what is none. */
export function isbn13(typed: string): string {
  const bare = typed.normalize("NFKC").replace(/[^\dXx]/g, "").toUpperCase();
  const twelve = bare.length === 10 ? `978${bare.slice(0, 9)}` : bare.slice(0, 12);
  if ((bare.length !== 10 && bare.length !== 13) || !/^97[89]\d{9}$/.test(twelve)) return "";
  const sum = [...twelve].reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 3 : 1), 0);
  const whole = `${twelve}${(10 - (sum % 10)) % 10}`;
  return bare.length === 10 || bare === whole ? whole : "";
}

/** An ISBN as a number of four bytes: its nine digits, and a thousand million more where it begins with 979. */
export function numberOf(isbn: string): number {
  return Number(isbn.slice(3, 12)) + (isbn.startsWith("979") ? 1_000_000_000 : 0);
}

/** Whether a number stands among sorted ones. */
export function has(numbers: Uint32Array, wanted: number): boolean {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted;
}

async function unpacked(content: ArrayBuffer): Promise<string[]> {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).text()).split("\n").filter(Boolean);
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class CountyFile {
  private constructor(private readonly database: IDBDatabase, private readonly address: string) {}

  static async open(address: string): Promise<CountyFile> {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store, { keyPath: "id" }));
    return new CountyFile(await done(request), address);
  }

  /** How many books are on the phone. */
  async here(): Promise<number> {
    return (await this.kept()).reduce((sum, one) => sum + one.lines, 0);
  }

  /** Asks what the county has now, and says what of it is not here. */
  async plan(): Promise<Plan> {
    const { records, parts, made } = (await (await this.fetch("")).json()) as Manifest;
    const kept = new Map((await this.kept()).map((one) => [one.id, one]));
    const lacking = parts.filter(([id, digest]) => kept.get(id)?.digest !== digest);
    await this.drop([...kept.keys()].filter((id) => !parts.some(([other]) => other === id)));
    return {
      records, made, lacking, books: parts.reduce((sum, [, , , lines]) => sum + lines, 0), here: await this.here(),
      bytes: lacking.reduce((sum, [, , bytes]) => sum + bytes, 0),
    };
  }

  /** Fetches what is lacking, part by part; each is here for good once it came. Ends early when `goesOn` says so. */
  async take(plan: Plan, onBytes: (bytes: number) => void, goesOn: () => boolean): Promise<void> {
    let came = 0;
    for (const part of plan.lacking) {
      if (!goesOn()) return;
      await this.keep(part, await this.patiently(part, goesOn), plan.records);
      came += part[2];
      onBytes(came);
    }
  }

  /** The books of an ISBN, at most five. */
  async find(typed: string): Promise<CountyBook[]> {
    const isbn = isbn13(typed);
    if (!isbn) return [];
    const wanted = numberOf(isbn);
    const found: CountyBook[] = [];
    for (const one of await this.kept()) {
      if (found.length < 5 && has(new Uint32Array(one.numbers), wanted)) found.push(...(await this.read(one, isbn)));
    }
    return found.slice(0, 5);
  }

  private async read({ id, records }: Numbers, isbn: string): Promise<CountyBook[]> {
    const part = (await done(this.database.transaction("parts").objectStore("parts").get(id))) as Part | undefined;
    const lines = part ? await unpacked(part.content) : [];
    return lines.filter((line) => line.startsWith(isbn)).map((line) => {
      const [, place = "0", title = "", author = "", classNumber = ""] = line.split("\t");
      return { record: id * records + Number(place), title, author, classNumber };
    });
  }

  private kept(): Promise<Numbers[]> {
    return done(this.database.transaction("numbers").objectStore("numbers").getAll()) as Promise<Numbers[]>;
  }

  /** Keeps a part and its numbers, both or neither. Throws for one that did not come whole. */
  private async keep([id, digest, bytes, lines]: PartTold, content: ArrayBuffer, records: number): Promise<void> {
    const isbns = await unpacked(content);
    if (content.byteLength !== bytes || isbns.length !== lines) throw new Error("not whole");
    const numbers = Uint32Array.from(isbns, (line) => numberOf(line.slice(0, 13))).sort();
    const writing = this.database.transaction(STORES, "readwrite");
    writing.objectStore("parts").put({ id, digest, lines, content } satisfies Part);
    writing.objectStore("numbers").put({ id, digest, lines, records, numbers: numbers.buffer as ArrayBuffer } satisfies Numbers);
    await written(writing);
  }

  private async drop(ids: number[]): Promise<void> {
    if (ids.length === 0) return;
    const writing = this.database.transaction(STORES, "readwrite");
    for (const store of STORES) ids.forEach((id) => writing.objectStore(store).delete(id));
    await written(writing);
  }

  /** A weak line breaks off: a part is asked for again some times before the keeper hears of it. */
  private async patiently([id, digest]: PartTold, goesOn: () => boolean): Promise<ArrayBuffer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await (await this.fetch(`${id}/${digest}`)).arrayBuffer();
      } catch (fault) {
        if (tries === TRIES || !goesOn()) throw fault;
        await new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS * tries));
      }
    }
  }

  private async fetch(part: string): Promise<Response> {
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), LIMIT_MS);
    try {
      const answer = await fetch(this.address + part, { credentials: "same-origin", redirect: "manual", signal: stop.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return new Response(await answer.arrayBuffer());
    } finally {
      clearTimeout(timer);
    }
  }
}

function written(writing: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    writing.oncomplete = () => resolve();
    writing.onabort = writing.onerror = () => reject(writing.error);
  });
}
