/**
 * Sends a journal, oldest first and some at a time, whenever the line allows: at once, when the browser says that it
 * is back, and again after a pause that grows.
 */
import { HeldError } from "../desk-circulation/queue";
import type { Entry, Journal } from "./journal";

/** `held`: the server wants a person (to sign in again). `refused`: repeating is no use; the entries stay. */
export type LineState = "idle" | "sending" | "down" | "held" | "refused";

/** Thrown by `send` when repeating is no use; the message is shown. */
export class RefusedError extends Error {}

export interface SenderOptions<Body, Answer> {
  journal: Journal<Body, Answer>;
  /** Sends entries and returns what the server said of each, by id; what it did not name stays unsent. */
  send: (entries: Entry<Body, Answer>[]) => Promise<Record<string, Answer>>;
  onState: (state: LineState, why: string) => void;
  later?: (run: () => void, ms: number) => void;
  most?: number;
}

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;
const AT_ONCE = 200;

export class Sender<Body, Answer> {
  private busy = false;
  private again = false;
  private retryMs = FIRST_RETRY_MS;

  constructor(private readonly options: SenderOptions<Body, Answer>) {}

  /** Sends what is there now; called again while it sends, it goes on with what came meanwhile. */
  async go(): Promise<void> {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.again) {
        this.again = false;
        if (!(await this.sendAll())) break;
      }
    } finally {
      this.busy = false;
    }
  }

  private async sendAll(): Promise<boolean> {
    const { journal, send, onState, most = AT_ONCE } = this.options;
    for (let waiting = await journal.unsent(most); waiting.length > 0; waiting = await journal.unsent(most)) {
      onState("sending", "");
      try {
        const answers = await send(waiting);
        await journal.markSent(answers);
        if (!waiting.some((entry) => entry.id in answers)) throw new RefusedError("");
      } catch (fault) {
        this.fail(fault);
        return false;
      }
      this.retryMs = FIRST_RETRY_MS;
    }
    onState("idle", "");
    return true;
  }

  private fail(fault: unknown): void {
    const { onState, later = (run, ms) => window.setTimeout(run, ms) } = this.options;
    if (fault instanceof HeldError) return onState("held", "");
    if (fault instanceof RefusedError) return onState("refused", fault.message);
    onState("down", "");
    later(() => void this.go(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }
}
