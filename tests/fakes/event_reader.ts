/** Reads server-sent events as a client does. */

export interface ReadEvent {
  readonly id: string | null;
  readonly event: string;
  // deno-lint-ignore no-explicit-any -- whatever JSON the server sent; tests look into it
  readonly data: any;
}

/** One open stream; `await using events = readEvents(response)` closes it. */
export class EventReader implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #buffer = "";

  constructor(response: Response) {
    if (response.status !== 200 || response.body === null) {
      throw new Error(`Cannot read events: status ${response.status}`);
    }
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event, comments left out; null when the stream has ended. */
  async next(): Promise<ReadEvent | null> {
    while (true) {
      const end = this.#buffer.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#buffer.slice(0, end);
        this.#buffer = this.#buffer.slice(end + 2);
        const event = parseBlock(block);
        if (event) return event;
        continue;
      }
      const { value, done } = await this.#reader.read();
      if (done) return null;
      this.#buffer += value;
    }
  }

  /** Skips to the next event of a name. Throws when the stream ends before. */
  async until(name: string): Promise<ReadEvent> {
    for (let event = await this.next(); event; event = await this.next()) {
      if (event.event === name) return event;
    }
    throw new Error(`The stream ended before "${name}"`);
  }

  /** Everything that still comes, until the server ends the stream. */
  async rest(): Promise<readonly ReadEvent[]> {
    const events: ReadEvent[] = [];
    for (let event = await this.next(); event; event = await this.next()) events.push(event);
    return events;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }
}

function parseBlock(block: string): ReadEvent | null {
  const fields = new Map(
    block.split("\n").filter((line) => !line.startsWith(":")).map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
  const event = fields.get("event");
  if (event === undefined) return null;
  return { id: fields.get("id") ?? null, event, data: JSON.parse(fields.get("data") ?? "null") };
}
