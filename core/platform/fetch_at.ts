import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import type { FetchAt } from "../ports.ts";

/**
 * Asks over a connection of its own, opened to the address given. Deno's `fetch` looks names up itself, and a name
 * that was checked may lead elsewhere a moment later; TLS still proves the name.
 */
export const fetchAt: FetchAt = (url, { address, headers, signal }) =>
  new Promise((resolve, reject) => {
    const family = address.includes(":") ? 6 : 4;
    const { request } = url.protocol === "https:" ? https : http;
    const asked = request(url, {
      // Kept connections would go to addresses of earlier requests.
      agent: false,
      headers: { ...headers },
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
      resolve({
        status: answer.statusCode ?? 0,
        headers: fields,
        // Node's type of a web stream differs from the one of the DOM in name only.
        body: Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>,
      });
    });
    asked.on("error", reject);
    asked.end();
  });
