import type { Io } from "./io.ts";

/** One call may take this long, its mail included. */
const TIMEOUT_MS = 60_000;
/** No provider says more than this. */
const MAX_ANSWER_BYTES = 65_536;

/** A call of a provider's HTTP API. */
export interface ProviderRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
}

/** What a provider answered. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
}

/** How a call went. */
export type CalledProvider =
  | {
    readonly kind: "answered";
    readonly answer: ProviderAnswer & {
      readonly isHtml: boolean;
      /** The connection was lost in the middle of the body. */
      readonly isCut: boolean;
    };
  }
  /** Parley itself did not let the call out. */
  | { readonly kind: "not_allowed"; readonly reason: string }
  /** Nothing was sent: no connection came about. */
  | { readonly kind: "not_reached" }
  /** No answer, and nobody knows how far the request got. */
  | { readonly kind: "lost" };

/** Calls a provider and reads its answer, whatever it is. Never throws. */
export async function callProvider(
  { method, url, headers, body }: ProviderRequest,
  io: Pick<Io, "fetch" | "signal">,
): Promise<CalledProvider> {
  if (io.signal.aborted) return { kind: "not_reached" };
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  let response: Response;
  try {
    const init = { method, headers, signal, redirect: "manual" } as const;
    response = await io.fetch(url, body === undefined ? init : { ...init, body });
  } catch (error) {
    return lossOf(error);
  }
  const { text, isCut } = await readText(response);
  const type = response.headers.get("content-type") ?? "";
  const isHtml = /^\s*(?:text\/html|application\/xhtml)/i.test(type) ||
    /^\s*<(?:!doctype|html)/i.test(text);
  const { status } = response;
  return {
    kind: "answered",
    answer: { status, headers: response.headers, json: parse(text), isHtml, isCut },
  };
}

function lossOf(error: unknown): CalledProvider {
  const words: string[] = [];
  for (let at = error; at instanceof Error && words.length < 5; at = at.cause) {
    words.push(at.message);
  }
  const [first = ""] = words;
  // What `io.fetch` says about a host it does not let pass; it names nothing but the host.
  if (error instanceof TypeError && first.startsWith("Cannot fetch")) {
    return { kind: "not_allowed", reason: first };
  }
  const isBefore = words.some((text) =>
    /^Cannot connect|client error \(Connect\)|dns error/i.test(text)
  );
  return { kind: isBefore ? "not_reached" : "lost" };
}

async function readText(response: Response): Promise<{ text: string; isCut: boolean }> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      size += chunk.length;
      // Leaving the loop ends the download.
      if (size > MAX_ANSWER_BYTES) break;
    }
    return { text, isCut: false };
  } catch {
    return { text, isCut: true };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
