import { KeepAlive } from "./keep_alive.ts";
import { expectJson, send } from "./send.ts";

/** Somebody at the widget with a conversation of their own. */
export interface BenchVisitor {
  /** Writes into it and waits for the answer, one message after the other. */
  write(text: string): Promise<void>;
}

/** Visitors with a connection each; disposing closes them. */
export interface BenchVisitors extends Disposable {
  readonly all: readonly BenchVisitor[];
}

/** Opens sessions and a conversation in each. */
export async function makeVisitors(
  url: string,
  channelId: string,
  count: number,
): Promise<BenchVisitors> {
  const base = `/visitor/v1/${channelId}`;
  using connections = new DisposableStack();
  const all: BenchVisitor[] = [];
  for (let i = 0; i < count; i++) {
    const session = await expectJson(await send(`${url}${base}/session`, { json: {} }), 201);
    const headers = { authorization: `Bearer ${session["token"]}` };
    const message = { id: crypto.randomUUID(), text: `Hello, this is visitor ${i}` };
    const begun = await send(`${url}${base}/conversations`, { headers, json: { message } });
    const path = `${base}/conversations/${(await expectJson(begun, 201))["id"]}/messages`;
    const connection = connections.use(await KeepAlive.open(url));
    all.push(new Visitor(connection, path, `authorization: ${headers.authorization}\r\n`));
  }
  const open = connections.move();
  return { all, [Symbol.dispose]: () => open.dispose() };
}

class Visitor implements BenchVisitor {
  readonly #connection: KeepAlive;
  readonly #path: string;
  readonly #headers: string;
  #latest: Promise<void> = Promise.resolve();

  constructor(connection: KeepAlive, path: string, headers: string) {
    this.#connection = connection;
    this.#path = path;
    this.#headers = headers;
  }

  write(text: string): Promise<void> {
    return this.#latest = this.#latest.then(() => this.#post(text));
  }

  async #post(text: string): Promise<void> {
    const json = JSON.stringify({ id: crypto.randomUUID(), text });
    const { status, body } = await this.#connection.post(this.#path, this.#headers, json);
    if (status !== 201) throw new Error(`Cannot go on: a message was answered ${status}: ${body}`);
  }
}
