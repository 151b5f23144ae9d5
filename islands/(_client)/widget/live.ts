/** What the server tells as it happens: the stream of this tab, or of the tab that has it. */
import type { VisitorStreamData } from "@/core/model/visitor_api.ts";
import type { VisitorApi } from "./api.ts";
import type { Device } from "./device.ts";
import type { StreamEvent } from "./sse_parser.ts";
import { keepStream } from "./stream.ts";
import type { Tabs } from "./tabs.ts";

export type LiveMessage = VisitorStreamData["message.created"]["message"];

export interface LiveOptions {
  readonly api: Pick<VisitorApi, "openStream">;
  readonly tabs: Tabs;
  readonly device: Pick<Device, "now" | "random" | "wait">;
  /** @param isOurs this tab has the stream, and answers for all. */
  onMessage(message: LiveMessage, isOurs: boolean): void;
  onConversation(conversation: VisitorStreamData["conversation.created"]["conversation"]): void;
  onTyping(sign: VisitorStreamData["typing"]): void;
  /** A stream has begun that goes on after nothing: what came just before is not in it. */
  onFresh(): void;
  /** Something may have been missed. */
  onReset(): void;
  onConnection(isOnline: boolean): void;
  onSignedOut(): void;
  /** Asks the server in another way while there is no stream; answers whether it could be reached. */
  poll(): Promise<boolean>;
}

export class Live {
  readonly #options: LiveOptions;
  #control: AbortController | null = null;
  /** Kept up to date also while another tab has the stream, which may end any time. */
  #cursor: string | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
    options.tabs.onMessage((message) => {
      if (message.type === "event") this.#take(message.event, false);
      if (message.type === "connection") options.onConnection(message.isOnline);
    });
  }

  /** Begins to listen, unless it does. */
  open(): void {
    if (this.#control !== null) return;
    const { api, tabs, device, ...on } = this.#options;
    const control = new AbortController();
    const { signal } = control;
    this.#control = control;
    const run = () =>
      keepStream({
        open: (cursor, either) => api.openStream(cursor, either),
        onEvent: (event) => {
          this.#take(event, true);
          tabs.tell({ type: "event", event });
        },
        onConnection(isOnline) {
          on.onConnection(isOnline);
          tabs.tell({ type: "connection", isOnline });
        },
        onSignedOut: on.onSignedOut,
        poll: on.poll,
        signal,
        cursor: this.#cursor,
        wait: (ms, either) => device.wait(ms, either),
        random: () => device.random(),
        now: () => device.now(),
      });
    void tabs.lead(run, signal);
  }

  close(): void {
    this.#control?.abort();
    this.#control = null;
    this.#cursor = null;
  }

  #take(event: StreamEvent, isOurs: boolean): void {
    // Our own server's stream: names and shapes are those of the schema.
    const data: unknown = JSON.parse(event.data);
    if (event.id !== null) this.#cursor = event.id;
    const on = this.#options;
    switch (event.name as keyof VisitorStreamData) {
      case "hello":
        if (this.#cursor === null) on.onFresh();
        this.#cursor ??= (data as VisitorStreamData["hello"]).cursor;
        return;
      case "reset":
        return on.onReset();
      case "typing":
        return on.onTyping(data as VisitorStreamData["typing"]);
      case "message.created":
      case "message.updated":
        return on.onMessage((data as VisitorStreamData["message.created"]).message, isOurs);
      case "conversation.created":
      case "conversation.updated":
        return on.onConversation(
          (data as VisitorStreamData["conversation.created"]).conversation,
        );
    }
  }
}
