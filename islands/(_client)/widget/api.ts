/** The visitor API as the widget uses it: the only file that talks to the network, but for the stream. */
import type {
  VisitorConversationJson,
  VisitorFileJson,
  VisitorMessageJson,
  VisitorSessionInput,
  VisitorSessionJson,
} from "@/core/model/visitor_api.ts";
import type { Result } from "@/core/result.ts";

export type ApiError =
  /** No answer: offline, or the server is down. Worth trying again. */
  | { readonly code: "unreachable" }
  /** The server asks for patience. */
  | { readonly code: "busy"; readonly retryAfterMs: number }
  /** The session is over. */
  | { readonly code: "signed_out"; readonly detail: string }
  /** It will not be taken, however often it is tried. */
  | { readonly code: "refused"; readonly status: number; readonly detail: string };
export type Answer<T> = Promise<Result<T, ApiError>>;

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
export interface OutgoingMessage {
  readonly id: string;
  readonly text: string;
  readonly attachmentIds: readonly string[];
}

/** A connection that died quietly would otherwise hold up all that is to be sent, for as long as the browser waits. */
const ANSWER_MS = 20_000;

export class VisitorApi {
  /** Of the session; null before one begins. */
  token: string | null = null;
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #answerMs: number;

  /**
   * @param fetch how a path of the server is asked for.
   * @param answerMs how long an answer is waited for; files and the stream take their time.
   */
  constructor(channelId: string, fetch: typeof globalThis.fetch, answerMs = ANSWER_MS) {
    this.#base = `/visitor/v1/${encodeURIComponent(channelId)}`;
    this.#fetch = fetch;
    this.#answerMs = answerMs;
  }

  createSession(input: VisitorSessionInput): Answer<VisitorSessionJson> {
    return this.#call("POST", "/session", input);
  }
  /** Where answers go when the visitor has left. */
  leaveEmail(email: string): Answer<null> {
    return this.#call("PUT", "/email", { email });
  }
  endSession(): Answer<null> {
    return this.#call("DELETE", "/session");
  }
  conversations(): Answer<Page<VisitorConversationJson>> {
    return this.#call("GET", "/conversations");
  }
  start(
    message: OutgoingMessage,
  ): Answer<VisitorConversationJson & { message: VisitorMessageJson }> {
    return this.#call("POST", "/conversations", { message: wire(message) });
  }
  post(conversationId: string, message: OutgoingMessage): Answer<VisitorMessageJson> {
    return this.#call("POST", `${pathOf(conversationId)}/messages`, wire(message));
  }
  messages(
    conversationId: string,
    query: Record<string, string> = {},
  ): Answer<Page<VisitorMessageJson>> {
    return this.#call("GET", `${pathOf(conversationId)}/messages?${new URLSearchParams(query)}`);
  }
  typing(conversationId: string, isTyping: boolean): Answer<null> {
    return this.#call("POST", `${pathOf(conversationId)}/typing`, { isTyping });
  }
  acknowledge(conversationId: string, receipt: "read" | "delivered"): Answer<null> {
    return this.#call("POST", `${pathOf(conversationId)}/${receipt}`);
  }

  /** The stream, to be read by `stream.ts`. Rejects when the server cannot be reached or `signal` aborts. */
  openStream(cursor: string | null, signal: AbortSignal): Promise<Response> {
    const headers = { ...this.#authorization(), ...cursor !== null && { "last-event-id": cursor } };
    return this.#fetch(`${this.#base}/events`, { headers, signal, cache: "no-store" });
  }

  /** Uploads by XMLHttpRequest: fetch tells nothing of its progress. */
  upload(
    file: File,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
  ): Answer<VisitorFileJson> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const unreachable = () => resolve({ ok: false, error: { code: "unreachable" } });
      request.open("POST", `${this.#base}/attachments`);
      for (const [name, value] of Object.entries(this.#authorization())) {
        request.setRequestHeader(name, value);
      }
      request.upload.onprogress = (event) => onProgress(event.loaded);
      request.onerror = request.onabort = unreachable;
      request.onload = () => {
        const retryAfter = request.getResponseHeader("retry-after");
        resolve(judge(request.status, parse(request.responseText), retryAfter));
      };
      signal.addEventListener("abort", () => request.abort(), { once: true });
      const form = new FormData();
      form.append("file", file);
      request.send(form);
    });
  }

  async #call<T>(method: string, path: string, body?: unknown): Answer<T> {
    const init: RequestInit = {
      method,
      headers: {
        ...this.#authorization(),
        ...body !== undefined && { "content-type": "application/json" },
      },
      ...body !== undefined && { body: JSON.stringify(body) },
      signal: AbortSignal.timeout(this.#answerMs),
    };
    try {
      const response = await this.#fetch(this.#base + path, init);
      const text = await response.text();
      return judge(response.status, parse(text), response.headers.get("retry-after"));
    } catch {
      // fetch rejects for one reason only: there was no answer.
      return { ok: false, error: { code: "unreachable" } };
    }
  }

  #authorization(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

/** What an answer means for whoever asked. Pure. */
export function judge<T>(
  status: number,
  body: unknown,
  retryAfter: string | null,
): Result<T, ApiError> {
  // Our own server's answer, of the shape its schema says.
  if (status >= 200 && status < 300) return { ok: true, value: body as T };
  const detail = typeof body === "object" && body !== null && "detail" in body
    ? String(body.detail)
    : "";
  if (status === 401) return { ok: false, error: { code: "signed_out", detail } };
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter ?? "");
    const retryAfterMs = seconds > 0 ? seconds * 1000 : 5_000;
    return { ok: false, error: { code: "busy", retryAfterMs } };
  }
  if (status >= 500 || status === 0) return { ok: false, error: { code: "unreachable" } };
  return { ok: false, error: { code: "refused", status, detail } };
}

function wire({ id, text, attachmentIds }: OutgoingMessage) {
  return {
    id,
    ...text !== "" && { text },
    ...attachmentIds.length > 0 && { attachmentIds },
  };
}

function pathOf(conversationId: string): string {
  return `/conversations/${encodeURIComponent(conversationId)}`;
}

function parse(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // An answer of something between us and the server; its status says enough.
    return null;
  }
}
