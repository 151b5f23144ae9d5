/** Server-sent events, read from the text of a fetch: EventSource cannot send a token. */
export interface StreamEvent {
  /** The last id of the stream up to here; null before the first. */
  readonly id: string | null;
  readonly name: string;
  readonly data: string;
}

/** Takes the stream's text in pieces of any size and gives the events that are complete. */
export class SseParser {
  #rest = "";
  #id: string | null = null;
  #name = "";
  #data: string[] = [];

  push(text: string): readonly StreamEvent[] {
    const events: StreamEvent[] = [];
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = this.#line(line.endsWith("\r") ? line.slice(0, -1) : line);
      if (event) events.push(event);
    }
    return events;
  }

  #line(line: string): StreamEvent | null {
    if (line === "") return this.#dispatch();
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") this.#name = value;
    if (field === "data") this.#data.push(value);
    if (field === "id") this.#id = value;
    return null;
  }

  #dispatch(): StreamEvent | null {
    const [name, data] = [this.#name || "message", this.#data];
    this.#name = "";
    this.#data = [];
    return data.length === 0 ? null : { id: this.#id, name, data: data.join("\n") };
  }
}
