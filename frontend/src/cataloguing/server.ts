/** The line to the server: JSON both ways; a refusal is an answer, a sign-in page is not. */
import { csrfToken } from "../shell/csrf";
import type { Refusal } from "./contract";

const LIMIT_MS = 15_000;

/** The server wants somebody to sign in again. */
export class HeldError extends Error {}

/** The server refuses, and says why. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

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
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) throw new HeldError();
    if (response.status === 409 || response.status === 422) throw new RefusedError((await response.json()) as Refusal);
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as Answer;
  } finally {
    clearTimeout(timer);
  }
}

export async function get<Answer>(address: string): Promise<Answer> {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Answer;
}
