import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import type { FetchAt } from "../ports.ts";

/**
 * Asks over a connection of its own, opened to the address given. Deno's `fetch` looks names up itself, and a name
 * that was checked may lead elsewhere a moment later; TLS still proves the name.
 */
export const fetchAt: FetchAt = (url, { address, method = "GET", headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const family = address.includes(":") ? 6 : 4;
    const isEncrypted = url.protocol === "https:";
    const { request } = isEncrypted ? https : http;
    let isConnected = false;
    const asked = request(url, {
      method,
      // Kept connections would go to addresses of earlier requests.
      agent: false,
      headers: {
        ...headers,
        ...body === undefined ? {} : { "content-length": String(body.length) },
      },
      signal,
      lookup: (_host, options, found) =>
        options.all ? found(null, [{ address, family }]) : found(null, address, family),
    }, (answer) => {
      const fields = new Headers();
      for (const [name, value = ""] of Object.entries(answer.headers)) {
        try {
          fields.set(name, Array.isArray(value) ? value.join(", ") : value);
        } catch {
          // A name or value no header may have: whoever asks does without it.
        }
      }
      // Node's type of a web stream differs from the one of the DOM in name only.
      const stream = Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>;
      const status = answer.statusCode ?? 0;
      const hasBody = method !== "HEAD" && status !== 204 && status !== 304;
      resolve({
        status,
        headers: fields,
        body: hasBody ? stream.pipeThrough(whole(fields)) : stream,
      });
    });
    asked.on("socket", (socket) => {
      socket.once(isEncrypted ? "secureConnect" : "connect", () => {
        isConnected = true;
      });
    });
    asked.on("error", (cause) => {
      reject(isConnected || signal.aborted ? cause : new TypeError("Cannot connect", { cause }));
    });
    asked.end(body);
  });

/** Passes a body on, and fails when it ends before the length that was announced. */
function whole(headers: Headers): TransformStream<Uint8Array, Uint8Array> {
  const announced = headers.get("content-length");
  const length = announced !== null && /^\d+$/.test(announced) ? Number(announced) : 0;
  let read = 0;
  return new TransformStream({
    transform(piece, controller) {
      read += piece.length;
      controller.enqueue(piece);
    },
    flush() {
      if (read < length) throw new TypeError("The connection was lost in the middle of the answer");
    },
  });
}
