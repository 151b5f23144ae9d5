import { expectJson, send } from "./send.ts";
import { percentile } from "./measurements.ts";

/** Deliveries a second: what a large Page gets in its busiest minute, many times over. */
const PER_SECOND = 200;
/** Customers who write, each in a conversation of their own. */
const SENDERS = 100;
const APP_SECRET = "bench-app-secret-of-meta";
const PAGE_ID = "100200300";

/** A connected Page, and the two addresses it can be delivered to. */
export interface WebhookBench {
  readonly urls: { readonly app: string; readonly channel: string };
}

/** Connects a Page through the API. Nobody answers at its provider: only what comes in is measured. */
export async function makeWebhookBench(
  { url, apiToken, inboxId }: {
    readonly url: string;
    readonly apiToken: string;
    readonly inboxId: string;
  },
): Promise<WebhookBench> {
  const post = async (path: string, body: unknown): Promise<string> => {
    const headers = { authorization: `Bearer ${apiToken}` };
    const made = await expectJson(
      await send(`${url}/api/v1/${path}`, { headers, json: body }),
      201,
    );
    return String(made.id);
  };
  const appId = await post("apps", {
    adapter: "meta",
    name: "Bench",
    config: { appId: "1", appSecret: APP_SECRET, verifyToken: "bench-verify-token" },
  });
  const channelId = await post("channels", {
    type: "messenger",
    inboxId,
    name: "Bench",
    appId,
    config: { pageId: PAGE_ID, pageAccessToken: "bench-token", isInstantReplyOn: false },
  });
  return { urls: { app: `${url}/hooks/app/${appId}`, channel: `${url}/hooks/${channelId}` } };
}

/**
 * How long providers wait for an answer when deliveries come at a steady rate, whatever became of those before: a slow
 * answer holds back none of the next ones, and counts from when its delivery was due.
 * @returns p95 in ms
 */
export async function measureWebhookAnswers(url: string, ms: number): Promise<number> {
  const count = Math.round(PER_SECOND * ms / 1_000);
  const deliveries = await Promise.all(Array.from({ length: count }, (_, i) => makeDelivery(i)));
  const startedAt = performance.now() + 50;
  const waits = await Promise.all(deliveries.map(async (delivery, i) => {
    const dueAt = startedAt + i * 1_000 / PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, dueAt - performance.now()));
    const response = await fetch(url, { method: "POST", ...delivery });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`A delivery was answered ${response.status}`);
    return performance.now() - dueAt;
  }));
  return percentile(waits, 0.95);
}

/** One message of a customer, as Meta delivers and signs it. */
async function makeDelivery(index: number) {
  const at = Date.now();
  const body = JSON.stringify({
    object: "page",
    entry: [{
      id: PAGE_ID,
      time: at,
      messaging: [{
        sender: { id: String(9_000_000_000 + index % SENDERS) },
        recipient: { id: PAGE_ID },
        timestamp: at,
        message: {
          mid: `m_${crypto.randomUUID()}`,
          text: "Ciao, il cambio scatta sui tre pignoni piccoli. Potete guardarlo sabato?",
        },
      }],
    }],
  });
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(APP_SECRET),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(body));
  const signature = `sha256=${new Uint8Array(mac).toHex()}`;
  return {
    body,
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
  };
}
