/**
 * Lending from the pad. A tag that is laid down is read as a scan; when the server has answered, its security is
 * switched as the act says, and back when it was undone. What did not obey is named and tried again.
 */
import type { Tag } from "./client";

export type Act = "out" | "in" | "renew";

/** A tag that is not yet as it should be. `why` is the agent's code of the last try. */
export interface Owed {
  uid: string;
  code: string;
  armed: boolean;
  why: string;
}

export interface PadOptions {
  scan: (code: string) => void;
  arm: (uid: string, armed: boolean) => Promise<unknown>;
  /** Called whenever what lies there, or what is owed, has changed. */
  show: () => void;
  later: (run: () => void, ms: number) => void;
}

const AGAIN_MS = 1500;
const MOST_LIFTED = 200;
/** The tag heard, and its byte is locked: only a person can help. */
const FOR_A_PERSON = ["not_switched", "not_labelled"];

export class Pad {
  readonly lying = new Map<string, Tag>();
  private readonly wanted = new Map<string, Owed>();
  /** Codes that were read off the pad and still lie there: they are no new scans. */
  private readonly read = new Set<string>();
  /** What was lifted, as it was then: the answer to its scan, or an undoing, may come after that. */
  private readonly lifted = new Map<string, Tag>();
  private busy = false;

  constructor(private readonly options: PadOptions) {}

  get owed(): Owed[] {
    return [...this.wanted.values()];
  }

  /** Returns the sets of which a part is missing: how many lie there, of how many. */
  get incomplete(): { code: string; here: number; total: number }[] {
    const sets = new Map<string, { here: number; total: number }>();
    for (const tag of this.lying.values()) {
      if (tag.kind !== "item" || tag.total < 2) continue;
      const { here, total } = sets.get(tag.code) ?? { here: 0, total: tag.total };
      sets.set(tag.code, { here: here + 1, total });
    }
    return [...sets].filter(([, set]) => set.here < set.total).map(([code, set]) => ({ code, ...set }));
  }

  /** Takes over what lies there already; a page that is loaded again does nothing with it. */
  begin(tags: Tag[]): void {
    this.lying.clear();
    for (const tag of tags) this.lying.set(tag.uid, tag);
    for (const tag of tags) this.read.add(tag.code);
    this.options.show();
    void this.settle();
  }

  /** Takes over what an earlier page still owed. */
  owe(owed: Owed[]): void {
    for (const one of owed) this.wanted.set(one.uid, { ...one, why: "" });
    void this.settle();
  }

  /** A tag that is not yet as it should be is laid down to be switched: that is no new scan. */
  arrived(tag: Tag): void {
    this.lying.set(tag.uid, tag);
    this.lifted.delete(tag.uid);
    if (this.wanted.has(tag.uid)) this.read.add(tag.code);
    else if (tag.code && !this.read.has(tag.code) && (tag.kind === "item" || tag.kind === "card")) {
      this.read.add(tag.code);
      this.options.scan(tag.code);
    } else if (tag.kind === "item") {
      const other = this.owed.find((one) => one.code === tag.code);
      if (other && tag.armed !== other.armed) this.want(tag, other.armed);
    }
    this.options.show();
    void this.settle();
  }

  left(tag: Tag): void {
    this.lift(this.lying.get(tag.uid) ?? tag);
    if (![...this.lying.values()].some((other) => other.code === tag.code)) this.read.delete(tag.code);
    this.options.show();
  }

  private lift(tag: Tag): void {
    this.lying.delete(tag.uid);
    if (tag.kind === "item") this.lifted.set(tag.uid, tag);
    for (const uid of this.lifted.keys()) if (this.lifted.size > MOST_LIFTED) this.lifted.delete(uid);
  }

  changed(tag: Tag): void {
    if (this.lying.has(tag.uid)) this.lying.set(tag.uid, tag);
    this.options.show();
  }

  /** An act was done or refused. `isOut` says of a refused item that it is lent already, and may leave. */
  answered(act: string, outcome: string, code: string, isOut = false): void {
    if (act !== "out" && act !== "in") return;
    const isDone = outcome !== "stop";
    if (!isDone && (act !== "out" || isOut)) return;
    this.secure(code, act === "in" || !isDone);
  }

  undone(act: string, code: string): void {
    if (act === "out" || act === "in") this.secure(code, act === "out");
  }

  /** Tries what is owed now, what a person has to look at too. */
  retry(): void {
    for (const owed of this.wanted.values()) owed.why = "";
    void this.settle();
  }

  forget(uid: string): void {
    this.wanted.delete(uid);
    this.options.show();
  }

  private secure(code: string, armed: boolean): void {
    const wanted = code.toUpperCase();
    for (const tag of this.lying.values()) {
      if (tag.kind === "item" && tag.code.toUpperCase() === wanted) this.want(tag, armed);
    }
    for (const tag of this.lifted.values()) if (tag.code.toUpperCase() === wanted) this.want(tag, armed, "gone");
    for (const owed of this.wanted.values()) if (owed.code.toUpperCase() === wanted) owed.armed = armed;
    this.options.show();
    void this.settle();
  }

  private want(tag: Tag, armed: boolean, why = ""): void {
    if (tag.armed === armed && why) this.wanted.delete(tag.uid);
    if (tag.armed === armed && !this.wanted.has(tag.uid)) return;
    this.wanted.set(tag.uid, { uid: tag.uid, code: tag.code, armed, why });
  }

  private async settle(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    let isAgain = false;
    for (const owed of this.owed) {
      if (!this.lying.has(owed.uid) || FOR_A_PERSON.includes(owed.why)) continue;
      const { armed } = owed;
      try {
        await this.options.arm(owed.uid, armed);
        const tag = this.lying.get(owed.uid);
        if (tag) this.lying.set(owed.uid, { ...tag, armed });
        if (this.wanted.get(owed.uid)?.armed === armed) this.wanted.delete(owed.uid);
        else isAgain = true;
      } catch (fault) {
        const kept = this.wanted.get(owed.uid);
        if (kept) kept.why = (fault as { code?: string }).code ?? "absent";
        isAgain ||= !FOR_A_PERSON.includes(kept?.why ?? "");
      }
    }
    this.busy = false;
    this.options.show();
    if (isAgain) this.options.later(() => void this.settle(), AGAIN_MS);
    else if (this.owed.some((one) => this.lying.has(one.uid) && one.why === "")) void this.settle();
  }
}
