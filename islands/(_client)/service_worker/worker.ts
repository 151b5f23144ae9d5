/**
 * The service worker of the agents' pages. Keeps what never changes and one page for when nobody answers; sends replies
 * that wait, also when no page is open. Never keeps pages or answers: they show what only their reader may see.
 */
import type { ApiMessage, ApiUser } from "@/core/model/api.ts";
import { err, ok, type Result } from "@/core/result.ts";
import { flushReplies } from "../replies/flush_replies.ts";
import { openReplyBox } from "../replies/open_reply_box.ts";
import { REPLIES } from "../replies/waiting_reply.ts";
import { cacheRule } from "./cache_rule.ts";

// The types of a service worker clash with those of a page, which the rest of this tree is checked with.
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface SyncEvent extends WorkerEvent {
  readonly tag: string;
}
const worker = globalThis as unknown as {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", run: (event: WorkerEvent) => void): void;
  addEventListener(type: "fetch", run: (event: FetchEvent) => void): void;
  addEventListener(type: "sync", run: (event: SyncEvent) => void): void;
};

const CACHE = "parley-shell-1";
const OFFLINE = "/offline";
/** What a page names as its parts. */
const PART = /["'](\/(?:(?:assets|fonts)\/|icons\.svg)[^"'\s#]*)["'#]/g;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  switch (cacheRule({ url: request.url, method: request.method, mode: request.mode })) {
    case "immutable":
      return event.respondWith(fromCache(request));
    case "known":
      return event.respondWith(askOrKnown(request));
    case "page":
      return event.respondWith(pageOrOffline(request));
    case "network":
      return;
  }
});
worker.addEventListener("sync", (event) => {
  if (event.tag === REPLIES) event.waitUntil(navigator.locks.request(REPLIES, sendReplies));
});

async function install(): Promise<void> {
  await keepOfflinePage();
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The page and what it names, so that it works when nobody answers. */
async function keepOfflinePage(): Promise<void> {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { credentials: "omit" });
  const html = await page.clone().text();
  const parts = new Set([...html.matchAll(PART)].map(([, path]) => path ?? ""));
  await cache.addAll(["/icons.svg", ...parts]);
  await cache.put(OFFLINE, page);
}

async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function askOrKnown(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return await cache.match(request, { ignoreSearch: true }) ?? Response.error();
  }
}

async function pageOrOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return await caches.match(OFFLINE) ?? Response.error();
  }
}

/** What the server refuses is left for a page, which has a composer to put it into. Rejects to be tried again. */
async function sendReplies(): Promise<void> {
  const me = await ask<ApiUser>("/api/v1/me");
  if (!me.ok) {
    if (me.error.code === "offline") throw new Error("Cannot send what waits: nobody answers");
    return;
  }
  let isAway = false;
  const box = await openReplyBox(indexedDB);
  await flushReplies({
    box,
    userId: me.value.id,
    async send({ conversationId, input }) {
      const answer = await ask<ApiMessage>(
        `/api/v1/conversations/${encodeURIComponent(conversationId)}/messages`,
        input,
      );
      isAway ||= !answer.ok && answer.error.code === "offline";
      return answer;
    },
    onSent: () => {},
    onReturned: null,
  });
  if (isAway) throw new Error("Cannot send all that waits: nobody answers");
}

type Failure = { readonly code: "offline" | "signed_out" | "refused" };

async function ask<T>(path: string, body?: unknown): Promise<Result<T, Failure>> {
  try {
    const answer = await fetch(path, {
      credentials: "same-origin",
      ...body === undefined ? {} : {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      },
    });
    if (answer.status === 401) return err({ code: "signed_out" });
    // A server that is starting or ending, or a proxy in its place.
    if (answer.status >= 500) return err({ code: "offline" });
    if (!answer.ok) return err({ code: "refused" });
    // The server's own answers: its shapes are checked where they are made, and tested there.
    return ok(await answer.json() as T);
  } catch {
    return err({ code: "offline" });
  }
}
