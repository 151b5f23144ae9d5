/** The JSON API as a program outside uses it, with an API token. */
import assert from "node:assert/strict";
import type { ApiConversation, ApiMessage } from "../../core/model/api.ts";

export interface ApiClient {
  /**
   * Calls `/api/v1<path>`; a body makes it a POST unless `method` says otherwise.
   * @throws for an answer that is no success, with the problem it tells
   */
  call<T>(path: string, body?: unknown, method?: string): Promise<T>;
  conversations(): Promise<readonly ApiConversation[]>;
  /** The messages of a conversation, oldest first. */
  messages(conversationId: string): Promise<readonly ApiMessage[]>;
}

/** @param url such as `http://127.0.0.1:40123`. */
export function createApiClient(url: string, token: string): ApiClient {
  const call = async <T>(
    path: string,
    body?: unknown,
    method = body === undefined ? "GET" : "POST",
  ): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
    // The caller names the shape; tests/api/ holds the server to it.
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  return {
    call,
    conversations: async () =>
      (await call<{ items: ApiConversation[] }>("/conversations?limit=100")).items,
    messages: async (id) =>
      (await call<{ items: ApiMessage[] }>(`/conversations/${id}/messages?limit=100`)).items,
  };
}
