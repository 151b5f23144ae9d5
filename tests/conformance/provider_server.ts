/** A provider on this machine: speaks HTTP by hand, so that it can also break off in the middle. */
import type { SentRequest } from "./fixture.ts";

/** Header in which the kit tells its stand-in whom the adapter asked. */
export const ASKED_HOST = "x-kit-host";

/** What it does with a request once it has read all of it. */
export type Script =
  | {
    readonly status: number;
    readonly body: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
    /** After the body nothing more comes, and the connection stays open until the other side ends it. */
    readonly isEndless?: true;
    /** Closes the connection after half of the body. */
    readonly isCut?: true;
  }
  /** Closes the connection without a word. */
  | "hang_up";

export interface ProviderServer extends AsyncDisposable {
  readonly origin: string;
  /** What came, in order. */
  readonly requests: readonly SentRequest[];
}

/** Listens on a free port. @param script what every request is answered with; may read the request */
export function openProviderServer(script: (request: SentRequest) => Script): ProviderServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: SentRequest[] = [];
  const open = new Set<Promise<void>>();
  const accepting = (async () => {
    for await (const connection of listener) {
      const serving = serve(connection).finally(() => open.delete(serving));
      open.add(serving);
    }
  })();

  async function serve(connection: Deno.TcpConn): Promise<void> {
    try {
      const request = await readRequest(connection);
      if (request === null) return;
      requests.push(request);
      const answer = script(request);
      if (answer === "hang_up") return;
      const body = typeof answer.body === "string"
        ? new TextEncoder().encode(answer.body)
        : answer.body;
      const headers = { "content-type": "application/json", ...answer.headers };
      const head = [
        `HTTP/1.1 ${answer.status} Answer`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ...answer.isEndless ? [] : [`content-length: ${body.length}`],
        "connection: close",
      ];
      await writeAll(connection, new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n`));
      await writeAll(connection, answer.isCut ? body.subarray(0, body.length >> 1) : body);
      if (answer.isEndless) await connection.read(new Uint8Array(1));
    } catch {
      // The adapter gave up on the call: there is nobody to answer.
    } finally {
      connection.close();
    }
  }

  return {
    origin: `http://127.0.0.1:${listener.addr.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(open);
    },
  };
}

/** A whole request with `Content-Length`; null when the connection ends before. */
async function readRequest(connection: Deno.TcpConn): Promise<SentRequest | null> {
  let bytes = new Uint8Array();
  const chunk = new Uint8Array(65_536);
  for (;;) {
    const request = parseRequest(bytes);
    if (request !== null) return request;
    const count = await connection.read(chunk);
    if (count === null) return null;
    const longer = new Uint8Array(bytes.length + count);
    longer.set(bytes);
    longer.set(chunk.subarray(0, count), bytes.length);
    bytes = longer;
  }
}

function parseRequest(bytes: Uint8Array): SentRequest | null {
  const head = new TextDecoder("latin1").decode(bytes).split("\r\n\r\n", 1)[0] ?? "";
  const start = head.length + 4;
  if (bytes.length < start) return null;
  const [line = "", ...lines] = head.split("\r\n");
  const headers = new Headers(lines.map((one): [string, string] => {
    const colon = one.indexOf(":");
    return [one.slice(0, colon), one.slice(colon + 1).trim()];
  }));
  const size = Number(headers.get("content-length") ?? 0);
  if (bytes.length < start + size) return null;
  const [method = "", path = ""] = line.split(" ");
  const body = new TextDecoder().decode(bytes.subarray(start, start + size));
  const host = headers.get(ASKED_HOST) ?? "";
  headers.delete(ASKED_HOST);
  return { method, host, path, headers, body };
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
