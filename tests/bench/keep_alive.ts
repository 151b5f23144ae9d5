/** HTTP over one connection, as little of it as a benchmark needs: its own work must not slow down what it measures. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const HEAD_END = "\r\n\r\n";

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A connection that sends one request after the other. */
export class KeepAlive implements Disposable {
  readonly #host: string;
  readonly #connection: Deno.TcpConn;
  readonly #buffer = new Uint8Array(64 * 1024);

  private constructor(host: string, connection: Deno.TcpConn) {
    this.#host = host;
    this.#connection = connection;
  }

  /** @param url of the server */
  static async open(url: string): Promise<KeepAlive> {
    const { hostname, port, host } = new URL(url);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    connection.setNoDelay(true);
    return new KeepAlive(host, connection);
  }

  /** @param headers lines that end with CRLF @throws Error for an answer without a length or beyond 64 KiB */
  async post(path: string, headers: string, json: string): Promise<Answer> {
    const length = encoder.encode(json).byteLength;
    await this.#write(
      `POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${headers}` +
        `content-type: application/json\r\ncontent-length: ${length}${HEAD_END}${json}`,
    );
    return await this.#read();
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #write(text: string): Promise<void> {
    let rest = encoder.encode(text);
    while (rest.length > 0) rest = rest.subarray(await this.#connection.write(rest));
  }

  async #read(): Promise<Answer> {
    let filled = 0;
    while (true) {
      const count = await this.#connection.read(this.#buffer.subarray(filled));
      if (count === null) throw new Error("Cannot read the answer: the connection has ended");
      filled += count;
      // Heads are ASCII, so places in the text are places in the bytes.
      const text = decoder.decode(this.#buffer.subarray(0, filled));
      const headEnd = text.indexOf(HEAD_END);
      if (headEnd < 0) continue;
      const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1];
      if (length === undefined) {
        throw new Error(`Cannot read the answer: ${text.slice(0, headEnd)}`);
      }
      const end = headEnd + HEAD_END.length + Number(length);
      if (end > this.#buffer.length) throw new Error("Cannot read the answer: it is too long");
      if (filled < end) continue;
      return {
        status: Number(text.slice(9, 12)),
        body: text.slice(headEnd + HEAD_END.length),
      };
    }
  }
}
