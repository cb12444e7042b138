/** A scanner may read one label twice; what the first reading lent would come back by the second. */
const TWICE_MS = 1500;

export class Twice {
  private last = { code: "", mode: "", at: -Infinity };

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Tells whether a code was read in the same mode a moment ago. */
  saw(code: string, mode: string): boolean {
    const at = this.now();
    const isTwice = code === this.last.code && mode === this.last.mode && at - this.last.at < TWICE_MS;
    this.last = { code, mode, at };
    return isTwice;
  }
}
