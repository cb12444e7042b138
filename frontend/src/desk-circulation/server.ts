/** The line to the server: JSON both ways, a time limit, and a plain distinction of what can go wrong. */
import { csrfToken } from "../shell/csrf";
import { HeldError } from "./queue";

const LIMIT_MS = 12_000;

/** The server could not read what was sent: repeating it is no use. */
export class UnreadableError extends Error {}

const UNREADABLE = [400, 413, 415, 422];
const WANTS_A_PERSON = [401, 403];

/**
 * Sends JSON. Throws HeldError when the server wants a person (signed out, locked), UnreadableError when
 * repeating is no use, and any other error when it is.
 */
export async function post<Answer>(address: string, body: unknown): Promise<Answer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT_MS);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: stop.signal,
    });
    // A redirect is the way to the sign-in page.
    if (response.type === "opaqueredirect" || WANTS_A_PERSON.includes(response.status)) {
      throw new HeldError(String(response.status));
    }
    if (UNREADABLE.includes(response.status)) throw new UnreadableError(String(response.status));
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as Answer;
  } finally {
    clearTimeout(timer);
  }
}
