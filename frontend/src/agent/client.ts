/** The agent on this computer: RFID pad, gate and card readers behind a few calls (`docs/reference/agent.md`). */

export interface Tag {
  uid: string;
  kind: "item" | "card" | "blank" | "strange";
  /** The item's barcode or the card's number; "" on a blank tag. */
  code: string;
  owner: string;
  part: number;
  total: number;
  profile: string;
  /** Whether the gate sounds for it; null when its security byte says neither. */
  armed: boolean | null;
  size: number;
}

export interface Device {
  kind: "pad" | "gate" | "identity" | "cards";
  name: string;
  trouble: string;
}

export interface State {
  version: string;
  devices: Device[];
  tags: Tag[];
}

export interface LabelWanted {
  code: string;
  owner: string;
  part: number;
  total: number;
  profile?: string;
  over?: boolean;
}

export interface Identity {
  name: string;
  sex: "m" | "f";
  birth: string;
  address: string;
  number: string;
  /** Which document it is, as the library's forms name it. */
  kind: "citizen" | "residence_permit";
  valid_until: string;
}

export interface Listener {
  hello: (state: State) => void;
  arrived?: (tag: Tag) => void;
  left?: (tag: Tag) => void;
  changed?: (tag: Tag) => void;
  passage?: (tag: Tag) => void;
  card?: (card: { number: string }) => void;
  device?: (device: Device) => void;
  lost?: () => void;
}

/** `code` is the agent's own, or "absent" when nobody answers. */
export class AgentProblem extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const PORT = "wenlan.agent.port";
const TOKEN = "wenlan.agent.token";
const USUAL_PORT = "18618";
const LIMIT_MS = 12_000;
const AGAIN_MS = 5000;

export class Agent {
  constructor(private readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem"> = localStorage) {}

  get isPaired(): boolean {
    return this.token !== "";
  }

  get port(): string {
    return this.store.getItem(PORT) ?? USUAL_PORT;
  }

  set port(port: string) {
    this.store.setItem(PORT, port);
  }

  private get token(): string {
    return this.store.getItem(TOKEN) ?? "";
  }

  private address(call: string): string {
    return `http://127.0.0.1:${this.port}/v1/${call}`;
  }

  status(): Promise<{ version: string; paired: boolean }> {
    return this.ask("status");
  }

  async pair(code: string): Promise<void> {
    const { token } = await this.ask<{ token: string }>("pair", { code });
    this.store.setItem(TOKEN, token);
  }

  forget(): void {
    this.store.removeItem(TOKEN);
  }

  state(): Promise<State> {
    return this.ask("tags");
  }

  arm(uid: string, armed: boolean): Promise<Tag> {
    return this.ask(`tags/${uid}/security`, { armed });
  }

  write(uid: string, label: LabelWanted): Promise<Tag> {
    return this.ask(`tags/${uid}/label`, label);
  }

  identity(): Promise<Identity> {
    return this.ask("identity", {});
  }

  /** Listens until the page goes; after a break it says `hello` again. */
  listen(listener: Listener): void {
    const source = new EventSource(this.address(`events?token=${encodeURIComponent(this.token)}`));
    for (const name of ["hello", "arrived", "left", "changed", "passage", "card", "device"] as const) {
      source.addEventListener(name, (event) => {
        const tell = listener[name] as ((data: unknown) => void) | undefined;
        tell?.(JSON.parse((event as MessageEvent<string>).data));
      });
    }
    source.addEventListener("error", () => {
      listener.lost?.();
      if (source.readyState !== EventSource.CLOSED) return;
      window.setTimeout(() => this.listen(listener), AGAIN_MS);
    });
  }

  private async ask<Answer>(call: string, body?: unknown): Promise<Answer> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LIMIT_MS);
    const headers: Record<string, string> = { Authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      const response = await fetch(this.address(call), {
        method: body === undefined ? "GET" : "POST",
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: stop.signal,
      });
      const said = (await response.json()) as Answer & { code?: string };
      if (!response.ok) throw new AgentProblem(said.code ?? "unreadable");
      return said;
    } catch (fault) {
      throw fault instanceof AgentProblem ? fault : new AgentProblem("absent");
    } finally {
      clearTimeout(timer);
    }
  }
}
