import { beforeEach, describe, expect, it, vi } from "vitest";

const SCOPE = "https://library/desk/circulation/";
const PAGE = `${SCOPE}off-line/`;

type Act = (event: unknown) => void;

/** An answer as the line gives it: `type` and `redirected` are the browser's to say. */
class Answer extends Response {
  constructor(private readonly text_: string, private readonly isRedirected = false, init: ResponseInit = {}) {
    super(text_, init);
  }
  override get type(): ResponseType {
    return "basic";
  }
  override get redirected(): boolean {
    return this.isRedirected;
  }
  override clone(): Answer {
    return new Answer(this.text_, this.isRedirected, { status: this.status });
  }
}

/** Where the line leads a stranger: a browser told not to follow shows neither page nor status. */
class Elsewhere extends Answer {
  override get type(): ResponseType {
    return "opaqueredirect";
  }
  override get status(): number {
    return 0;
  }
  override get ok(): boolean {
    return false;
  }
}

let kept: Map<string, Map<string, Response>>;
let line: Map<string, () => Response>;
/** How often the page for signing in was opened: it hands out a secret of its own, and spoils the one beside it. */
let signInPages: number;

function address(asked: Request | string): string {
  return new URL(typeof asked === "string" ? asked : asked.url, SCOPE).href;
}

function cache(name: string): object {
  const held = kept.get(name) ?? new Map<string, Response>();
  kept.set(name, held);
  return {
    put: async (asked: Request | string, answer: Response) => void held.set(address(asked), answer),
    match: async (asked: Request | string) => held.get(address(asked))?.clone(),
    keys: async () => [...held.keys()].map((url) => ({ url })),
    addAll: async (files: string[]) => {
      for (const file of files) held.set(address(file), await fetched(file));
    },
  };
}

async function fetched(asked: Request | string, { redirect }: RequestInit = {}): Promise<Response> {
  const answer = line.get(address(asked))?.();
  if (!answer) throw new TypeError("no line");
  if (!answer.redirected) return answer;
  if (redirect === "manual") return new Elsewhere("");
  signInPages += 1;
  return answer;
}

/** Starts the worker of a version, whose page needs one script. */
async function started(version: string): Promise<(kind: string, event?: object) => Promise<unknown>> {
  const acts = new Map<string, Act>();
  vi.stubGlobal("self", {
    WENLAN_OFFLINE: { version, files: [`/static/${version}.js`], pages: [new URL(PAGE).pathname] },
    clients: { claim: async () => undefined },
    registration: { scope: SCOPE },
    skipWaiting: async () => undefined,
    addEventListener: (kind: string, act: Act) => acts.set(kind, act),
  });
  vi.resetModules();
  await vi.importActual("./worker");
  return async (kind, event = {}) => {
    let work: Promise<unknown> = Promise.resolve();
    const hold = (promise: Promise<unknown>): void => void (work = promise);
    acts.get(kind)?.({ waitUntil: hold, respondWith: hold, ...event });
    return work;
  };
}

function deployed(version: string): void {
  line.set(address(`/static/${version}.js`), () => new Answer(version));
  line.set(PAGE, () => new Answer(`<script type="module" src="/static/${version}.js"></script>`));
}

async function opened(worker: Awaited<ReturnType<typeof started>>): Promise<string> {
  const answer = await worker("fetch", { request: { url: PAGE, method: "GET", mode: "navigate" } });
  return (answer as Response).text();
}

beforeEach(() => {
  kept = new Map();
  line = new Map();
  signInPages = 0;
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("caches", { open: async (name: string) => cache(name), keys: async () => [...kept.keys()], delete: async (name: string) => kept.delete(name) });
});

describe("an update of the page that works without a line", () => {
  it("keeps the old page with its scripts when the line breaks off before the new worker has its own", async () => {
    deployed("v1");
    const worker = await started("v1");
    await worker("install");
    await worker("activate");

    deployed("v2");
    expect(await opened(worker)).toContain("v2.js"); // with a line the new page is shown
    line.clear();
    expect(await opened(worker)).toContain("v1.js");
  });

  it("lets the new worker take over only with the page: not while somebody has to sign in first", async () => {
    deployed("v1");
    const old = await started("v1");
    await old("install");
    deployed("v2");
    line.set(PAGE, () => new Answer("sign in", true));
    const worker = await started("v2");
    await expect(worker("install")).rejects.toThrow();
    await old("message", { data: { keep: PAGE }, ports: [] });
    expect(signInPages).toBe(0);
    line.clear();
    expect(await opened(old)).toContain("v1.js");

    deployed("v2");
    await worker("install");
    await worker("activate");
    line.clear();
    expect(await opened(worker)).toContain("v2.js");
    expect([...kept.keys()]).toEqual([`wenlan-offline ${SCOPE} v2`]);
  });
});
