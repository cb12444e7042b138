/**
 * The scans on their way: sent one by one in the order they were made, kept on this computer until they are
 * answered, and sent again with the same key, so that repeating is safe and nothing is lost.
 */

export type ParcelKind = "scan" | "undo";

export interface Parcel<Body = Record<string, unknown>> {
  key: string;
  kind: ParcelKind;
  body: Body;
  /** True once it has left: from then on its body never changes, for its key stands for it. */
  sent: boolean;
}

/** `held`: the server wants somebody first (signed out, locked). `failed`: the line is down, it is tried again. */
export type ParcelState = "waiting" | "sending" | "failed" | "held";

/** Thrown by `send` when only a person can help; every other throw is tried again. */
export class HeldError extends Error {}

export interface Store {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
  key(place: number): string | null;
  readonly length: number;
}

export interface QueueOptions<Answer> {
  store: Store;
  /** Begins every name in the store; carries the member of staff, whose acts these are. */
  prefix: string;
  send: (parcel: Parcel) => Promise<Answer>;
  /** Fills in what is only known when a parcel first leaves (the reader in the panel). */
  prepare: (parcel: Parcel) => void;
  onState: (parcel: Parcel, state: ParcelState) => void;
  /** Returns true when what waits behind must wait for a person to look. */
  onAnswer: (parcel: Parcel, answer: Answer) => boolean;
  later: (run: () => void, ms: number) => void;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;

export class ScanQueue<Answer> {
  private readonly parcels: Parcel[] = [];
  private busy = false;
  private stopped = false;
  private retryMs = FIRST_RETRY_MS;

  constructor(private readonly options: QueueOptions<Answer>) {}

  /** Takes up what an earlier page left behind, oldest first (keys are UUIDv7: their order is time's). */
  restore(): Parcel[] {
    const { store, prefix } = this.options;
    const names = Array.from({ length: store.length }, (_, place) => store.key(place) ?? "");
    const left = names
      .filter((name) => name.startsWith(prefix))
      .sort()
      .map((name) => JSON.parse(store.getItem(name) ?? "null") as Parcel | null)
      .filter((parcel): parcel is Parcel => parcel !== null);
    this.parcels.push(...left);
    return left;
  }

  get waiting(): number {
    return this.parcels.length;
  }

  get isPaused(): boolean {
    return this.stopped;
  }

  add(parcel: Parcel): void {
    this.parcels.push(parcel);
    this.keep(parcel);
    this.options.onState(parcel, "waiting");
    void this.run();
  }

  /** Lets go on after a pause, a failure or a new sign-in. */
  go(): void {
    this.stopped = false;
    this.retryMs = FIRST_RETRY_MS;
    void this.run();
  }

  /** Takes a parcel out that has never left; returns false when it is already on its way. */
  drop(key: string): boolean {
    const place = this.parcels.findIndex((parcel) => parcel.key === key && !parcel.sent);
    if (place < 0) return false;
    this.parcels.splice(place, 1);
    this.options.store.removeItem(this.options.prefix + key);
    return true;
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.parcels.length > 0 && !this.stopped) {
      if (!(await this.sendFirst())) break;
    }
    this.busy = false;
  }

  private async sendFirst(): Promise<boolean> {
    const parcel = this.parcels[0] as Parcel;
    if (!parcel.sent) {
      this.options.prepare(parcel);
      parcel.sent = true;
      this.keep(parcel);
    }
    this.options.onState(parcel, "sending");
    let answer: Answer;
    try {
      answer = await this.options.send(parcel);
    } catch (fault) {
      this.fail(parcel, fault);
      return false;
    }
    this.retryMs = FIRST_RETRY_MS;
    this.parcels.shift();
    this.options.store.removeItem(this.options.prefix + parcel.key);
    if (this.options.onAnswer(parcel, answer) && this.parcels.length > 0) this.stopped = true;
    return true;
  }

  private fail(parcel: Parcel, fault: unknown): void {
    if (fault instanceof HeldError) {
      this.stopped = true;
      this.options.onState(parcel, "held");
      return;
    }
    this.options.onState(parcel, "failed");
    this.options.later(() => void this.run(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private keep(parcel: Parcel): void {
    try {
      this.options.store.setItem(this.options.prefix + parcel.key, JSON.stringify(parcel));
    } catch {
      // A full store must not stop the desk; the scan is still sent, it only would not outlive a reload.
    }
  }
}
