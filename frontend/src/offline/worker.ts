/**
 * The service worker of pages that work without a line. The server puts `WENLAN_OFFLINE` before it: a version, and
 * what the page is made of. Pages come from the line when it answers soon, else as they were last seen; files with a
 * hash in their name come from here. Where `pages` are named only those are kept, and the others lead there when the
 * line is down. Nothing else is touched, and nothing is written on anybody's behalf.
 *
 * A page and its files are of one version, whenever the line breaks off during an update: a page is kept only by the
 * worker that has its scripts, and a new worker takes over only when it has the pages too. Until then the old page goes
 * on with the old worker.
 */
interface Told {
  version: string;
  files: string[];
  /** The only pages that are kept; without a line every other address of the scope leads to the first of them. */
  pages?: string[];
}

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Message extends Waiting {
  readonly data: { keep?: string };
  readonly ports: readonly MessagePort[];
}

interface Worker {
  readonly WENLAN_OFFLINE: Told;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(kind: string, act: (event: never) => void): void;
}

const worker = self as unknown as Worker;
const told = worker.WENLAN_OFFLINE;
const scope = worker.registration.scope;
const NAME = `wenlan-offline ${scope} ${told.version}`;
const SOON_MS = 4000;
/** A page is the same whatever was asked beside it; `Vary` names headers that a worker does not see. */
const AS_SEEN = { ignoreSearch: true, ignoreVary: true };

/** Throws where the line breaks off, or somebody has to sign in first: then the worker of before stays. */
async function install(): Promise<void> {
  const kept = await caches.open(NAME);
  await kept.addAll(told.files);
  for (const address of await pagesOfBefore()) {
    const answer = await asked(address);
    const isGone = answer.status >= 400 && answer.status < 500;
    if (!isGone && !(await put(kept, address, answer))) throw new Error(address);
  }
  await worker.skipWaiting();
}

/** The pages that have to be there: those that are named, else those that were seen under an older version. */
async function pagesOfBefore(): Promise<string[]> {
  const seen = new Set(told.pages ?? []);
  for (const name of await older()) {
    for (const { url } of await (await caches.open(name)).keys()) if (!told.pages && isPage(url)) seen.add(url);
  }
  return [...seen];
}

async function older(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name !== NAME && name.startsWith(`wenlan-offline ${scope} `));
}

function isPage(url: string): boolean {
  return url.startsWith(scope);
}

async function activate(): Promise<void> {
  for (const name of await older()) await caches.delete(name);
  await worker.clients.claim();
}

/**
 * A page for keeping. Where somebody has to sign in first the redirect is not followed: the page for signing in gives
 * out a new secret, and whoever fills in the same page in a tab at that moment would be refused.
 */
function asked(address: string): Promise<Response> {
  return fetch(address, { credentials: "same-origin", redirect: "manual" });
}

/** Keeps a page whose scripts are here; not one of another version, and not the sign-in page that a redirect leads to. */
async function put(kept: Cache, address: Request | string, answer: Response): Promise<boolean> {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return false;
  const scripts = [...(await answer.clone().text()).matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, src]) => src ?? "");
  if (!scripts.every((src) => told.files.includes(new URL(src, scope).pathname))) return false;
  await kept.put(address, answer);
  return true;
}

async function page(request: Request): Promise<Response> {
  const { pages } = told;
  if (pages && !pages.includes(new URL(request.url).pathname)) {
    return fetch(request).catch(() => Response.redirect(pages[0] ?? scope));
  }
  const kept = await caches.open(NAME);
  const line = fetch(request).then(async (answer) => {
    await put(kept, request, answer.clone());
    return answer;
  });
  const last = await kept.match(request, AS_SEEN);
  if (!last) return line;
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(last), SOON_MS));
  return Promise.race([line.catch(() => last), patience]);
}

/** Keeps a page that was opened before there was a worker; without a line it is kept already, or never was seen. */
async function keep(address: string): Promise<boolean> {
  const pages = await caches.open(NAME);
  const answer = await asked(address).catch(() => undefined);
  if (answer) await put(pages, address, answer);
  return (await pages.match(address, AS_SEEN)) !== undefined;
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

worker.addEventListener("install", (event: Waiting) => event.waitUntil(install()));
worker.addEventListener("activate", (event: Waiting) => event.waitUntil(activate()));
worker.addEventListener("message", (event: Message) => {
  const address = event.data.keep;
  if (address?.startsWith(scope)) event.waitUntil(keep(address).then((done) => event.ports[0]?.postMessage(done)));
});
worker.addEventListener("fetch", (event: Asked) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (told.files.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});
