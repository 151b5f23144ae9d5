/**
 * The live stream of one browser, shared by its tabs: HTTP/1.1 allows six connections per host. A Web Lock picks the
 * tab that holds the connection, a BroadcastChannel passes on what it hears; when that tab closes, another takes over
 * from its own cursor. Where the browser has no locks (plain http), every tab holds its own.
 */
import { compareCursors, laterCursor } from "./event_cursor.ts";
import { EventLink, type LinkPorts, type LinkState, type ServerEvent } from "./event_link.ts";

/** What a `BroadcastChannel` does for the stream: reaches every other tab. */
export interface TabChannel {
  post(message: TabMessage): void;
  listen(hear: (message: TabMessage) => void): void;
  close(): void;
}

/** What tabs tell each other. */
export type TabMessage =
  | { readonly type: "event"; readonly event: ServerEvent }
  | { readonly type: "gap" }
  /** From the leading tab: how the connection is, and how far it has read. */
  | { readonly type: "state"; readonly state: LinkState; readonly cursor: string | null }
  /** From a new tab: how is it? */
  | { readonly type: "join" }
  /** From any tab: try to connect now. */
  | { readonly type: "retry" };

export interface StreamPorts extends LinkPorts {
  /** Null where tabs cannot talk. */
  openChannel(name: string): TabChannel | null;
  /** Runs `lead` when this tab's turn comes, for as long as its promise lasts. Null where there are no locks. */
  readonly requestLead:
    | ((name: string, signal: AbortSignal, lead: () => Promise<void>) => void)
    | null;
}

export interface StreamOptions {
  readonly url: string;
  /** Keeps apart what tabs of different users hear. */
  readonly userId: string;
  /** Where this tab's data was read. */
  readonly cursor: string | null;
  onEvent(event: ServerEvent): void;
  onState(state: LinkState): void;
  /** Read everything anew. */
  onGap(): void;
}

export class EventStream {
  readonly #ports: StreamPorts;
  readonly #options: StreamOptions;
  readonly #channel: TabChannel | null;
  readonly #ending = new AbortController();
  #cursor: string | null;
  #link: EventLink | null = null;
  #state: LinkState = { kind: "connecting" };
  #hasJoined = false;

  constructor(ports: StreamPorts, options: StreamOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#cursor = options.cursor;
    const name = `parley-events:${options.userId}`;
    this.#channel = ports.requestLead === null ? null : ports.openChannel(name);
    if (this.#channel === null || ports.requestLead === null) {
      this.#lead();
      return;
    }
    this.#channel.listen((message) => this.#hear(message));
    ports.requestLead(name, this.#ending.signal, () => this.#leadUntilEnd());
    this.#channel.post({ type: "join" });
  }

  retry(): void {
    if (this.#link !== null) this.#link.retry();
    else this.#channel?.post({ type: "retry" });
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
    this.#link?.[Symbol.dispose]();
    this.#link = null;
    this.#channel?.close();
  }

  async #leadUntilEnd(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    this.#lead();
    await new Promise<void>((resolve) =>
      this.#ending.signal.addEventListener("abort", () => resolve(), { once: true })
    );
  }

  #lead(): void {
    this.#hasJoined = true;
    this.#link = new EventLink(this.#ports, {
      url: this.#options.url,
      cursor: this.#cursor,
      onEvent: (event) => {
        this.#take(event);
        this.#channel?.post({ type: "event", event });
      },
      onState: (state) => {
        this.#setState(state);
        this.#tellState();
      },
      onGap: () => {
        this.#options.onGap();
        this.#channel?.post({ type: "gap" });
      },
    });
  }

  #hear(message: TabMessage): void {
    switch (message.type) {
      case "event":
        if (this.#link === null) this.#take(message.event);
        return;
      case "gap":
        if (this.#link === null) this.#options.onGap();
        return;
      case "state":
        if (this.#link === null) this.#join(message.state, message.cursor);
        return;
      case "join":
        this.#tellState();
        return;
      case "retry":
        this.#link?.retry();
        return;
    }
  }

  /** The first word of the leading tab tells whether it passed something on before this tab listened. */
  #join(state: LinkState, cursor: string | null): void {
    if (!this.#hasJoined) {
      this.#hasJoined = true;
      const isBehind = cursor !== null &&
        (this.#cursor === null || compareCursors(this.#cursor, cursor) < 0);
      this.#cursor = laterCursor(this.#cursor, cursor);
      if (isBehind) this.#options.onGap();
    }
    this.#setState(state);
  }

  #take(event: ServerEvent): void {
    if (event.id !== null) {
      // This tab's page was rendered after the event.
      if (this.#cursor !== null && compareCursors(event.id, this.#cursor) <= 0) return;
      this.#cursor = event.id;
    }
    this.#options.onEvent(event);
  }

  #setState(state: LinkState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #tellState(): void {
    if (this.#link === null) return;
    this.#channel?.post({ type: "state", state: this.#state, cursor: this.#link.cursor });
  }
}
