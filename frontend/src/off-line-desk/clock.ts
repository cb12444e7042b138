/**
 * The clock of this device beside the server's. The offset is measured at every contact; a clock that somebody
 * puts back while the page is open is noticed by the browser's own running time, and the offset follows, so that the
 * time of the acts goes on. A clock that is ahead of the running time says nothing: a device that sleeps between two
 * stops wakes like that, for running time stands still then (on Android, Linux and macOS), and its clock is right.
 * What cannot be noticed (put forward, or changed while the page was shut) shows at the next contact.
 */
const NAME = "wenlan.clock";
/** So much may two clocks differ before an act's time is not sure; the server's bound. */
const UNSURE_MS = 600_000;
const JUMP_MS = 30_000;

interface Kept {
  offset: number;
  contactAt: number;
}

export class DeviceClock {
  private kept: Kept | null;
  private wall: number;
  private running: number;
  private last = 0;

  constructor(
    private readonly store: Pick<Storage, "getItem" | "setItem">,
    private readonly now: () => number = Date.now,
    private readonly run: () => number = () => performance.now(),
  ) {
    this.kept = read(store);
    this.wall = now();
    this.running = run();
  }

  /** What has to be added to this device's clock, in milliseconds. */
  get offset(): number {
    this.follow();
    return this.kept?.offset ?? 0;
  }

  /** When the server was heard last, by the server's clock; null when it never was. */
  get contactAt(): number | null {
    return this.kept?.contactAt ?? null;
  }

  /** The present moment by the server's clock, as far as it is known. */
  get here(): number {
    return this.now() + this.offset;
  }

  /** The local day of the present moment. */
  get today(): string {
    const at = new Date(this.here);
    return [at.getFullYear(), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
  }

  /** A time for ids that never goes back, whatever the clock does. */
  tick(): number {
    this.last = Math.max(this.last + 1, this.now());
    return this.last;
  }

  /** Ids go on after this time. */
  goOnAfter(time: number): void {
    this.last = Math.max(this.last, time);
  }

  /**
   * Takes down what the server's clock said, in a contact that lasted `tookMs`. While acts wait whose time would no
   * longer be sure, the old offset stays with them: returns false.
   */
  heard(serverNow: string, tookMs: number, hasWaiting: boolean): boolean {
    const at = Date.parse(serverNow) + tookMs / 2;
    const measured = Math.round(at - this.now());
    if (this.kept && hasWaiting && Math.abs(measured - this.offset) > UNSURE_MS) return false;
    this.keep({ offset: measured, contactAt: at });
    return true;
  }

  private follow(): void {
    const [wall, running] = [this.now(), this.run()];
    const jumped = wall - this.wall - (running - this.running);
    this.wall = wall;
    this.running = running;
    if (this.kept && jumped < -JUMP_MS) this.keep({ ...this.kept, offset: Math.round(this.kept.offset - jumped) });
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    try {
      this.store.setItem(NAME, JSON.stringify(kept));
    } catch {
      // A full store costs the offset after a reload: the next contact measures it again.
    }
  }
}

function read(store: Pick<Storage, "getItem">): Kept | null {
  try {
    const kept = JSON.parse(store.getItem(NAME) ?? "null") as Kept | null;
    return kept && Number.isFinite(kept.offset) && Number.isFinite(kept.contactAt) ? kept : null;
  } catch {
    return null;
  }
}
