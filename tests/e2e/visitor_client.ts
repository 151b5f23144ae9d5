/** A visitor of a chat without its widget, as a mobile app would be. */
import assert from "node:assert/strict";
import type {
  VisitorConversationJson,
  VisitorMessageJson,
  VisitorSessionJson,
} from "../../core/model/visitor_api.ts";

export interface VisitorClient {
  /** Calls `/visitor/v1/:channelId<path>` with the session's token. */
  request(path: string, body?: unknown, signal?: AbortSignal): Promise<Response>;
  /** Begins a conversation. */
  start(text: string): Promise<VisitorConversationJson>;
  /** Says where answers go when the visitor has left. */
  leaveEmail(email: string): Promise<void>;
  /** Writes into it. */
  say(conversationId: string, text: string): Promise<void>;
  /** What the visitor sees of it, oldest first. */
  messages(conversationId: string): Promise<readonly VisitorMessageJson[]>;
}

/** @param url such as `http://127.0.0.1:40123`. */
export async function createVisitorClient(url: string, channelId: string): Promise<VisitorClient> {
  const base = `${url}/visitor/v1/${channelId}`;
  const session = await readJson<VisitorSessionJson>(
    await fetch(`${base}/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }),
  );
  const request = (path: string, body?: unknown, signal?: AbortSignal, method = "POST") =>
    fetch(base + path, {
      method: body === undefined ? "GET" : method,
      headers: { authorization: `Bearer ${session.token}`, "content-type": "application/json" },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
      ...signal === undefined ? {} : { signal },
    });
  return {
    request,
    start: async (text) =>
      await readJson(
        await request("/conversations", { message: { id: crypto.randomUUID(), text } }),
      ),
    async leaveEmail(email) {
      const response = await request("/email", { email }, undefined, "PUT");
      assert.equal(response.status, 204, await response.text());
    },
    async say(conversationId, text) {
      const message = { id: crypto.randomUUID(), text };
      await readJson(await request(`/conversations/${conversationId}/messages`, message));
    },
    messages: async (conversationId) => {
      const path = `/conversations/${conversationId}/messages?limit=100`;
      return (await readJson<{ items: VisitorMessageJson[] }>(await request(path))).items;
    },
  };
}

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text();
  assert.ok(response.ok, `${response.url} answered ${response.status}: ${text}`);
  // The caller names the shape; the visitor API's own tests hold the server to it.
  return JSON.parse(text) as T;
}
